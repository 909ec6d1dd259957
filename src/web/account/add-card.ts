import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import type { AddedCard } from '../../app/shopper/add-card.ts'
import { type CardProblems, parseCardForm } from '../shared/card/card-form.ts'
import { cardWords } from '../shared/card/words/index.ts'
import { contentPolicy } from '../shared/content-policy.ts'
import { layout } from '../shared/layout.ts'
import { noticePage } from '../shared/notice-page.ts'
import { sendPage } from '../shared/send.ts'
import { addCardPanel } from './add-card-page.ts'
import { payOpenWith } from './changes.ts'
import { mayAddCard, type Purchase, purchasesOf, unfinished } from './purchases.ts'
import { type Change, type Signed, showAccount } from './show-account.ts'
import { accountWords } from './words/index.ts'

type Trouble = { readonly problems?: CardProblems; readonly refusal?: string }

/** The form of a card that is to pay what is still open. */
export const showAddCard: Change = async (app, visit, _request, reply) =>
  (await purchaseToPay(app, visit)) ? sendForm(app, visit, reply, {}) : reply.redirect(visit.home, 303)

/** Keeps the card, or sends its shopper to their bank first. A second press keeps the same card again, in the place of the first. */
export const addCard: Change = async (app, visit, request, reply) => {
  const purchase = await purchaseToPay(app, visit)
  if (!purchase) return reply.redirect(visit.home, 303)
  const card = parseCardForm(request.body, app.clock.now())
  if (!card.ok) return sendForm(app, visit, reply, { problems: card.reason })
  const { merchantId, currency } = purchase.plan
  const added = await app.addCard({
    ...{ card: card.value, shopperId: visit.session.shopper.id, address: visit.visitor.address },
    purchase: { merchantId, currency },
    returnUrl: `${app.publicUrl}/account/card-bank`,
  })
  return await answer(app, visit, reply, added)
}

/** Back from the bank's page. An address that is not this shopper's, or none at all, changes nothing. */
export const returnWithCard: Change = async (app, visit, request, reply) => {
  const added = await app.completeAddedCard(visit.session.shopper.id, stateIn(request))
  return added ? await answer(app, visit, reply, added) : reply.redirect(visit.home, 303)
}

function stateIn({ query }: FastifyRequest): string {
  const { state } = query as { state?: unknown }
  return typeof state === 'string' ? state : ''
}

async function purchaseToPay(app: App, { session }: Signed): Promise<Purchase | undefined> {
  const [cards, purchases] = await Promise.all([
    app.shoppers.cards(session.shopper.id),
    purchasesOf(app, session.shopper.id),
  ])
  return mayAddCard(cards, purchases) ? unfinished(purchases)[0] : undefined
}

async function answer(app: App, visit: Signed, reply: FastifyReply, added: AddedCard): Promise<FastifyReply> {
  const { setting, session } = visit
  const { declined } = cardWords[setting.language]
  switch (added.kind) {
    case 'kept':
      await payOpenWith(app, session.shopper.id, added.cardId)
      return await showAccount(app, visit, reply, accountWords[setting.language].cards.added)
    case 'declined':
      return sendForm(app, visit, reply, { refusal: declined[added.reason] })
    case 'unknown':
      return sendForm(app, visit, reply, { refusal: declined.issuer_unavailable })
    case 'too_many_tries':
      return sendPage(reply, 429, noticePage(setting, { kind: 'sorry', notice: setting.common.notices.tooManyTries }))
    case 'action_required':
      // No card rail asks for anything else than a page.
      return added.action.kind === 'redirect'
        ? reply.redirect(added.action.url, 303)
        : sendForm(app, visit, reply, { refusal: declined.issuer_unavailable })
  }
}

function sendForm(app: App, visit: Signed, reply: FastifyReply, trouble: Trouble): FastifyReply {
  const panel = addCardPanel(visit, trouble.problems ?? {}, trouble.refusal)
  const prefix = panel.hasTrouble ? `${visit.setting.common.errorPrefix}: ` : ''
  // The shopper may have to go on to their bank.
  reply.header('content-security-policy', contentPolicy(app.publicUrl))
  return sendPage(reply, 200, layout(visit.setting, { title: `${prefix}${panel.title}`, main: panel.content }))
}
