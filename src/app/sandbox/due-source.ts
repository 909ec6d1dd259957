import type { Instant } from '../../kernel/instant.ts'

/**
 * Work that falls due by itself: timers of payments, webhook attempts, rail attempts without an answer. In ordinary running
 * a job runner asks each source every moment; when the sandbox clock is moved, all sources are run in due order.
 */
export type DueSource = {
  readonly name: string
  /** The earliest instant at which something of this source is or was due; null when nothing is planned. */
  readonly nextDue: () => Promise<Instant | null>
  /**
   * Does what is due at or before `until`, each piece counted for its own due time; returns how many pieces it did. Bounded
   * per call: a caller that wants all of it calls again until the answer is 0. Safe with several processes at once.
   */
  readonly runDue: (until: Instant) => Promise<number>
  /** Whether work that is due by then is in another process's hands: it is done or free again within a minute. Default never. */
  readonly isHeldElsewhere?: (until: Instant) => Promise<boolean>
}
