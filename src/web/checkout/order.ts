import type { App, ReturnUrls, StoredPayment } from '../../app/app.ts'
import { paymentPlan } from '../../domain/instalments/payment-plan.ts'
import type { Instalment } from '../../domain/instalments/plan.ts'
import { type InstalmentProduct, instalmentProducts } from '../../domain/instalments/products.ts'
import type { Brand } from '../../domain/merchant/brand.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { PaymentState } from '../../domain/payment/state.ts'
import type { OrderDetails } from '../../domain/shopper/order-details.ts'
import { parsePaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'

/**
 * What the order means to its shopper. `checking`: a card was sent and its answer is not known yet; `bank`: the shopper has a step
 * to take at their bank; `paid_back`: it was paid, and all of it refunded.
 */
export type Stage = 'open' | 'checking' | 'bank' | 'paid' | 'paid_back' | 'expired' | 'ended'

export type Order = {
  readonly merchant: MerchantTerms
  readonly brand: Brand
  /** with the product that the shopper has chosen, where they may */
  readonly payment: Payment
  /** as what the order may be paid, where that is left to its shopper; empty when there is nothing to choose */
  readonly choices: readonly { readonly product: InstalmentProduct; readonly plan: readonly Instalment[] }[]
  readonly stage: Stage
  readonly urls: ReturnUrls | undefined
  /** what the shopper pays and when, or would if they confirmed now; empty for what is not sold in instalments */
  readonly plan: readonly Instalment[]
  readonly details: OrderDetails
  /** names of its pictures that this server has, by their addresses */
  readonly pictures: ReadonlyMap<string, string>
}

const stages = {
  created: 'open',
  processing: 'checking',
  authorized: 'paid',
  delayed: 'paid',
  captured: 'paid',
  partially_refunded: 'paid',
  refunded: 'paid_back',
  voided: 'ended',
  expired: 'expired',
  lapsed: 'ended',
  failed: 'ended',
} as const satisfies Record<PaymentState, Stage>

/** The order as it is now; undefined when the text is not the token of an order with a checkout. Throws `Unavailable`. */
export async function findOrder(app: App, token: string): Promise<Order | undefined> {
  const id = parsePaymentId(token)
  if (id === undefined) return undefined
  const merchant = await app.merchants.byPaymentId(id)
  if (!merchant) return undefined
  const [stored, brand] = await Promise.all([app.payments.find(merchant.id, id), app.merchants.brand(merchant.id)])
  // Payments of other protocols have no shopper on this page: for it they do not exist.
  const details = stored && app.hasHostedPage(stored.payment.protocol) ? app.orderView(stored) : undefined
  return stored && details ? await orderOf(app, merchant, brand, stored, details) : undefined
}

async function orderOf(
  app: App,
  merchant: MerchantTerms,
  brand: Brand,
  stored: StoredPayment,
  details: OrderDetails,
): Promise<Order> {
  const now = app.clock.now()
  const stage = stageOf(stored.payment, merchant, now)
  const planAs = (product: string) =>
    paymentPlan({ ...stored.payment, product }, merchant, app.orderFrequency(stored), now)
  const isOpen = stage === 'open' && details.isProductOpen
  const offered = isOpen ? offeredFor(stored.payment, merchant) : []
  const choices = offered.length > 1 ? offered.map((product) => ({ product, plan: planAs(product) })) : []
  const chosen = choices.length > 0 ? await app.shoppers.chosenProduct(merchant.id, stored.payment.id) : null
  const product = choices.find((each) => each.product === chosen)?.product ?? stored.payment.product
  return {
    ...{ merchant, brand, stage, details, choices },
    payment: { ...stored.payment, product },
    urls: app.returnUrls(stored),
    pictures: await app.shownPictures(merchant.id, details),
    plan: planAs(product),
  }
}

/** What the merchant sells this amount as. */
function offeredFor({ total }: Payment, { products }: MerchantTerms): readonly InstalmentProduct[] {
  const isFor = (product: string) =>
    products.some((each) => each.product === product && each.minimum <= total && total <= each.maximum)
  return instalmentProducts.filter(isFor)
}

/** An order whose shop was closed has ended, and one whose time is up counts as expired although the job that says so may not have come by yet. */
function stageOf(payment: Payment, merchant: MerchantTerms, now: Instant): Stage {
  if (payment.state !== 'created') return stages[payment.state]
  if (payment.pendingAttempt !== null) return payment.pendingAttempt.waitsFor ? 'bank' : 'checking'
  if (merchant.isDisabled) return 'ended'
  return payment.expiresAt !== null && payment.expiresAt <= now ? 'expired' : 'open'
}
