import type { PlanRow } from '../../../db/instalments/plan-rows.ts'
import { withoutFee } from '../../../domain/instalments/collected.ts'
import type { PlanStep } from '../../../domain/instalments/plan-facts.ts'
import { planPosting } from '../../../domain/instalments/plan-postings.ts'
import type { Transfer } from '../../../domain/ledger/transfer.ts'
import { unreachable } from '../../../kernel/assert.ts'
import type { PlanEventKind } from '../plan-occurrence.ts'

/** What an answered step is called, and which money it moved. */
export function bookingOf(
  step: PlanStep,
  { currency }: PlanRow,
): { event: PlanEventKind; transfers: readonly Transfer[] } {
  const isDone = step.state === 'succeeded'
  switch (step.purpose) {
    case 'capture':
    case 'charge':
      return isDone
        ? {
            event: 'instalment_charged',
            transfers: [
              planPosting('instalment', currency, withoutFee(step)),
              planPosting('late_fee_charge', currency, step.lateFee),
            ].filter(isSomething),
          }
        : { event: 'instalment_declined', transfers: [] }
    case 'refund':
      return isDone
        ? step.lateFee > 0n
          ? { event: 'late_fee_refunded', transfers: [planPosting('late_fee_refund', currency, step.amount)] }
          : { event: 'instalment_refunded', transfers: [planPosting('instalment_refund', currency, step.amount)] }
        : { event: 'refund_declined', transfers: [] }
    case 'release':
      return { event: isDone ? 'hold_released' : 'release_declined', transfers: [] }
    default:
      return unreachable(step.purpose)
  }
}

/** The ledger refuses a transfer of nothing. */
export function isSomething({ amount }: Transfer): boolean {
  return amount > 0n
}
