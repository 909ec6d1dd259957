import type { Currency } from '../../kernel/currency.ts'
import type { AttemptId, MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { FailureReason } from './failure.ts'
import type { Funding } from './funding.ts'
import type { Instrument } from './instrument.ts'
import type { ShopperWait } from './next-action.ts'
import type { PaymentState } from './state.ts'

/** Name of the merchant API that made the payment; it alone renders it and tells the merchant of it. */
export type Protocol = string

/** What a rail is asked for while its payment waits for the answer. */
export type PaymentPurpose = 'authorize' | 'sale' | 'refund' | 'void'

/**
 * Everything a rail is asked for. `capture` and `release` take money out of a hold or let it go, `charge` takes money from a
 * kept card; no payment waits for these, since the merchant was answered before.
 */
export type AttemptPurpose = PaymentPurpose | 'capture' | 'release' | 'charge'

/**
 * A call to the rail that is recorded and not yet answered. While the rail is waited for, the payment takes no other action;
 * while the shopper is (`waitsFor`), a new attempt takes its place and the payment's timer may end it.
 */
export type PendingAttempt = {
  readonly id: AttemptId
  readonly purpose: PaymentPurpose
  /** name of the connector that was called */
  readonly acquirer: string
  /** minor units of the payment's currency */
  readonly amount: bigint
  readonly startedAt: Instant
  /** the merchant was already told that the outcome is unknown: a late success is reversed, not booked */
  readonly abandoned: boolean
  /** the merchant's own name for a refund */
  readonly reference?: string
  /** the shopper must act first; absent: the rail's answer is waited for */
  readonly waitsFor?: ShopperWait
}

/** One part of a multi-capture, as `captures` of scalapay.md 10 lists it. */
export type PartCapture = { readonly amount: bigint; readonly at: Instant }

/**
 * Everything `decide` may know of a payment. All amounts are minor units of `currency`. The database repeats the limits
 * as CHECK constraints: 0 <= refunded <= captured, captured + reduced <= total, captured <= authorized <= total; and where the money comes
 * without being asked for, captured <= settled <= received.
 */
export type Payment = {
  readonly merchantId: MerchantId
  readonly id: PaymentId
  readonly protocol: Protocol
  /** the product that was sold (`pay-in-3`) or the payment method instance that was asked */
  readonly product: string
  readonly funding: Funding
  readonly state: PaymentState
  readonly currency: Currency
  readonly total: bigint
  readonly authorized: bigint
  readonly captured: bigint
  readonly refunded: bigint
  /** taken off the total before capture (a cancelled part of a delayed order) */
  readonly reduced: bigint
  /** what arrived in the merchant's own wallet and was not undone, more than `total` perhaps; nothing where a rail collects */
  readonly received: bigint
  /** what of it is final */
  readonly settled: bigint
  /** the merchant's rates at creation, parts per million: a later change never touches an old payment */
  readonly feePpm: number
  readonly feeTaxPpm: number
  readonly merchantReference: string | null
  readonly processorReference: string | null
  /** number of the newest event; the database accepts one event for each number */
  readonly sequence: number
  readonly createdAt: Instant
  /** when the newest event happened */
  readonly changedAt: Instant
  /** end of the order while created, of the authorization while authorized or delayed */
  readonly expiresAt: Instant | null
  /** when the next timer falls due: a warning before `expiresAt`, or `expiresAt` itself; null when nothing will */
  readonly timerAt: Instant | null
  readonly authorizedAt: Instant | null
  readonly delayedAt: Instant | null
  readonly capturedAt: Instant | null
  readonly voidedAt: Instant | null
  readonly instrument: Instrument | null
  readonly pendingAttempt: PendingAttempt | null
  readonly captures: readonly PartCapture[]
  /** the acquirer's reference of the approved authorization or sale */
  readonly railReference: string | null
  /** why the newest attempt was refused */
  readonly failure: FailureReason | null
}

/** What can still be captured: nothing unless an authorization stands. */
export function openToCapture(payment: Pick<Payment, 'state' | 'total' | 'reduced' | 'captured'>): bigint {
  if (payment.state !== 'authorized' && payment.state !== 'delayed') return 0n
  return payment.total - payment.reduced - payment.captured
}

/** What can still be refunded. */
export function openToRefund(payment: Payment): bigint {
  return payment.captured - payment.refunded
}
