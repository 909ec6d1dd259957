import { collectedPlan } from '../../../domain/instalments/collected.ts'
import { planPosting } from '../../../domain/instalments/plan-postings.ts'
import { isSomething } from './book-step.ts'
import type { PlanDraft } from './plan-draft.ts'

/** Gives the debt up as a loss, once, and not while an acquirer is asked. */
export function writeOff(draft: PlanDraft): void {
  const { owed, lateFeesOwed } = collectedPlan(draft.facts)
  if (draft.isBusy || owed === 0n || draft.writtenOffAt !== null) return
  draft.writtenOff = owed - lateFeesOwed
  draft.lateFeesWrittenOff = lateFeesOwed
  draft.writtenOffAt = draft.now
  const { currency } = draft.row
  const transfers = [
    planPosting('write_off', currency, draft.writtenOff),
    planPosting('late_fee_write_off', currency, lateFeesOwed),
  ]
  draft.note('written_off', owed, 0, transfers.filter(isSomething))
}

/** What the merchant gives back of a debt that was given up is not a loss any more. */
export function reverseWriteOff(draft: PlanDraft): void {
  if (draft.writtenOffAt === null || draft.writtenOff === 0n) return
  const { owed, lateFeesOwed } = collectedPlan({ ...draft.facts, isWrittenOff: false })
  const principal = owed - lateFeesOwed
  const less = draft.writtenOff - principal
  if (less <= 0n) return
  draft.writtenOff = principal
  draft.note('write_off_reversed', less, 0, [planPosting('write_off_reversal', draft.row.currency, less)])
}
