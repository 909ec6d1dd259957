import type { PlanCard, PlanRow } from '../../db/instalments/plan-rows.ts'
import type { ComingLateFee } from '../../domain/instalments/late-fees.ts'
import type { CalendarDate } from '../../kernel/calendar-date.ts'
import type { Instant } from '../../kernel/instant.ts'

/** What somebody wants of a plan beside what is due of it. */
export type PlanWish =
  /** this instalment is charged now */
  | {
      readonly kind: 'pay'
      readonly instalment: number
      readonly isShopperPresent: boolean
      readonly cardId?: string
      /** minor units that whoever asks has seen: what costs something else meanwhile is not charged */
      readonly amount?: bigint
      /** where the shopper comes back to from their bank; absent: nobody is there */
      readonly returnUrl?: string
    }
  /** the shopper is back from their bank */
  | { readonly kind: 'return' }
  | { readonly kind: 'replace_card'; readonly card: PlanCard }
  | { readonly kind: 'write_off' }
  /** the late fees of an instalment, or of all, are asked for no more; what of them was paid goes back */
  | { readonly kind: 'waive_late_fees'; readonly instalment?: number }

/** Things that happened to plans, for whoever tells people of them in the same transaction. */
export type PlanOccurrence = {
  readonly plan: PlanRow
  /** `charged_soon` is not an event: nothing has changed */
  readonly kind: PlanEventKind | 'charged_soon'
  readonly amount: bigint
  /** what of a step's amount was for late fees; null of anything else */
  readonly lateFee: bigint | null
  readonly instalment: number
  /** of a fee: what there is to pay of its instalment from now on; null of anything else */
  readonly payable: bigint | null
  /** of a charge that failed: what comes if nobody pays */
  readonly comingLateFee: ComingLateFee | null
  /** of the event; of what is none, the plan's newest */
  readonly sequence: number
  readonly card: { readonly brand: string; readonly last4: string } | null
  /** of a charge that failed, the day on which it is tried again; of one that comes, its day */
  readonly nextTryAt: CalendarDate | null
  readonly at: Instant
}

export type PlanEventKind =
  | 'instalment_charged'
  | 'instalment_declined'
  | 'instalment_refunded'
  | 'refund_declined'
  | 'hold_released'
  | 'release_declined'
  | 'overdue'
  | 'card_replaced'
  | 'written_off'
  | 'write_off_reversed'
  | 'late_fee'
  | 'late_fee_waived'
  | 'late_fee_refunded'
