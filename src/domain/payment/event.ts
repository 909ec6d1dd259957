import type { Instant } from '../../kernel/instant.ts'
import type { PaymentState } from './state.ts'

export const eventKinds = [
  'created',
  'attempt_started',
  'attempt_waits',
  'attempt_resumed',
  'attempt_declined',
  'attempt_abandoned',
  'authorized',
  'delayed',
  'captured',
  'part_captured',
  'reduced',
  'closed',
  'voided',
  'refunded',
  'references_updated',
  'suspicious',
  'expiring_soon',
  'expired',
  'lapsed',
  'failed',
  'reversed',
  'received',
  'receipt_settled',
  'receipt_undone',
] as const

export type EventKind = (typeof eventKinds)[number]

/** One thing that happened to a payment, numbered within it from 1. Never changed once written. */
export type PaymentEvent = {
  readonly sequence: number
  readonly kind: EventKind
  /** the payment's state after it */
  readonly state: PaymentState
  /** minor units that the event is about, or null */
  readonly amount: bigint | null
  /** the order's total after it: what a notification prints */
  readonly total: bigint
  /** the merchant's reference as it stood then */
  readonly merchantReference: string | null
  /** a refund's own reference, an attempt's id, a decline's reason: the one further fact the kind needs */
  readonly note: string | null
  readonly at: Instant
}
