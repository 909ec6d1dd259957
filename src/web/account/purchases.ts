import type { AccountPlace, App } from '../../app/app.ts'
import type { ShownInstalment, ShownPlan } from '../../app/instalments/read-plan.ts'
import type { SavedCard, ShopperId } from '../../domain/shopper/shopper.ts'
import { Unavailable } from '../../engine/command.ts'
import { type CalendarDate, dateIn } from '../../kernel/calendar-date.ts'
import { type MerchantId, type PaymentId, parsePaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'

/** A purchase of a shopper with the plan by which it is paid. */
export type Purchase = {
  readonly shop: string
  /** what the shop calls the order, as its shopper knows it; the token where it calls it nothing */
  readonly reference: string
  readonly boughtAt: Instant
  /** in the shop's own time zone */
  readonly boughtOn: CalendarDate
  readonly plan: ShownPlan
}

const mostShown = 30

/** The shopper's account of this cell first, then those of other cells. */
export async function placesOf(
  app: App,
  shopperId: ShopperId,
): Promise<{ readonly places: readonly AccountPlace[]; readonly isWhole: boolean }> {
  const { places, isWhole } = await app.accountsElsewhere(shopperId)
  return { places: [{ ...app, shopperId }, ...places], isWhole }
}

/** The same for what must reach all of them or none. Throws `Unavailable` when a cell is away. */
export async function everyPlaceOf(app: App, shopperId: ShopperId): Promise<readonly AccountPlace[]> {
  const { places, isWhole } = await placesOf(app, shopperId)
  if (!isWhole) throw new Unavailable('a cell with an account of the shopper is away', { retryAfterSeconds: 1 })
  return places
}

/**
 * The latest that a shopper has bought, newest first, and whatever of older is not paid yet: a card is not let go while any of it is
 * collected from it. An order that was never authorized is not a purchase.
 */
export async function purchasesOf(places: readonly AccountPlace[], most = mostShown): Promise<readonly Purchase[]> {
  const found = await Promise.all(places.map((place) => purchasesIn(place, most)))
  if (found.length === 1) return found.flat()
  return found.flat().toSorted((one, other) => Number(other.boughtAt - one.boughtAt))
}

async function purchasesIn(place: AccountPlace, most: number): Promise<readonly Purchase[]> {
  const { shoppers, shopperId } = place
  const [latest, open] = await Promise.all([shoppers.orders(shopperId, most), shoppers.openOrders(shopperId)])
  const orders = new Map([...latest, ...open].map((key) => [key.paymentId, key]))
  const found = await Promise.all([...orders.values()].map((key) => purchaseOf(place, key)))
  return found.filter((each) => each !== undefined)
}

/** The purchase that an order is; undefined when it is none. Whose it is, the caller has asked. */
async function purchaseOf(
  app: Pick<App, 'merchants' | 'payments' | 'readPlan'>,
  key: { readonly merchantId: MerchantId; readonly paymentId: PaymentId },
): Promise<Purchase | undefined> {
  const [merchant, stored] = await Promise.all([
    app.merchants.byPaymentId(key.paymentId),
    app.payments.find(key.merchantId, key.paymentId),
  ])
  const boughtAt = stored?.payment.authorizedAt ?? null
  if (!merchant || boughtAt === null) return undefined
  const plan = await app.readPlan(key)
  const reference = stored?.payment.merchantReference ?? key.paymentId
  return plan && { shop: merchant.name, reference, boughtAt, boughtOn: dateIn(merchant.timeZone, boughtAt), plan }
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

/** Where a card is added that pays what is open. The purchase in it leads to its cell, whose acquirer keeps the card first. */
export function addCardAddress({ home }: { readonly home: string }, purchase: Purchase | undefined): string {
  return `${home}/add-card${purchase ? `?order=${purchase.plan.paymentId}` : ''}`
}

/** The same card, whichever cell keeps it. */
export function isSameCard(one: SavedCard, other: SavedCard): boolean {
  const { brand, last4, expiryMonth, expiryYear } = one
  return (
    brand === other.brand &&
    last4 === other.last4 &&
    expiryMonth === other.expiryMonth &&
    expiryYear === other.expiryYear
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

/** The shopper's own purchase of a token, in this cell; undefined for anything else. A page's address with the token in it leads to the order's cell. */
export async function ownPurchase(app: App, shopper: ShopperId, order: string): Promise<Purchase | undefined> {
  const paymentId = parsePaymentId(order)
  const merchant = paymentId && (await app.merchants.byPaymentId(paymentId))
  if (!paymentId || !merchant || (await app.shoppers.orderShopper(merchant.id, paymentId)) !== shopper) return undefined
  return await purchaseOf(app, { merchantId: merchant.id, paymentId })
}
