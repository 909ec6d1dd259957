import type { Instant } from '../../kernel/instant.ts'

/**
 * What a transfer or an event can belong to. Each source numbers its own events from 1. A `test` is an order that does not exist: its one event
 * tries a webhook endpoint, and it has no transfers.
 */
export type SourceKind = 'payment' | 'plan' | 'payout' | 'dispute' | 'test'

/** One thing that happened to a source of any kind. Never changed once written. */
export type SourceEvent = {
  /** number within the source, from 1 */
  readonly sequence: number
  readonly kind: string
  /** the source's state after it */
  readonly state: string
  /** minor units that the event is about, or null */
  readonly amount: bigint | null
  /** minor units that the source is worth after it; null where that means nothing */
  readonly total: bigint | null
  /** the merchant's own label of the source as it stood then */
  readonly merchantReference: string | null
  /** the one further fact the kind needs */
  readonly note: string | null
  readonly at: Instant
}
