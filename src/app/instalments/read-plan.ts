import type pg from 'pg'
import {
  type PlanCard,
  type PlanKey,
  type PlanRow,
  readPlans,
  readSteps,
  type StoredStep,
} from '../../db/instalments/plan-rows.ts'
import { findMerchant } from '../../db/merchant/merchants.ts'
import { findPayment } from '../../db/payment/payments.ts'
import { amountShown, type InstalmentStatus } from '../../domain/instalments/collected.ts'
import { paymentPlan } from '../../domain/instalments/payment-plan.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { PaymentState } from '../../domain/payment/state.ts'
import type { CalendarDate } from '../../kernel/calendar-date.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Currency } from '../../kernel/currency.ts'
import type { Instant } from '../../kernel/instant.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import { cardsOf, type FrequencyOf, planFactsOf, stateOf, termsOfPlan } from './plan-state.ts'

export type ShownInstalment = {
  /** from 1 */
  readonly number: number
  readonly dueAt: CalendarDate
  /** minor units: what there is to pay or was paid; of a cancelled one, what it would have been */
  readonly amount: bigint
  /** asked for being late, beside the amount */
  readonly lateFee: bigint
  /** what a charge of it would take now, late fees included */
  readonly unpaid: bigint
  readonly status: InstalmentStatus
}

/** A plan as its shopper, its merchant or the operator may see it. Amounts are minor units. */
export type ShownPlan = PlanKey & {
  readonly product: string
  readonly currency: Currency
  readonly shopperId: string | null
  readonly instalments: readonly ShownInstalment[]
  /** what the shopper still owes */
  readonly owed: bigint
  readonly overdueSince: Instant | null
  /** late fees included */
  readonly writtenOff: bigint
  /** when it is looked at again; null: nothing is planned */
  readonly nextAt: Instant | null
  readonly card: Pick<PlanCard, 'id' | 'brand' | 'last4' | 'expiryMonth' | 'expiryYear'> | null
  /** calls to the acquirer, oldest first */
  readonly steps: readonly StoredStep[]
}

export type ReadPlan = (key: PlanKey) => Promise<ShownPlan | undefined>

export type ReadPlanParts = { readonly pool: pg.Pool; readonly clock: Clock; readonly frequencyOf: FrequencyOf }

/**
 * The plan of an order, also of one that nobody has authorized or captured yet: then as it would be. Undefined for what is not an order,
 * or is not sold in instalments. Throws `Unavailable`.
 */
export function createReadPlan({ pool, clock, frequencyOf }: ReadPlanParts): ReadPlan {
  return async (key) => {
    const [row] = await outageAsUnavailable(readPlans(pool, [key]))
    if (!row || row.captured === 0n) return await plannedOf({ pool, clock, frequencyOf }, key)
    const steps = (await outageAsUnavailable(readSteps(pool, [key]))).get(key.paymentId) ?? []
    return shownOf(row, steps, frequencyOf, clock.now())
  }
}

function shownOf(row: PlanRow, steps: readonly StoredStep[], frequencyOf: FrequencyOf, now: Instant): ShownPlan {
  const cards = cardsOf(row)
  // A charge whose shopper is at their bank may be begun anew: it is nothing that is under way.
  const isWaiting = row.waitingAttempt !== null && row.waitAskedAt === row.waitsUntil
  const made = isWaiting ? steps.filter(({ id }) => id !== row.waitingAttempt) : steps
  const { plan, overdueSince } = stateOf(planFactsOf(row, termsOfPlan(row, frequencyOf), made), cards, now)
  return {
    ...{ merchantId: row.merchantId, paymentId: row.paymentId, shopperId: row.shopperId },
    ...{ product: row.product, currency: row.currency, owed: plan.owed, overdueSince, steps },
    ...{ writtenOff: row.writtenOff + row.lateFeesWrittenOff, nextAt: row.checkAt, card: cards[0] ?? null },
    instalments: plan.instalments.map((each) => ({
      ...{ number: each.number, dueAt: each.dueAt, unpaid: each.payable, status: each.status },
      lateFee: each.lateFee.due,
      amount: amountShown(each),
    })),
  }
}

/** Nothing is captured: the plan as it would be, or of an order that has ended, as it would have been. */
async function plannedOf({ pool, clock, frequencyOf }: ReadPlanParts, key: PlanKey): Promise<ShownPlan | undefined> {
  const stored = await outageAsUnavailable(findPayment(pool, key.merchantId, key.paymentId))
  const merchant = stored && (await outageAsUnavailable(findMerchant(pool, key.merchantId)))
  if (!stored || !merchant) return undefined
  const { payment, details } = stored
  const frequency = frequencyOf({ protocol: payment.protocol, details })
  const whole: Payment = { ...payment, reduced: isOver(payment.state) ? 0n : payment.reduced }
  const plan = paymentPlan(whole, merchant, frequency, clock.now())
  if (plan.length === 0) return undefined
  const status = isOver(payment.state) ? 'cancelled' : 'scheduled'
  return {
    ...key,
    ...{ product: payment.product, currency: payment.currency, shopperId: null, owed: 0n, overdueSince: null },
    ...{ writtenOff: 0n, nextAt: null, card: null, steps: [] },
    instalments: plan.map(({ number, dueAt, amount }) => ({
      ...{ number, dueAt, amount: amount.minor, lateFee: 0n, unpaid: 0n, status },
    })),
  }
}

function isOver(state: PaymentState): boolean {
  return state === 'voided' || state === 'lapsed' || state === 'expired' || state === 'failed'
}
