import type { PlanChange } from '../../../db/instalments/plan-writes.ts'
import { collectedPlan } from '../../../domain/instalments/collected.ts'
import { mostLateFees } from '../../../domain/instalments/late-fees.ts'
import type { PlanState } from '../../../domain/instalments/next-step.ts'
import { type Instant, soonerOf } from '../../../kernel/instant.ts'
import type { CallResult } from '../plan-calls.ts'
import type { PlanWish } from '../plan-occurrence.ts'
import { stateOf } from '../plan-state.ts'
import { finishStep, waitForShopper } from './answered-step.ts'
import { accrueFees, sumOfFees, waiveFeesOfCancelled } from './change-late-fees.ts'
import { grantWish } from './grant-wish.ts'
import { askAgainAt, beginNext, keepQuietOf, soonAfter } from './next-look.ts'
import type { PlanDraft } from './plan-draft.ts'
import { reverseWriteOff } from './write-off.ts'

/**
 * Changes the draft by an acquirer's answer and by a wish, then by what is due by now, and begins its next step. Answers the plan's next
 * row.
 */
export function lookAtPlan(draft: PlanDraft, result: CallResult | undefined, wish: PlanWish | undefined): PlanChange {
  if (result?.outcome) finishStep(draft, result.step, result.outcome)
  if (result?.wait) waitForShopper(draft, result.step, result.wait.lifeMs)
  if (wish) grantWish(draft, wish)
  reverseWriteOff(draft)
  waiveFeesOfCancelled(draft)
  const nextFeeAt = accrueFees(draft)
  const state = stateOf(draft.facts, draft.cards, draft.now)
  const isNewlyOverdue = state.overdueSince !== null && draft.row.overdueSince === null
  if (isNewlyOverdue) draft.note('overdue', state.plan.owed, 0, [])
  keepQuietOf(draft, state.next)
  return changeOf(draft, state, checkAtOf(draft, state, result, nextFeeAt))
}

/** When the plan is looked at again. Begins its next step, unless one is under way. */
function checkAtOf(
  draft: PlanDraft,
  state: PlanState,
  result: CallResult | undefined,
  nextFeeAt: Instant | null,
): Instant | null {
  if (draft.calls.length > 0) return soonAfter(draft)
  const isUnknown = result !== undefined && result.outcome === undefined && result.wait === undefined
  return isUnknown ? askAgainAt(draft, result.step) : soonerOf(beginNext(draft, state), nextFeeAt)
}

function changeOf(draft: PlanDraft, { overdueSince }: PlanState, checkAt: Instant | null): PlanChange {
  const { row, terms, card, sequence, writtenOff, writtenOffAt, lateFeesWrittenOff, wait, facts } = draft
  return {
    ...{ merchantId: row.merchantId, paymentId: row.paymentId, shopperId: row.shopperId },
    ...terms,
    ...{ card, sequence, owed: collectedPlan(facts).owed, overdueSince, writtenOff, writtenOffAt },
    ...{ lateFees: sumOfFees(draft), mostLateFees: mostLateFees(facts), lateFeesWrittenOff },
    ...{ waitingAttempt: wait?.attemptId ?? null, waitsUntil: wait?.until ?? null },
    ...{ waitAskedAt: wait?.askedAt ?? null, checkAt },
  }
}
