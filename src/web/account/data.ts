import { isoOf } from '../../kernel/instant.ts'
import { decimalOf, money } from '../../kernel/money.ts'
import { everyPlaceOf, purchasesOf } from './purchases.ts'
import { sessionsOf } from './sessions.ts'
import type { Change } from './show-account.ts'

/** Everything that is kept of a shopper, as a file of theirs. */
export const sendData: Change = async (app, { session }, _request, reply) => {
  const { id, email, phone, profile, language, createdAt } = session.shopper
  const places = await everyPlaceOf(app, id)
  const [cards, sessions, purchases] = await Promise.all([
    app.shoppers.cards(id),
    sessionsOf(places),
    purchasesOf(places, 1_000),
  ])
  const data = {
    shopper: { id, email, phone, profile, language, createdAt: isoOf(createdAt) },
    cards: cards.map(({ brand, last4, expiryMonth, expiryYear }) => ({ brand, last4, expiryMonth, expiryYear })),
    sessions: sessions.map(({ device, createdAt: since, lastSeenAt }) => ({
      ...{ device, since: isoOf(since), lastSeenAt: isoOf(lastSeenAt) },
    })),
    purchases: purchases.map(({ shop, plan }) => ({
      ...{ order: plan.paymentId, shop, product: plan.product, currency: plan.currency },
      instalments: plan.instalments.map(({ number, dueAt, amount, lateFee, status }) => ({
        ...{ number, dueAt, status, amount: decimalOf(money(plan.currency, amount)) },
        lateFee: decimalOf(money(plan.currency, lateFee)),
      })),
    })),
  }
  return reply
    .header('content-type', 'application/json; charset=utf-8')
    .header('content-disposition', 'attachment; filename="account.json"')
    .send(JSON.stringify(data, null, 2))
}
