import { findLending } from '../../db/merchant/lending.ts'
import { keepFeedback } from '../../db/shopper/checkouts.ts'
import type { Instalment } from '../../domain/instalments/plan.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { type EligibilityRefusal, refuseShopper } from '../../domain/shopper/eligibility.ts'
import type { Shopper } from '../../domain/shopper/shopper.ts'
import type { CalendarDate } from '../../kernel/calendar-date.ts'
import { exponentOf } from '../../kernel/currency.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { ShopperParts } from './shopper-parts.ts'
import { readShopperRecord } from './shopper-record.ts'

/** An order that a shopper is about to confirm. */
export type EligibilityQuestion = {
  readonly merchant: MerchantTerms
  readonly payment: Payment
  readonly plan: readonly Instalment[]
}

export type CardExpiry = { readonly expiryMonth: number; readonly expiryYear: number }

/** What a shopper may owe at most, in whole units of the order's currency, where nothing else was set. In the sandbox nobody owes anything. */
const mostOwed = { live: 1_500, sandbox: 1_000_000_000 }
const ordersPerDay = { live: 5, sandbox: 1_000_000 }

/** The one word that is published for a merchant to read (docs/protocols/scalapay.md 13). The reason stays between us and the shopper. */
const publishedFeedback = 'DECLINED_FRAUD'

/** Refusals that the shopper mends on the page, by another card or in the shop: they do not judge the shopper. */
const mendable: ReadonlySet<EligibilityRefusal> = new Set(['card_expires_too_early', 'amount_out_of_limits'])

/** Why the shopper may not buy this with this card; undefined when they may. A judgement is kept with the order. */
export async function checkEligibility(
  parts: ShopperParts,
  shopper: Shopper,
  { merchant, payment, plan }: EligibilityQuestion,
  card: CardExpiry,
): Promise<EligibilityRefusal | undefined> {
  const { pool, clock, mode } = parts
  const now = clock.now()
  const [record, lending] = await Promise.all([
    readShopperRecord(parts, shopper, payment),
    outageAsUnavailable(findLending(pool, merchant.id)),
  ])
  const refusal = refuseShopper({
    amount: payment.total,
    limits: merchant.products.find((each) => each.product === payment.product),
    isBlocked: record.isBlocked,
    overdueInstalments: record.overdue,
    openExposure: record.owed,
    exposureLimit: BigInt(lending.mostOwed ?? mostOwed[mode]) * 10n ** BigInt(exponentOf(payment.currency)),
    ordersToday: record.ordersToday,
    ordersPerDay: lending.ordersPerDay ?? ordersPerDay[mode],
    cardValidUntil: lastDayOf(card),
    lastDueAt: plan.at(-1)?.dueAt,
  })
  if (refusal && !mendable.has(refusal)) {
    const order = { merchantId: merchant.id, paymentId: payment.id }
    await outageAsUnavailable(keepFeedback(pool, { ...order, feedback: publishedFeedback, at: now }))
  }
  return refusal
}

function lastDayOf({ expiryMonth, expiryYear }: CardExpiry): CalendarDate {
  return new Date(Date.UTC(expiryYear, expiryMonth, 0)).toISOString().slice(0, 10) as CalendarDate
}
