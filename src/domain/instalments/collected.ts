import type { CalendarDate } from '../../kernel/calendar-date.ts'
import type { PlanFacts, PlanStep } from './plan-facts.ts'

export type InstalmentStatus = 'scheduled' | 'paid' | 'overdue' | 'cancelled'

/** One instalment as it stands. Amounts are minor units. */
export type CollectedInstalment = {
  /** from 1 */
  readonly number: number
  readonly dueAt: CalendarDate
  /** as planned on what was captured */
  readonly planned: bigint
  /** taken off by refunds before it was paid */
  readonly cancelled: bigint
  /** charged, whether or not it went back later */
  readonly charged: bigint
  /** gone back to the card */
  readonly returned: bigint
  /** on its way: a charge whose outcome is not known */
  readonly underWay: bigint
  /** what is still to be paid, without what is on its way */
  readonly unpaid: bigint
  readonly lateFee: CollectedLateFee
  /** what a charge of it takes now: what is unpaid, its late fees included */
  readonly payable: bigint
  readonly status: InstalmentStatus
}

/** What an instalment costs beside itself, for being late. Minor units. */
export type CollectedLateFee = {
  /** asked for: what was waived is not */
  readonly due: bigint
  /** on its way */
  readonly underWay: bigint
  readonly unpaid: bigint
  /** paid, then waived, and not yet given back */
  readonly toReturn: bigint
}

export type CollectedPlan = {
  readonly instalments: readonly CollectedInstalment[]
  /** what has to go back to cards, beyond what did or is on its way */
  readonly toReturn: bigint
  /** what the shopper still owes, late fees and what is on its way included */
  readonly owed: bigint
  /** what of it is late fees */
  readonly lateFeesOwed: bigint
}

/** Days after the due day on which a failed instalment is tried again. */
export const retryDays = [1, 3, 7] as const

/**
 * Lays what was captured, given back and charged over the schedule. Refunds cancel what is unpaid from the last instalment
 * backwards; only what remains goes back to a card. `overdue` numbers the instalments that every try has failed for.
 */
export function collectedPlan(facts: PlanFacts, overdue: ReadonlySet<number> = new Set()): CollectedPlan {
  let toCancel = facts.refunded
  const backwards = facts.schedule.toReversed().map(({ number, dueAt, amount: { minor: planned } }) => {
    const charged = sum(facts.steps, number, takes, 'succeeded')
    const underWay = sum(facts.steps, number, takes, 'pending')
    const returned = sum(facts.steps, number, givesBack, 'succeeded')
    const open = positive(planned - charged - underWay)
    const cancelled = open < toCancel ? open : toCancel
    toCancel -= cancelled
    const unpaid = open - cancelled
    const lateFee = lateFeeOf(facts, number)
    const stillToPay = unpaid + underWay + lateFee.unpaid + lateFee.underWay
    const status = statusOf({ planned, cancelled, returned, unpaid: stillToPay }, overdue.has(number))
    const payable = unpaid + lateFee.unpaid
    return { number, dueAt, planned, cancelled, charged, returned, underWay, unpaid, lateFee, payable, status }
  })
  const instalments = backwards.toReversed()
  const given = facts.steps.filter((step) => givesBack(step) && step.state !== 'declined')
  const toReturn = positive(toCancel - total(given.map(withoutFee)))
  if (facts.isWrittenOff) return { instalments, toReturn, owed: 0n, lateFeesOwed: 0n }
  const lateFeesOwed = total(instalments.map(({ lateFee }) => lateFee.unpaid + lateFee.underWay))
  const owed = total(instalments.map(({ unpaid, underWay }) => unpaid + underWay)) + lateFeesOwed
  return { instalments, toReturn, owed, lateFeesOwed }
}

/** Fees that were charged and waived go back; what went back is not asked for twice. */
function lateFeeOf({ lateFees, steps }: PlanFacts, instalment: number): CollectedLateFee {
  const due = total(
    lateFees.filter((fee) => fee.instalment === instalment && !fee.isWaived).map(({ amount }) => amount),
  )
  const feesOf = (isWanted: (step: PlanStep) => boolean) =>
    total(steps.filter((step) => step.instalment === instalment && isWanted(step)).map(({ lateFee }) => lateFee))
  const charged = feesOf((step) => takes(step) && step.state === 'succeeded')
  const underWay = feesOf((step) => takes(step) && step.state === 'pending')
  const kept = charged - feesOf((step) => givesBack(step) && step.state !== 'declined')
  return { due, underWay, unpaid: positive(due - kept - underWay), toReturn: positive(kept - due) }
}

function statusOf(
  { planned, cancelled, returned, unpaid }: Pick<CollectedInstalment, 'planned' | 'cancelled' | 'returned' | 'unpaid'>,
  isOverdue: boolean,
): InstalmentStatus {
  if (unpaid > 0n) return isOverdue ? 'overdue' : 'scheduled'
  return planned - cancelled - returned <= 0n ? 'cancelled' : 'paid'
}

/** What is shown of an instalment: what there is to pay, or was paid; of a cancelled one, what it would have been. */
export function amountShown({ planned, cancelled, returned, status }: CollectedInstalment): bigint {
  return status === 'cancelled' ? planned : planned - cancelled - returned
}

export function takes({ purpose }: Pick<PlanStep, 'purpose'>): boolean {
  return purpose === 'capture' || purpose === 'charge'
}

export function givesBack({ purpose }: Pick<PlanStep, 'purpose'>): boolean {
  return purpose === 'refund'
}

function sum(
  steps: readonly PlanStep[],
  instalment: number,
  isWanted: (step: PlanStep) => boolean,
  state: PlanStep['state'],
): bigint {
  let all = 0n
  for (const step of steps)
    if (step.instalment === instalment && step.state === state && isWanted(step)) all += withoutFee(step)
  return all
}

/** What a step moves of the instalment itself. */
export function withoutFee({ amount, lateFee }: Pick<PlanStep, 'amount' | 'lateFee'>): bigint {
  return amount - lateFee
}

function total(amounts: readonly bigint[]): bigint {
  return amounts.reduce((all, amount) => all + amount, 0n)
}

function positive(amount: bigint): bigint {
  return amount > 0n ? amount : 0n
}
