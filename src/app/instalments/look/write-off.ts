import { collectedPlan } from '../../../domain/instalments/collected.ts'
import { planPosting } from '../../../domain/instalments/plan-postings.ts'
import { lesserOf } from '../../../kernel/lesser-of.ts'
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

/** What is paid, waived or given back of a debt that was given up is not a loss any more, its late fees included. */
export function reverseWriteOff(draft: PlanDraft): void {
  if (draft.writtenOffAt === null) return
  const { owed, lateFeesOwed } = collectedPlan({ ...draft.facts, isWrittenOff: false })
  const principal = lesserOf(draft.writtenOff, owed - lateFeesOwed)
  const fees = lesserOf(draft.lateFeesWrittenOff, lateFeesOwed)
  const [less, lessFees] = [draft.writtenOff - principal, draft.lateFeesWrittenOff - fees]
  if (less + lessFees === 0n) return
  draft.writtenOff = principal
  draft.lateFeesWrittenOff = fees
  const { currency } = draft.row
  const transfers = [
    planPosting('write_off_reversal', currency, less),
    planPosting('late_fee_write_off_reversal', currency, lessFees),
  ]
  draft.note('write_off_reversed', less + lessFees, 0, transfers.filter(isSomething))
}
