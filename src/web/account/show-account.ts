import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import type { Session } from '../../app/shopper/session.ts'
import { contentPolicy } from '../shared/content-policy.ts'
import { layout } from '../shared/layout.ts'
import { sendPage } from '../shared/send.ts'
import { type Setting, settingOf } from '../shared/setting.ts'
import { type Visitor, visitorOf } from '../shared/sign-in/visitor.ts'
import { accountContent } from './account-page.ts'
import { placesOf, purchasesOf } from './purchases.ts'
import { sessionsOf } from './sessions.ts'
import { accountWords } from './words/index.ts'

/** One request of somebody who looks at their account. */
export type Visit = { readonly setting: Setting; readonly visitor: Visitor; readonly home: string }

export type Signed = Visit & { readonly session: Session }

/** What answers somebody who is signed in. */
export type Change = (app: App, visit: Signed, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

export async function visitOf(app: App, request: FastifyRequest, reply: FastifyReply): Promise<Visit> {
  const setting = { ...settingOf(app, request), here: '/account' }
  return { setting, visitor: await visitorOf(app, request, reply), home: `${setting.root}/account` }
}

/** The account as it stands; `said` is what came of the last form. */
export async function showAccount(app: App, visit: Signed, reply: FastifyReply, said?: string): Promise<FastifyReply> {
  const { setting, session } = visit
  const { shopper } = session
  const { places, isWhole } = await placesOf(app, shopper.id)
  const [purchases, cards, sessions] = await Promise.all([
    purchasesOf(places),
    app.shoppers.cards(shopper.id),
    sessionsOf(places),
  ])
  const main = accountContent({ ...visit, shopper, sessionId: session.id, purchases, cards, sessions, isWhole, said })
  // A payment may lead on to the shopper's bank.
  reply.header('content-security-policy', contentPolicy(app.publicUrl))
  return sendPage(reply, 200, layout(setting, { title: accountWords[setting.language].title, main }))
}
