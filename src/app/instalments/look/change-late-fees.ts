import type { WrittenLateFee } from '../../../db/instalments/late-fees.ts'
import { collectedPlan } from '../../../domain/instalments/collected.ts'
import { dueLateFees } from '../../../domain/instalments/late-fees.ts'
import type { LateFee } from '../../../domain/instalments/plan-facts.ts'
import { planPosting } from '../../../domain/instalments/plan-postings.ts'
import type { Instant } from '../../../kernel/instant.ts'
import type { PlanDraft } from './plan-draft.ts'

/** Adds the fees that are due by now, and answers when the next would come. */
export function accrueFees(draft: PlanDraft): Instant | null {
  const { facts, now } = draft
  const { due, nextAt } = dueLateFees(facts, collectedPlan(facts), now)
  for (const fee of due) {
    draft.lateFees = [...draft.lateFees, fee]
    draft.newFees.push(written(draft, fee, null))
    draft.note('late_fee', fee.amount, fee.instalment, [planPosting('late_fee', draft.row.currency, fee.amount)])
  }
  return nextAt
}

/** An instalment that was given back before anything of it was paid owes no fee for having been late. */
export function waiveFeesOfCancelled(draft: PlanDraft): void {
  if (draft.writtenOffAt !== null) return
  const { instalments } = collectedPlan(draft.facts)
  const isCancelled = (number: number) =>
    instalments.some((each) => each.number === number && each.cancelled === each.planned)
  waiveFees(draft, ({ instalment }) => isCancelled(instalment))
}

/** Takes fees back that still stand: an event and a transfer for each instalment that had some. */
export function waiveFees(draft: PlanDraft, isMeant: (fee: LateFee) => boolean): void {
  const meant = standingFees(draft).filter(isMeant)
  if (meant.length === 0) return
  draft.lateFees = draft.lateFees.map((fee) => (meant.includes(fee) ? { ...fee, isWaived: true } : fee))
  draft.waivedFees.push(...meant.map((fee) => written(draft, fee, draft.now)))
  for (const number of new Set(meant.map(({ instalment }) => instalment))) {
    const amount = sumOf(meant.filter(({ instalment }) => instalment === number))
    draft.note('late_fee_waived', amount, number, [planPosting('late_fee_waiver', draft.row.currency, amount)])
  }
}

/** What stands of the fees, in minor units. */
export function sumOfFees(draft: PlanDraft): bigint {
  return sumOf(standingFees(draft))
}

function standingFees({ lateFees }: PlanDraft): readonly LateFee[] {
  return lateFees.filter(({ isWaived }) => !isWaived)
}

function written({ row, now }: PlanDraft, fee: LateFee, waivedAt: Instant | null): WrittenLateFee {
  const { instalment, stage, amount } = fee
  return {
    ...{ merchantId: row.merchantId, paymentId: row.paymentId },
    ...{ instalment, stage, amount, accruedAt: now, waivedAt },
  }
}

function sumOf(fees: readonly LateFee[]): bigint {
  return fees.reduce((sum, { amount }) => sum + amount, 0n)
}
