import { type CalendarDate, dateIn, plusDays } from '../../kernel/calendar-date.ts'
import type { Instant } from '../../kernel/instant.ts'
import { startOfDay } from '../../kernel/start-of-day.ts'
import type { FailureReason } from '../payment/failure.ts'
import { type CollectedPlan, takes } from './collected.ts'
import type { LateFee, PlanFacts } from './plan-facts.ts'

/** Fees that a plan gets now, and when the next would come; null: none would. */
export type DueLateFees = { readonly due: readonly LateFee[]; readonly nextAt: Instant | null }

/** A fee that comes when nothing is paid before. `from` is the first day with it. */
export type ComingLateFee = { readonly amount: bigint; readonly from: CalendarDate }

type Stage = { readonly number: number; readonly at: Instant; readonly from: CalendarDate; readonly amount: bigint }

/**
 * The fees that instalments of the plan get by now. An instalment is late once a card has refused it on its due day or after, so nobody pays
 * for a day on which nobody tried; what is on its way is not late. Each stage comes once, a whole number of days after that day
 * is over, and is cut to what the terms allow for the instalment and for the order.
 */
export function dueLateFees(facts: PlanFacts, plan: CollectedPlan, now: Instant): DueLateFees {
  const due: LateFee[] = []
  const later: Instant[] = []
  for (const { number, unpaid, underWay } of plan.instalments) {
    if (unpaid === 0n || underWay > 0n) continue
    for (const stage of stagesOf(facts, number)) {
      if (stage.at > now) later.push(stage.at)
      else {
        const amount = atMost(stage.amount, facts, number, due)
        if (amount > 0n) due.push({ instalment: number, stage: stage.number, amount, isWaived: false })
      }
    }
  }
  return { due, nextAt: later.toSorted((one, other) => (one < other ? -1 : 1))[0] ?? null }
}

/** What the shopper of a late instalment is told of before it comes. */
export function comingLateFee(facts: PlanFacts, instalment: number, now: Instant): ComingLateFee | null {
  const next = stagesOf(facts, instalment).find(({ at }) => at > now)
  const amount = next ? atMost(next.amount, facts, instalment, []) : 0n
  return next && amount > 0n ? { amount, from: next.from } : null
}

/** What the fees of a plan may come to. */
export function mostLateFees({ schedule, lateFeeTerms }: Pick<PlanFacts, 'schedule' | 'lateFeeTerms'>): bigint {
  return lateFeeTerms === null
    ? 0n
    : shareOf(sum(schedule.map(({ amount }) => amount.minor)), lateFeeTerms.mostOfOrderPpm)
}

/** The stages that an instalment has still before it, none while it is not late. */
function stagesOf(facts: PlanFacts, number: number): readonly Stage[] {
  const since = facts.isWrittenOff ? undefined : lateSince(facts, number)
  if (since === undefined || facts.lateFeeTerms === null) return []
  const stages = facts.lateFeeTerms.stages.map(({ afterDays, amount }, index) => {
    const from = plusDays(since, afterDays + 1)
    return { number: index + 1, from, at: startOfDay(facts.zone, from), amount }
  })
  return stages.filter((each) => !facts.lateFees.some((fee) => fee.instalment === number && fee.stage === each.number))
}

/** The day on which a card first refused what is unpaid of the instalment now; never before its due day. */
function lateSince(facts: PlanFacts, number: number): CalendarDate | undefined {
  const dueAt = facts.schedule.find((each) => each.number === number)?.dueAt
  const tries = facts.steps.filter((step) => step.instalment === number && takes(step))
  const open = tries.slice(tries.findLastIndex(({ state }) => state === 'succeeded') + 1)
  const days = open.filter(({ failure }) => isShoppers(failure)).map(({ startedAt }) => dateIn(facts.zone, startedAt))
  return days.find((day) => dueAt !== undefined && day >= dueAt)
}

/** Nobody pays for what was not their fault: an acquirer that could not, or would not of any card. */
function isShoppers(failure: FailureReason | null): boolean {
  return failure !== null && !noFaultOfTheirs.includes(failure)
}

const noFaultOfTheirs: readonly FailureReason[] = [
  ...(['processing_error', 'issuer_unavailable', 'not_permitted', 'duplicate', 'outcome_unknown'] as const),
]

/** Waived fees count as well: whoever was let off once is not asked for more in its place. */
function atMost(amount: bigint, facts: PlanFacts, instalment: number, more: readonly LateFee[]): bigint {
  if (facts.lateFeeTerms === null) return 0n
  const all = [...facts.lateFees, ...more]
  const ofInstalment = sum(all.filter((fee) => fee.instalment === instalment).map((fee) => fee.amount))
  const { mostPerInstalment, mostOfOrderPpm } = facts.lateFeeTerms
  const worth = sum(facts.schedule.map((each) => each.amount.minor)) - facts.refunded
  const left = [mostPerInstalment - ofInstalment, shareOf(worth, mostOfOrderPpm) - sum(all.map((fee) => fee.amount))]
  return left.reduce((least, each) => (each < least ? each : least), amount)
}

/** Rounded down: a most is never passed. */
function shareOf(amount: bigint, ppm: number): bigint {
  return (amount * BigInt(ppm)) / 1_000_000n
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n)
}
