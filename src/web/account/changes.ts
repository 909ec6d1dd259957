import type { FastifyReply } from 'fastify'
import type { AccountPlace, App } from '../../app/app.ts'
import type { PayResult } from '../../app/instalments/plans.ts'
import type { SavedCard } from '../../domain/shopper/shopper.ts'
import { languageOf } from '../../kernel/language.ts'
import { textIn } from '../shared/sign-in/visitor.ts'
import { everyPlaceOf, isInUse, isSameCard, ownPurchase, placesOf, purchasesOf, sumOf } from './purchases.ts'
import { endOwnSessions } from './sessions.ts'
import { type Change, type Signed, showAccount } from './show-account.ts'
import { accountWords } from './words/index.ts'

/** Pays one instalment of one's own purchase, or all that is left of it, when it still costs what the shopper has seen. */
export const pay: Change = async (app, visit, request, reply) => {
  const [order, which] = [textIn(request.body, 'order'), textIn(request.body, 'instalment')]
  const { results } = accountWords[visit.setting.language]
  const found = await ownPurchase(app, visit.session.shopper.id, order)
  const open =
    found?.plan.instalments.filter(
      ({ unpaid, number }) => unpaid > 0n && (which === 'all' || which === String(number)),
    ) ?? []
  if (open.length > 0 && textIn(request.body, 'amount') !== String(sumOf(open)))
    return await showAccount(app, visit, reply, results.changed)
  let result: PayResult = { kind: 'nothing_done' }
  for (const { number, unpaid: amount } of open) {
    if (!found) break
    const returnUrl = `${app.publicUrl}/account/bank/${found.plan.paymentId}`
    result = await app.plans.pay(found.plan, number, { isShopperPresent: true, amount, returnUrl })
    if (result.kind !== 'paid') break
  }
  return await answerPay(app, visit, reply, result)
}

/** Back from the bank's page: what came of it is asked, and told. A second return, or a late one, shows how things stand. */
export const returnFromBank: Change = async (app, visit, request, reply) => {
  const { order } = request.params as { order: string }
  const found = await ownPurchase(app, visit.session.shopper.id, order)
  const result = found && (await app.plans.returnFromBank(found.plan))
  if (!result || result.kind === 'nothing_done') return reply.redirect(visit.home, 303)
  return await answerPay(app, visit, reply, result)
}

async function answerPay(app: App, visit: Signed, reply: FastifyReply, result: PayResult): Promise<FastifyReply> {
  const { results } = accountWords[visit.setting.language]
  if (result.kind !== 'action_required') return await showAccount(app, visit, reply, results[result.kind])
  // No card rail asks for anything else than a page.
  return result.action.kind === 'redirect'
    ? reply.redirect(result.action.url, 303)
    : await showAccount(app, visit, reply, results.unknown)
}

/** The default card also pays what is still open: that is what people make a card their default for. */
export const makeDefault: Change = async (app, visit, request, reply) => {
  const { shopper } = visit.session
  const card = (await app.shoppers.cards(shopper.id)).find(({ id }) => id === textIn(request.body, 'card'))
  if (card) await payOpenWith(await everyPlaceOf(app, shopper.id), card)
  return reply.redirect(visit.home, 303)
}

/** From now on this card is tried first, and all that is still open is paid from it, in whichever cell that is: the card is kept there too. */
export async function payOpenWith(places: readonly AccountPlace[], wanted: SavedCard): Promise<void> {
  for (const place of places) {
    const { shoppers, shopperId, plans } = place
    const card = (await shoppers.cards(shopperId)).find((each) => isSameCard(each, wanted))
    const stored = card && (await shoppers.storedCard(shopperId, card.id))
    if (!stored) continue
    await shoppers.makeDefaultCard(shopperId, card.id)
    const open = (await purchasesOf([place])).filter(({ plan }) => plan.instalments.some(({ unpaid }) => unpaid > 0n))
    for (const { plan } of open) await plans.replaceCard(plan, { id: card.id, ...stored })
  }
}

export const removeCard: Change = async (app, visit, request, reply) => {
  const { shopper } = visit.session
  const card = (await app.shoppers.cards(shopper.id)).find(({ id }) => id === textIn(request.body, 'card'))
  // All or none: what is kept somewhere comes back.
  const places = await everyPlaceOf(app, shopper.id)
  if (card && !isInUse(card, await purchasesOf(places)))
    for (const { shoppers, shopperId } of places)
      for (const each of (await shoppers.cards(shopperId)).filter((kept) => isSameCard(kept, card)))
        await shoppers.removeCard(shopperId, each.id)
  return reply.redirect(visit.home, 303)
}

export const endSession: Change = async (app, visit, request, reply) => {
  const wanted = textIn(request.body, 'session')
  const { places } = await placesOf(app, visit.session.shopper.id)
  await endOwnSessions(places, ({ id }) => id === wanted)
  return reply.redirect(visit.home, 303)
}

/** On every device but this one. */
export const endSessions: Change = async (app, { session, home }, _request, reply) => {
  const places = await everyPlaceOf(app, session.shopper.id)
  await endOwnSessions(places, ({ id }) => id !== session.id)
  return reply.redirect(home, 303)
}

/** What messages are written in. Pages have their own switch, which a browser remembers. */
export const saveLanguage: Change = async (app, { session, home }, request, reply) => {
  const language = languageOf(textIn(request.body, 'language'))
  if (language) await app.shoppers.saveLanguage(session.shopper.id, language)
  return reply.redirect(home, 303)
}
