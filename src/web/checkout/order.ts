import type { App, ReturnUrls, StoredPayment } from '../../app/app.ts'
import { paymentPlan } from '../../domain/instalments/payment-plan.ts'
import type { Instalment } from '../../domain/instalments/plan.ts'
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
  readonly payment: Payment
  readonly stage: Stage
  readonly urls: ReturnUrls | undefined
  /** what the shopper pays and when, or would if they confirmed now; empty for what is not sold in instalments */
  readonly plan: readonly Instalment[]
  readonly details: OrderDetails
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
  return stored && app.hasHostedPage(stored.payment.protocol) ? orderOf(app, merchant, brand, stored) : undefined
}

function orderOf(app: App, merchant: MerchantTerms, brand: Brand, stored: StoredPayment): Order | undefined {
  const { payment } = stored
  const now = app.clock.now()
  const details = app.orderView(stored)
  return (
    details && {
      merchant,
      brand,
      payment,
      stage: stageOf(payment, now),
      urls: app.returnUrls(stored),
      plan: paymentPlan(payment, merchant, app.orderFrequency(stored), now),
      details,
    }
  )
}

/** An order whose time is up counts as expired although the job that says so may not have come by yet. */
function stageOf(payment: Payment, now: Instant): Stage {
  if (payment.state !== 'created') return stages[payment.state]
  if (payment.pendingAttempt !== null) return payment.pendingAttempt.waitsFor ? 'bank' : 'checking'
  return payment.expiresAt !== null && payment.expiresAt <= now ? 'expired' : 'open'
}
