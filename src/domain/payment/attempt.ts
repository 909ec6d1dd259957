import type { AttemptId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { RailPayload } from './action.ts'
import type { FailureReason } from './failure.ts'
import type { AttemptPurpose } from './payment.ts'

/** The row of a rail call, written before the call and completed after it. */
export type AttemptRecord =
  | {
      readonly kind: 'started'
      readonly id: AttemptId
      readonly purpose: AttemptPurpose
      readonly amount: bigint
      readonly acquirer: string
      /** what a refund or void refers to at the acquirer */
      readonly railReference: string | null
      readonly at: Instant
    }
  /** the rail waits for the shopper: nobody asks it about the attempt until that has changed */
  | { readonly kind: 'waits_for_shopper'; readonly id: AttemptId }
  /** the shopper has acted, and the rail is called again */
  | { readonly kind: 'resumed'; readonly id: AttemptId; readonly at: Instant }
  | {
      readonly kind: 'finished'
      readonly id: AttemptId
      readonly state: 'succeeded' | 'declined'
      readonly railReference: string | null
      readonly failure: FailureReason | null
      readonly code: string | null
      readonly payload: RailPayload | null
      readonly at: Instant
    }
