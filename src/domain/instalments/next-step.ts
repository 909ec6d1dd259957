import { assert } from '../../kernel/assert.ts'
import { type CalendarDate, plusDays } from '../../kernel/calendar-date.ts'
import type { AttemptId } from '../../kernel/ids.ts'
import { day, type Instant, minute, plus, second } from '../../kernel/instant.ts'
import { startOfDay } from '../../kernel/start-of-day.ts'
import type { FailureReason } from '../payment/failure.ts'
import { type CollectedPlan, collectedPlan, retryDays, takes, withoutFee } from './collected.ts'
import type { PlanFacts, PlanStep } from './plan-facts.ts'

/** What is to be done for a plan now. */
export type NextStep =
  /** the rail has not said what became of a step: it is asked again */
  | { readonly kind: 'ask'; readonly step: PlanStep }
  /** takes from the hold, or lets it go */
  | { readonly kind: 'capture' | 'release'; readonly instalment: number; readonly amount: bigint }
  | (PaidStep & { readonly kind: 'charge'; readonly cardId: string })
  | (PaidStep & { readonly kind: 'refund'; readonly of: AttemptId })
  /** nothing before that instant; null: nothing until something happens */
  | { readonly kind: 'wait'; readonly until: Instant | null }

/** Minor units: the whole, and what of it is for late fees. */
type PaidStep = { readonly instalment: number; readonly amount: bigint; readonly lateFee: bigint }

export type PlanState = {
  readonly next: NextStep
  readonly plan: CollectedPlan
  /** since when some instalment has been given up by the tries of its own, the earliest; null: none has */
  readonly overdueSince: Instant | null
  /** the next instalment to be charged for the first time */
  readonly upcoming: UpcomingCharge | null
}

/** `amount` in minor units. */
export type UpcomingCharge = {
  readonly instalment: number
  readonly amount: bigint
  readonly dueAt: CalendarDate
  readonly at: Instant
}

/** So long before a charge its shopper is told of it. */
export const noticeTime = 2n * day

/** Decline reasons that no later try can change: the card is not charged again. */
const finalReasons: readonly FailureReason[] = ['lost_or_stolen_card', 'expired_card', 'invalid_card_number']

/**
 * Decides the one next step of a plan: first what is unsure, then the hold, then money that goes back, then what is due. `cards`
 * are the ids of the shopper's cards in the order in which they are tried. A pure function of what is written: whoever
 * asks again after a crash gets the same answer.
 */
export function nextStep(facts: PlanFacts, cards: readonly string[], now: Instant): PlanState {
  const rounds = facts.schedule.map(({ number, dueAt }) => roundOf(facts, number, dueAt, cards, now))
  const overdue = new Set(rounds.filter((round) => round.kind === 'over').map(({ number }) => number))
  const plan = collectedPlan(facts, overdue)
  const overdueSince = earliest(
    rounds.flatMap((round) => (round.kind === 'over' && payableOf(plan, round.number) > 0n ? [round.since] : [])),
  )
  return { next: choose(facts, plan, rounds, now), plan, overdueSince, upcoming: upcomingOf(facts, plan, rounds) }
}

function upcomingOf(facts: PlanFacts, plan: CollectedPlan, rounds: readonly Round[]): UpcomingCharge | null {
  const round = rounds.find((each) => each.kind === 'later' && !each.isRetry && payableOf(plan, each.number) > 0n)
  const dueAt = facts.schedule.find(({ number }) => number === round?.number)?.dueAt
  if (round?.kind !== 'later' || dueAt === undefined || facts.isWrittenOff) return null
  return { instalment: round.number, amount: payableOf(plan, round.number), dueAt, at: round.at }
}

/** Whoever makes a step has its answer by then, or has died. Longer than any rail's own deadline. */
export const stepPatience = 30n * second

function choose(facts: PlanFacts, plan: CollectedPlan, rounds: readonly Round[], now: Instant): NextStep {
  const pending = facts.steps.find((step) => step.state === 'pending')
  if (pending) {
    const until = facts.waitAskedAt ?? plus(pending.startedAt, stepPatience)
    return until > now ? { kind: 'wait', until } : { kind: 'ask', step: pending }
  }
  const again = askedAgainAt(facts.steps)
  if (again !== null && again > now) return { kind: 'wait', until: again }
  return ofHold(facts, plan) ?? ofReturn(facts, plan) ?? ofCharge(facts, plan, rounds)
}

/**
 * A rail that could not do the last step is left alone for a minute, then for four, then longer: an outage is not five tries long. A shopper
 * who presses on through it, or one card after another, adds failures without end: the wait stops growing.
 */
function askedAgainAt(steps: readonly PlanStep[]): Instant | null {
  const last = steps.at(-1)
  if (last?.failure !== 'processing_error') return null
  const failed = steps.length - 1 - steps.findLastIndex(({ failure }) => failure !== 'processing_error')
  return plus(last.startedAt, minute * 4n ** BigInt(Math.min(failed, mostTries) - 1))
}

/** The first instalment comes out of the hold. What will not be captured any more is let go. */
function ofHold(facts: PlanFacts, { instalments }: CollectedPlan): NextStep | undefined {
  const left = facts.held - done(facts.steps, 'capture') - done(facts.steps, 'release')
  // A hold that the rail does not know any more is neither asked for nor let go again.
  const isGone = isRefused(facts.steps.filter(({ purpose }) => purpose === 'capture' || purpose === 'release'))
  if (left <= 0n || isGone) return undefined
  const [first] = instalments
  if (first && first.unpaid > 0n && !facts.isWrittenOff) {
    return { kind: 'capture', instalment: first.number, amount: first.unpaid < left ? first.unpaid : left }
  }
  return facts.isOpen ? undefined : { kind: 'release', instalment: 0, amount: left }
}

function done(steps: readonly PlanStep[], purpose: 'capture' | 'release'): bigint {
  return steps.reduce(
    (total, step) => (step.purpose === purpose && step.state === 'succeeded' ? total + step.amount : total),
    0n,
  )
}

/** Money goes back against the charges of the last instalments first, never more than each took; then late fees that were waived. */
function ofReturn(facts: PlanFacts, { instalments, toReturn }: CollectedPlan): NextStep | undefined {
  for (const { number } of instalments.toReversed()) {
    const back = backFrom(facts, number, toReturn, withoutFee)
    if (back) return { kind: 'refund', instalment: number, amount: back.amount, lateFee: 0n, of: back.of }
  }
  for (const { number, lateFee } of instalments) {
    const back = backFrom(facts, number, lateFee.toReturn, (step) => step.lateFee)
    if (back) return { kind: 'refund', instalment: number, amount: back.amount, lateFee: back.amount, of: back.of }
  }
  return undefined
}

/** The newest charge of an instalment that still has something of this part to be given back against. */
function backFrom(
  { steps }: PlanFacts,
  instalment: number,
  wanted: bigint,
  partOf: (step: PlanStep) => bigint,
): { readonly of: AttemptId; readonly amount: bigint } | undefined {
  if (wanted <= 0n) return undefined
  for (const charge of steps.toReversed()) {
    if (charge.instalment !== instalment || charge.state !== 'succeeded' || !takes(charge)) continue
    const refunds = steps.filter(({ of }) => of === charge.id)
    if (isRefused(refunds)) continue
    const given = refunds.filter(({ state }) => state !== 'declined')
    const left = partOf(charge) - given.reduce((sum, refund) => sum + partOf(refund), 0n)
    if (left > 0n) return { of: charge.id, amount: left < wanted ? left : wanted }
  }
  return undefined
}

function ofCharge(facts: PlanFacts, plan: CollectedPlan, rounds: readonly Round[]): NextStep {
  if (facts.isWrittenOff) return { kind: 'wait', until: null }
  for (const round of rounds) {
    const amount = payableOf(plan, round.number)
    if (amount > 0n && round.kind === 'try')
      return { kind: 'charge', ...paidStepOf(plan, round.number), cardId: round.cardId }
  }
  const open = rounds.filter(({ number }) => payableOf(plan, number) > 0n)
  return { kind: 'wait', until: earliest(open.flatMap((round) => (round.kind === 'later' ? [round.at] : []))) }
}

/** What there is to pay of an instalment of the plan now. */
export function payableOf(plan: CollectedPlan, number: number): bigint {
  return paidStepOf(plan, number).amount
}

/** What a charge of an instalment of the plan takes now. */
export function paidStepOf({ instalments }: CollectedPlan, number: number): PaidStep {
  const found = instalments.find((each) => each.number === number)
  assert(found !== undefined, 'what is paid is an instalment of its plan')
  return { instalment: number, amount: found.payable, lateFee: found.lateFee.unpaid }
}

/** Where an instalment stands between its due day and the last day on which it is tried again. */
type Round = { readonly number: number } & (
  | { readonly kind: 'try'; readonly cardId: string }
  | { readonly kind: 'later'; readonly at: Instant; readonly isRetry: boolean }
  | { readonly kind: 'over'; readonly since: Instant }
)

/** On its due day and on each day of a further try, every card is charged once, until one of them pays. */
function roundOf(facts: PlanFacts, number: number, dueAt: CalendarDate, cards: readonly string[], now: Instant): Round {
  const times = [0, ...retryDays].map((days) => chargeTime(facts.zone, plusDays(dueAt, days)))
  const isFirst = dueAt === facts.startDate
  const passed = times.filter((time, index) => time <= now || (index === 0 && isFirst)).length
  const [since, at] = [times[passed - 1], times[passed]]
  if (since === undefined) return { number, kind: 'later', at: at as Instant, isRetry: false }
  const begun = passed === 1 && isFirst ? undefined : since
  const cardId = cards.find((card) => !isTried(facts.steps, number, card, begun))
  if (cardId !== undefined) return { number, kind: 'try', cardId }
  return at === undefined ? { number, kind: 'over', since } : { number, kind: 'later', at, isRetry: true }
}

function isTried(steps: readonly PlanStep[], number: number, card: string, since: Instant | undefined): boolean {
  const charges = steps.filter((step) => step.purpose === 'charge' && step.cardId === card)
  const ofRound = charges.filter(
    (step) => step.instalment === number && (since === undefined || step.startedAt >= since),
  )
  return isRefused(ofRound) || charges.some(({ failure }) => failure !== null && finalReasons.includes(failure))
}

/** A rail that could not do it (or had never seen it, after a crash) is asked anew, a few times; one that would not is not. */
function isRefused(steps: readonly PlanStep[]): boolean {
  const declined = steps.filter(({ state }) => state === 'declined')
  return declined.length >= mostTries || declined.some(({ failure }) => failure !== 'processing_error')
}

const mostTries = 5

/** Charged in the morning, so that a shopper who has to act still has the day. */
export function chargeTime(zone: string, date: CalendarDate): Instant {
  return startOfDay(zone, date, chargeHour)
}

/** Local time. */
const chargeHour = 8

function earliest(times: readonly Instant[]): Instant | null {
  return times.reduce<Instant | null>((first, time) => (first === null || time < first ? time : first), null)
}
