import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import type { PayResult } from '../../app/instalments/plans.ts'
import type { Session } from '../../app/shopper/session.ts'
import { refuseOtherMethods } from '../../http/refuse-other-methods.ts'
import type { Part } from '../../http/server.ts'
import { html } from '../shared/html.ts'
import { layout } from '../shared/layout.ts'
import { preparePages, sendPage, sendWrongMethod } from '../shared/send.ts'
import { type Setting, settingOf } from '../shared/setting.ts'
import { addSignInRoutes, type Place, sendStale, signInPanel } from '../shared/sign-in/sign-in-routes.ts'
import { isOwnForm, textIn, type Visitor, visitorOf } from '../shared/sign-in/visitor.ts'
import { accountContent } from './account-page.ts'
import { isInUse, purchasesOf } from './purchases.ts'
import { accountWords } from './words/index.ts'

/** The shopper's account: purchases and what is still to pay of them, cards, sessions, data. */
export const account: Part<App> = {
  name: 'account',
  register: async (scope, app) => {
    await preparePages(scope, app, { bodyLimit: 4_096 })
    const refuseTheRest = refuseOtherMethods(scope, (request, reply, allowed) =>
      sendWrongMethod(app, request, reply, allowed),
    )
    addRoutes(scope, app)
    refuseTheRest()
  },
}

const hidden = { schema: { hide: true } }

/** One request of somebody who looks at their account. */
type Visit = { readonly setting: Setting; readonly visitor: Visitor; readonly home: string }

type Signed = Visit & { readonly session: Session }

type Change = (app: App, visit: Signed, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

async function visitOf(app: App, request: FastifyRequest, reply: FastifyReply): Promise<Visit> {
  const setting = { ...settingOf(app, request), here: '/account' }
  return { setting, visitor: await visitorOf(app, request, reply), home: `${setting.root}/account` }
}

function addRoutes(scope: FastifyInstance, app: App): void {
  scope.get('/account', hidden, async (request, reply) => showAccount(app, await visitOf(app, request, reply), reply))
  scope.get('/account/data', hidden, async (request, reply) => {
    const { visitor, home } = await visitOf(app, request, reply)
    if (!visitor.session) return reply.redirect(home, 303)
    const { shopper } = visitor.session
    const data = {
      shopper,
      cards: await app.shoppers.cards(shopper.id),
      orders: await app.shoppers.orders(shopper.id, 1_000),
    }
    const text = JSON.stringify(data, (_key, value) => (typeof value === 'bigint' ? String(value) : value), 2)
    return reply.header('content-type', 'application/json; charset=utf-8').send(text)
  })
  const changes: Readonly<Record<string, Change>> = {
    pay,
    'default-card': makeDefault,
    'remove-card': removeCard,
    'end-session': endSession,
  }
  for (const [name, change] of Object.entries(changes)) {
    scope.post(`/account/${name}`, hidden, async (request, reply) => {
      const visit = await visitOf(app, request, reply)
      if (!isOwnForm(visit.visitor, request)) return sendStale(visit, reply)
      const { session } = visit.visitor
      return session ? await change(app, { ...visit, session }, request, reply) : reply.redirect(visit.home, 303)
    })
    scope.get(`/account/${name}`, hidden, async (request, reply) =>
      reply.redirect((await visitOf(app, request, reply)).home, 303),
    )
  }
  addSignInRoutes(scope, app, '/account', async (request, reply) => placeOf(await visitOf(app, request, reply)))
}

function placeOf({ setting, visitor, home }: Visit): Place {
  const { title } = accountWords[setting.language]
  return {
    ...{ setting, visitor, home, merchantId: null, country: undefined, contact: '' },
    show: (reply, status, panel) => {
      const main = html`<div class="narrow"><h1 class="hidden">${title}</h1><section class="panel" aria-labelledby="step">${panel.content}</section></div>`
      const prefix = panel.hasTrouble ? `${setting.common.errorPrefix}: ` : ''
      return sendPage(reply, status, layout(setting, { title: `${prefix}${panel.title}`, main }))
    },
  }
}

async function showAccount(app: App, visit: Visit, reply: FastifyReply, said?: string): Promise<FastifyReply> {
  const { setting, visitor } = visit
  const { session } = visitor
  if (!session) {
    const place = placeOf(visit)
    return place.show(reply, 200, await signInPanel(app, place))
  }
  const { shopper } = session
  const [purchases, cards, sessions] = await Promise.all([
    purchasesOf(app, shopper.id),
    app.shoppers.cards(shopper.id),
    app.shoppers.sessions(shopper.id),
  ])
  const main = accountContent({ ...visit, shopper, sessionId: session.id, purchases, cards, sessions, said })
  return sendPage(reply, 200, layout(setting, { title: accountWords[setting.language].title, main }))
}

/** Pays one instalment of one's own purchase, or all that is left of it. */
async function pay(app: App, visit: Signed, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const [order, which] = [textIn(request.body, 'order'), textIn(request.body, 'instalment')]
  const found = (await purchasesOf(app, visit.session.shopper.id)).find(({ plan }) => plan.paymentId === order)
  const open = found?.plan.instalments.filter(
    ({ unpaid, number }) => unpaid > 0n && (which === 'all' || which === String(number)),
  )
  let result: PayResult = { kind: 'nothing_done' }
  for (const { number } of open ?? []) {
    if (!found) break
    result = await app.plans.pay(found.plan, number, { isShopperPresent: true })
    if (result.kind !== 'paid') break
  }
  return await showAccount(app, visit, reply, accountWords[visit.setting.language].results[result.kind])
}

/** The default card also pays what is still open: that is what people make a card their default for. */
async function makeDefault(
  app: App,
  visit: Signed,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { shopper } = visit.session
  const card = (await app.shoppers.cards(shopper.id)).find(({ id }) => id === textIn(request.body, 'card'))
  const stored = card && (await app.shoppers.storedCard(shopper.id, card.id))
  if (card && stored) {
    await app.shoppers.makeDefaultCard(shopper.id, card.id)
    const open = (await purchasesOf(app, shopper.id)).filter(({ plan }) =>
      plan.instalments.some(({ unpaid }) => unpaid > 0n),
    )
    for (const { plan } of open) await app.plans.replaceCard(plan, { id: card.id, ...stored })
  }
  return reply.redirect(visit.home, 303)
}

async function removeCard(
  app: App,
  visit: Signed,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { shopper } = visit.session
  const card = (await app.shoppers.cards(shopper.id)).find(({ id }) => id === textIn(request.body, 'card'))
  if (card && !isInUse(card, await purchasesOf(app, shopper.id))) await app.shoppers.removeCard(shopper.id, card.id)
  return reply.redirect(visit.home, 303)
}

async function endSession(
  app: App,
  visit: Signed,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const id = textIn(request.body, 'session')
  const { shopper } = visit.session
  const own = (await app.shoppers.sessions(shopper.id)).some((each) => each.id === id)
  if (own) await app.shoppers.endSessions(shopper.id, id)
  return reply.redirect(visit.home, 303)
}
