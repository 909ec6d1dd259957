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
import {
  addCardAddress,
  mayAddCard,
  ownPurchase,
  type Purchase,
  placesOf,
  purchasesOf,
  unfinished,
} from './purchases.ts'
import { type Change, type Signed, showAccount } from './show-account.ts'
import { accountWords } from './words/index.ts'

type Shown = { readonly purchase?: Purchase | undefined; readonly problems?: CardProblems; readonly refusal?: string }

/** The form of a card that is to pay what is still open. */
export const showAddCard: Change = async (app, visit, request, reply) => {
  const purchase = await purchaseToPay(app, visit, request)
  return purchase ? sendForm(app, visit, reply, { purchase }) : await leadOn(app, visit, request, reply)
}

/** Keeps the card, or sends its shopper to their bank first. A second press keeps the same card again, in the place of the first. */
export const addCard: Change = async (app, visit, request, reply) => {
  const purchase = await purchaseToPay(app, visit, request)
  if (!purchase) return await leadOn(app, visit, request, reply)
  const card = parseCardForm(request.body, app.clock.now())
  if (!card.ok) return sendForm(app, visit, reply, { purchase, problems: card.reason })
  const { merchantId, currency, paymentId } = purchase.plan
  const added = await app.addCard({
    ...{ card: card.value, shopperId: visit.session.shopper.id, address: visit.visitor.address },
    purchase: { merchantId, currency },
    returnUrl: `${app.publicUrl}/account/card-bank/${paymentId}`,
  })
  return await answer(app, visit, reply, added, purchase)
}

/** Back from the bank's page. An address that is not this shopper's, or none at all, changes nothing. */
export const returnWithCard: Change = async (app, visit, request, reply) => {
  const { order } = request.params as { order: string }
  const { shopper } = visit.session
  const added = await app.completeAddedCard(shopper.id, queryOf(request, 'state'))
  return added
    ? await answer(app, visit, reply, added, await ownPurchase(app, shopper.id, order))
    : reply.redirect(visit.home, 303)
}

function queryOf({ query }: FastifyRequest, name: string): string {
  const value = (query as Record<string, unknown>)[name]
  return typeof value === 'string' ? value : ''
}

/** What is open of the address's purchase, which is in this cell; without one, the first that is open in it. */
async function purchaseToPay(app: App, { session }: Signed, request: FastifyRequest): Promise<Purchase | undefined> {
  const { id } = session.shopper
  const order = queryOf(request, 'order')
  const [cards, named] = await Promise.all([
    app.shoppers.cards(id),
    order === '' ? undefined : ownPurchase(app, id, order),
  ])
  const here = named ? [named] : await purchasesOf([{ ...app, shopperId: id }])
  return mayAddCard(cards, here) ? unfinished(here)[0] : undefined
}

/** Nothing is open in this cell: to one where something is, or back to the account. */
async function leadOn(app: App, visit: Signed, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { places } = await placesOf(app, visit.session.shopper.id)
  const [elsewhere] = queryOf(request, 'order') === '' ? unfinished(await purchasesOf(places.slice(1))) : []
  return reply.redirect(elsewhere ? addCardAddress(visit, elsewhere) : visit.home, 303)
}

async function answer(
  app: App,
  visit: Signed,
  reply: FastifyReply,
  added: AddedCard,
  purchase: Purchase | undefined,
): Promise<FastifyReply> {
  const { setting, session } = visit
  const { declined } = cardWords[setting.language]
  switch (added.kind) {
    case 'kept': {
      const card = (await app.shoppers.cards(session.shopper.id)).find(({ id }) => id === added.cardId)
      if (card) await payOpenWith((await placesOf(app, session.shopper.id)).places, card)
      return await showAccount(app, visit, reply, accountWords[setting.language].cards.added)
    }
    case 'declined':
      return sendForm(app, visit, reply, { purchase, refusal: declined[added.reason] })
    case 'unknown':
      return sendForm(app, visit, reply, { purchase, refusal: declined.issuer_unavailable })
    case 'too_many_tries':
      return sendPage(reply, 429, noticePage(setting, { kind: 'sorry', notice: setting.common.notices.tooManyTries }))
    case 'action_required':
      // No card rail asks for anything else than a page.
      return added.action.kind === 'redirect'
        ? reply.redirect(added.action.url, 303)
        : sendForm(app, visit, reply, { purchase, refusal: declined.issuer_unavailable })
  }
}

function sendForm(app: App, visit: Signed, reply: FastifyReply, shown: Shown): FastifyReply {
  const { purchase, problems = {}, refusal } = shown
  const panel = addCardPanel(visit, { address: addCardAddress(visit, purchase), problems, refusal })
  const prefix = panel.hasTrouble ? `${visit.setting.common.errorPrefix}: ` : ''
  // The shopper may have to go on to their bank.
  reply.header('content-security-policy', contentPolicy(app.publicUrl))
  return sendPage(reply, 200, layout(visit.setting, { title: `${prefix}${panel.title}`, main: panel.content }))
}
