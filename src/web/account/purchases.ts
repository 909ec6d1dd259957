import type { App } from '../../app/app.ts'
import type { ShownInstalment, ShownPlan } from '../../app/instalments/read-plan.ts'
import type { SavedCard, ShopperId } from '../../domain/shopper/shopper.ts'
import { type CalendarDate, dateIn } from '../../kernel/calendar-date.ts'
import { type MerchantId, type PaymentId, parsePaymentId } from '../../kernel/ids.ts'

/** A purchase of a shopper with the plan by which it is paid. */
export type Purchase = { readonly shop: string; readonly boughtOn: CalendarDate; readonly plan: ShownPlan }

const mostShown = 30

/**
 * The latest that a shopper has bought, newest first, and whatever of older is not paid yet: a card is not let go while any of it is
 * collected from it. An order that was never authorized is not a purchase.
 */
export async function purchasesOf(app: App, id: ShopperId, most = mostShown): Promise<readonly Purchase[]> {
  const [latest, open] = await Promise.all([app.shoppers.orders(id, most), app.shoppers.openOrders(id)])
  const orders = new Map([...latest, ...open].map((key) => [key.paymentId, key]))
  const found = await Promise.all([...orders.values()].map((key) => purchaseOf(app, key)))
  return found.filter((each) => each !== undefined)
}

/** The purchase that an order is; undefined when it is none. Whose it is, the caller has asked. */
async function purchaseOf(
  app: App,
  key: { readonly merchantId: MerchantId; readonly paymentId: PaymentId },
): Promise<Purchase | undefined> {
  const [merchant, stored] = await Promise.all([
    app.merchants.byPaymentId(key.paymentId),
    app.payments.find(key.merchantId, key.paymentId),
  ])
  if (!merchant || !stored || stored.payment.authorizedAt === null) return undefined
  const plan = await app.readPlan(key)
  const boughtOn = dateIn(merchant.timeZone, stored.payment.authorizedAt)
  return plan && { shop: merchant.name, boughtOn, plan }
}

/** Whether an open plan is collected from this card. */
export function isInUse(card: SavedCard, purchases: readonly Purchase[]): boolean {
  return unfinished(purchases).some(
    ({ plan }) => plan.card === null || (plan.card.last4 === card.last4 && plan.card.expiryYear === card.expiryYear),
  )
}

/** Of these, the ones that money is still to be taken for, now or later. */
export function unfinished(purchases: readonly Purchase[]): readonly Purchase[] {
  return purchases.filter(({ plan }) =>
    plan.instalments.some(({ status }) => status === 'scheduled' || status === 'overdue'),
  )
}

/** As many cards as are ever listed. */
const mostCards = 20

/** A card is kept for what it is to pay: with nothing unfinished, the next checkout keeps one. */
export function mayAddCard(cards: readonly SavedCard[], purchases: readonly Purchase[]): boolean {
  return cards.length < mostCards && unfinished(purchases).length > 0
}

/** What charges of these would take now. */
export function sumOf(list: readonly ShownInstalment[]): bigint {
  return list.reduce((sum, { unpaid }) => sum + unpaid, 0n)
}

/** The shopper's own purchase of a token; undefined for anything else. */
export async function ownPurchase(app: App, shopper: ShopperId, order: string): Promise<Purchase | undefined> {
  const paymentId = parsePaymentId(order)
  const merchant = paymentId && (await app.merchants.byPaymentId(paymentId))
  if (!paymentId || !merchant || (await app.shoppers.orderShopper(merchant.id, paymentId)) !== shopper) return undefined
  return await purchaseOf(app, { merchantId: merchant.id, paymentId })
}
