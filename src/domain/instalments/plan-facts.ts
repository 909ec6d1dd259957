import type { CalendarDate } from '../../kernel/calendar-date.ts'
import type { Currency } from '../../kernel/currency.ts'
import type { AttemptId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { FailureReason } from '../payment/failure.ts'
import type { LateFeeTerms } from './late-fee-terms.ts'
import type { Instalment } from './plan.ts'

/** What the rail is asked for on behalf of a plan. */
export type StepPurpose = 'capture' | 'charge' | 'release' | 'refund'

/** One call to the rail for a plan, as its row says. */
export type PlanStep = {
  readonly id: AttemptId
  readonly purpose: StepPurpose
  /** which instalment it pays or gives back; 0: the hold itself */
  readonly instalment: number
  /** minor units, with what of it is for late fees */
  readonly amount: bigint
  readonly lateFee: bigint
  readonly state: 'pending' | 'succeeded' | 'declined'
  readonly failure: FailureReason | null
  /** the card that was charged: what it was told from others by */
  readonly cardId: string | null
  readonly acquirer: string
  /** of the rail, once it approved */
  readonly railReference: string | null
  /** the charge that a refund gives back */
  readonly of: AttemptId | null
  readonly startedAt: Instant
}

/** What an instalment has got for being late. `stage` counts from 1; `amount` in minor units. */
export type LateFee = {
  readonly instalment: number
  readonly stage: number
  readonly amount: bigint
  readonly isWaived: boolean
}

/** Everything that is known of a plan. Amounts are minor units of `currency`. */
export type PlanFacts = {
  readonly currency: Currency
  /** what the captured amount is paid in, before anything was given back; empty while nothing is captured */
  readonly schedule: readonly Instalment[]
  /** what the merchant gave back so far */
  readonly refunded: bigint
  /** whether the merchant may still capture more */
  readonly isOpen: boolean
  /** held on the shopper's card when the order was authorized */
  readonly held: bigint
  /** the operator has given up collecting */
  readonly isWrittenOff: boolean
  /** what being late costs, as the shopper has agreed; null: nothing */
  readonly lateFeeTerms: LateFeeTerms | null
  readonly lateFees: readonly LateFee[]
  readonly zone: string
  /** when the first instalment of a plan that starts at once is due: as soon as it is captured */
  readonly startDate: CalendarDate | null
  /** when the rail is asked about a charge whose shopper is at their bank; null: nobody is */
  readonly waitAskedAt: Instant | null
  /** oldest first */
  readonly steps: readonly PlanStep[]
}
