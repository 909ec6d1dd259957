import type { NewEvent } from '../../db/event/events.ts'
import type { WrittenLateFee } from '../../db/instalments/late-fees.ts'
import type { PlanCard, PlanRow } from '../../db/instalments/plan-rows.ts'
import type { NewStep, PlanChange } from '../../db/instalments/plan-writes.ts'
import type { NewTransfer } from '../../db/ledger/transfers.ts'
import type { FinishedAttempt } from '../../db/payment/payment-batch.ts'
import { collectedPlan } from '../../domain/instalments/collected.ts'
import { comingLateFee, dueLateFees, mostLateFees } from '../../domain/instalments/late-fees.ts'
import {
  type NextStep,
  noticeTime,
  type PlanState,
  paidStepOf,
  payableOf,
  stepPatience,
  type UpcomingCharge,
} from '../../domain/instalments/next-step.ts'
import { nextTryAfter } from '../../domain/instalments/next-try.ts'
import type { LateFee, PlanFacts, PlanStep } from '../../domain/instalments/plan-facts.ts'
import { planPosting } from '../../domain/instalments/plan-postings.ts'
import type { Transfer } from '../../domain/ledger/transfer.ts'
import { assert, unreachable } from '../../kernel/assert.ts'
import { type AttemptId, type CommandId, newAttemptId, newCommandId } from '../../kernel/ids.ts'
import { hour, type Instant, millisecond, plus, second } from '../../kernel/instant.ts'
import type { FinalOutcome } from '../attempt/run-attempt.ts'
import { bookingOf, isSomething } from './book-step.ts'
import type { CallResult, PlanCall } from './plan-calls.ts'
import type { PlanEventKind, PlanOccurrence, PlanWish } from './plan-occurrence.ts'
import { cardsOf, type FrequencyOf, type PlanTerms, planFactsOf, stateOf, termsOfPlan } from './plan-state.ts'

/** One plan, as it evolves while it is looked at. */
export class PlanLook {
  readonly #row: PlanRow
  readonly #terms: PlanTerms
  readonly #now: Instant
  #steps: readonly PlanStep[]
  #cards: readonly PlanCard[]
  #card: PlanCard | null
  #sequence: number
  #writtenOff: bigint
  #writtenOffAt: Instant | null
  #lateFees: readonly LateFee[]
  #lateFeesWrittenOff: bigint
  #wait: Wait | null
  #change: PlanChange | undefined
  readonly calls: PlanCall[] = []
  readonly finished: FinishedAttempt[] = []
  readonly started: NewStep[] = []
  readonly events: NewEvent[] = []
  readonly transfers: NewTransfer[] = []
  readonly occurrences: PlanOccurrence[] = []
  readonly newFees: WrittenLateFee[] = []
  readonly waivedFees: WrittenLateFee[] = []

  constructor(row: PlanRow, steps: readonly PlanStep[], frequencyOf: FrequencyOf, now: Instant) {
    this.#row = row
    this.#steps = steps
    // No event before its predecessor: another server's clock may be ahead of this one's.
    this.#now = row.changedAt !== null && row.changedAt > now ? row.changedAt : now
    this.#terms = termsOfPlan(row, frequencyOf)
    this.#cards = cardsOf(row)
    this.#card = row.card
    this.#sequence = row.sequence
    this.#writtenOff = row.writtenOff
    this.#writtenOffAt = row.writtenOffAt
    this.#lateFees = planFactsOf(row, this.#terms, steps).lateFees
    this.#lateFeesWrittenOff = row.lateFeesWrittenOff
    this.#wait = waitOf(row)
  }

  get change(): PlanChange {
    assert(this.#change !== undefined, 'a plan that was looked at has its next state')
    return this.#change
  }

  run(result: CallResult | undefined, wish: PlanWish | undefined): this {
    if (result?.outcome) this.#finish(result.step, result.outcome)
    if (result?.wait) this.#waitFor(result.step, result.wait.lifeMs)
    if (wish) this.#grant(wish)
    this.#reverseWriteOff()
    this.#waiveOfCancelled()
    const nextFeeAt = this.#accrueFees()
    const isUnknown = result !== undefined && result.outcome === undefined && result.wait === undefined
    const state = stateOf(this.#facts(), this.#cards, this.#now)
    const isNewlyOverdue = state.overdueSince !== null && this.#row.overdueSince === null
    if (isNewlyOverdue) this.#note('overdue', state.plan.owed, 0, [])
    this.#keepQuietOf(state.next)
    const isStarted = this.calls.length > 0
    const checkAt = isStarted
      ? this.#soon()
      : isUnknown
        ? this.#askAgain(result.step)
        : sooner(this.#begin(state), nextFeeAt)
    const owed = collectedPlan(this.#facts()).owed
    this.#change = {
      ...{ merchantId: this.#row.merchantId, paymentId: this.#row.paymentId, shopperId: this.#row.shopperId },
      ...this.#terms,
      card: this.#card,
      sequence: this.#sequence,
      owed,
      overdueSince: state.overdueSince,
      writtenOff: this.#writtenOff,
      writtenOffAt: this.#writtenOffAt,
      lateFees: sumOf(this.#lateFees.filter(({ isWaived }) => !isWaived)),
      mostLateFees: mostLateFees(this.#facts()),
      lateFeesWrittenOff: this.#lateFeesWrittenOff,
      ...{ waitingAttempt: this.#wait?.attemptId ?? null, waitsUntil: this.#wait?.until ?? null },
      ...{ waitAskedAt: this.#wait?.askedAt ?? null, checkAt },
    }
    return this
  }

  #facts(): PlanFacts {
    const facts = planFactsOf(this.#row, this.#terms, this.#steps)
    const waitAskedAt = this.#wait?.askedAt ?? null
    return { ...facts, isWrittenOff: this.#writtenOffAt !== null, lateFees: this.#lateFees, waitAskedAt }
  }

  /** Books an answer, once: a step that has one is left as it is. */
  #finish({ id }: PlanStep, outcome: FinalOutcome): void {
    const step = this.#steps.find((each) => each.id === id)
    if (step?.state !== 'pending') return
    const hadShopper = this.#wait?.attemptId === id
    if (hadShopper) this.#wait = null
    const done: PlanStep = {
      ...step,
      state: outcome.kind === 'succeeded' ? 'succeeded' : 'declined',
      failure: outcome.kind === 'declined' ? outcome.reason : null,
      railReference: outcome.kind === 'succeeded' ? outcome.railReference : step.railReference,
    }
    this.#steps = this.#steps.map((each) => (each.id === id ? done : each))
    this.finished.push({
      merchantId: this.#row.merchantId,
      paymentId: this.#row.paymentId,
      attempt: {
        ...{ kind: 'finished', id, state: done.state === 'succeeded' ? 'succeeded' : 'declined' },
        railReference: outcome.kind === 'succeeded' ? outcome.railReference : null,
        failure: done.failure,
        code: outcome.kind === 'declined' ? outcome.code : null,
        payload: outcome.payload,
        at: this.#now,
      },
    })
    const { event, transfers } = bookingOf(done, this.#row)
    this.#note(event, done.amount, done.instalment, transfers, done)
    // Whoever was at their bank knows what became of it.
    if (hadShopper && done.state === 'declined') this.occurrences.pop()
  }

  /** The bank asks for the shopper: nothing is done meanwhile, and nothing at all unless they come back in time. */
  #waitFor({ id }: PlanStep, lifeMs: number): void {
    const isPending = this.#steps.some((step) => step.id === id && step.state === 'pending')
    const until = plus(this.#now, BigInt(lifeMs) * millisecond)
    if (isPending) this.#wait = { attemptId: id, until, askedAt: until }
  }

  /** Goes on with the charge whose shopper is back. One that came too late is asked about like any other. */
  #return(): void {
    const step = this.#steps.find(({ id, state }) => id === this.#wait?.attemptId && state === 'pending')
    if (!step || !this.#isWaiting()) return
    const until = this.#wait?.until ?? this.#now
    const askedAt = plus(this.#now, stepPatience)
    // The two are the same only while the shopper is away.
    this.#wait = { attemptId: step.id, until, askedAt: askedAt === until ? plus(askedAt, 1n) : askedAt }
    this.calls.push({ plan: this.#row, step, card: undefined, isRepeat: false, isShopperPresent: true, isReturn: true })
  }

  /** The shopper is at their bank, or somewhere else by now: the rail was not asked to go on. */
  #isWaiting(): boolean {
    return this.#wait !== null && this.#wait.askedAt === this.#wait.until && this.#wait.until > this.#now
  }

  /** A shopper who begins anew has left the bank's page: its charge gives way, for nothing was done. */
  #giveUpWait(): void {
    const step = this.#steps.find(({ id }) => id === this.#wait?.attemptId)
    if (step && this.#isWaiting()) this.#finish(step, notAttended)
  }

  #grant(wish: PlanWish): void {
    if (wish.kind === 'pay' && wish.isShopperPresent) this.#giveUpWait()
    const isBusy = this.#steps.some(({ state }) => state === 'pending')
    switch (wish.kind) {
      case 'replace_card':
        this.#card = wish.card
        this.#cards = cardsOf({ ...this.#row, card: wish.card })
        this.#note('card_replaced', 0n, 0, [])
        break
      case 'write_off': {
        const { owed, lateFeesOwed } = collectedPlan(this.#facts())
        if (isBusy || owed === 0n || this.#writtenOffAt !== null) return
        this.#writtenOff = owed - lateFeesOwed
        this.#lateFeesWrittenOff = lateFeesOwed
        this.#writtenOffAt = this.#now
        const { currency } = this.#row
        const transfers = [
          planPosting('write_off', currency, this.#writtenOff),
          planPosting('late_fee_write_off', currency, lateFeesOwed),
        ]
        this.#note('written_off', owed, 0, transfers.filter(isSomething))
        break
      }
      case 'return':
        this.#return()
        break
      case 'waive_late_fees':
        if (isBusy || this.#writtenOffAt !== null) return
        this.#waive((fee) => wish.instalment === undefined || wish.instalment === fee.instalment)
        break
      case 'pay': {
        const plan = collectedPlan(this.#facts())
        const card = wish.cardId === undefined ? this.#cards[0] : this.#cards.find(({ id }) => id === wish.cardId)
        if (isBusy || !card || !plan.instalments.some(({ number }) => number === wish.instalment)) return
        const step = paidStepOf(plan, wish.instalment)
        if (step.amount === 0n || step.amount !== (wish.amount ?? step.amount)) return
        this.#start({ kind: 'charge', ...step, cardId: card.id }, wish)
        break
      }
      default:
        unreachable(wish)
    }
  }

  /** What the merchant gives back of a debt that was given up is not a loss any more. */
  #reverseWriteOff(): void {
    if (this.#writtenOffAt === null || this.#writtenOff === 0n) return
    const { owed, lateFeesOwed } = collectedPlan({ ...this.#facts(), isWrittenOff: false })
    const principal = owed - lateFeesOwed
    const less = this.#writtenOff - principal
    if (less <= 0n) return
    this.#writtenOff = principal
    this.#note('write_off_reversed', less, 0, [planPosting('write_off_reversal', this.#row.currency, less)])
  }

  /** An instalment that was given back before anything of it was paid owes no fee for having been late. */
  #waiveOfCancelled(): void {
    if (this.#writtenOffAt !== null) return
    const { instalments } = collectedPlan(this.#facts())
    const isCancelled = (number: number) =>
      instalments.some((each) => each.number === number && each.cancelled === each.planned)
    this.#waive(({ instalment }) => isCancelled(instalment))
  }

  #waive(isMeant: (fee: LateFee) => boolean): void {
    const meant = this.#lateFees.filter((fee) => !fee.isWaived && isMeant(fee))
    if (meant.length === 0) return
    this.#lateFees = this.#lateFees.map((fee) => (meant.includes(fee) ? { ...fee, isWaived: true } : fee))
    this.waivedFees.push(...meant.map((fee) => this.#written(fee, this.#now)))
    for (const number of new Set(meant.map(({ instalment }) => instalment))) {
      const amount = sumOf(meant.filter(({ instalment }) => instalment === number))
      this.#note('late_fee_waived', amount, number, [planPosting('late_fee_waiver', this.#row.currency, amount)])
    }
  }

  /** Adds the fees that are due by now, and answers when the next would come. */
  #accrueFees(): Instant | null {
    const facts = this.#facts()
    const { due, nextAt } = dueLateFees(facts, collectedPlan(facts), this.#now)
    for (const fee of due) {
      this.#lateFees = [...this.#lateFees, fee]
      this.newFees.push(this.#written(fee, null))
      this.#note('late_fee', fee.amount, fee.instalment, [planPosting('late_fee', this.#row.currency, fee.amount)])
    }
    return nextAt
  }

  #written({ instalment, stage, amount }: LateFee, waivedAt: Instant | null): WrittenLateFee {
    const { merchantId, paymentId } = this.#row
    return { merchantId, paymentId, instalment, stage, amount, accruedAt: this.#now, waivedAt }
  }

  /** Nobody is told of a card that failed while another is tried in its place. */
  #keepQuietOf(next: NextStep): void {
    if (next.kind !== 'charge') return
    const isReplaced = ({ kind, instalment }: PlanOccurrence) =>
      kind === 'instalment_declined' && instalment === next.instalment
    this.occurrences.splice(0, this.occurrences.length, ...this.occurrences.filter((each) => !isReplaced(each)))
  }

  /** Records the next step, and answers when the plan is to be looked at again. */
  #begin({ next, upcoming }: PlanState): Instant | null {
    switch (next.kind) {
      case 'wait':
        return next.until !== null && upcoming !== null ? this.#waitWithNotice(next.until, upcoming) : next.until
      case 'ask':
        this.#call(next.step, true, { isShopperPresent: false })
        return this.#soon()
      case 'capture':
      case 'release':
      case 'charge':
      case 'refund':
        this.#start(next, { isShopperPresent: false })
        return this.#soon()
      default:
        return unreachable(next)
    }
  }

  /** Tells of a charge two days before it. The outbox takes the same news once; of a charge sooner than that the order itself has told. */
  #waitWithNotice(until: Instant, { instalment, amount, dueAt, at }: UpcomingCharge): Instant {
    const noticeAt = plus(at, -noticeTime)
    if (noticeAt <= (this.#row.authorizedAt ?? noticeAt)) return until
    if (this.#now < noticeAt) return noticeAt < until ? noticeAt : until
    const [card] = this.#cards
    this.occurrences.push({
      ...{ plan: this.#row, kind: 'charged_soon', amount, instalment, sequence: this.#sequence, at: this.#now },
      ...{ lateFee: null, payable: null, comingLateFee: null },
      ...{ card: card ? { brand: card.brand, last4: card.last4 } : null, nextTryAt: dueAt },
    })
    return until
  }

  #start(next: Exclude<NextStep, { kind: 'wait' | 'ask' }>, how: Presence): void {
    const { merchantId, paymentId } = this.#row
    const step: PlanStep = {
      id: newAttemptId(),
      purpose: next.kind,
      instalment: next.instalment,
      amount: next.amount,
      lateFee: 'lateFee' in next ? next.lateFee : 0n,
      state: 'pending',
      failure: null,
      cardId: next.kind === 'charge' ? next.cardId : null,
      of: next.kind === 'refund' ? next.of : null,
      startedAt: this.#now,
      ...this.#placeOf(next),
    }
    this.started.push({ merchantId, paymentId, ...step })
    this.#steps = [...this.#steps, step]
    this.#call(step, false, how)
  }

  /** Which acquirer is asked, and about what. */
  #placeOf(next: Exclude<NextStep, { kind: 'wait' | 'ask' }>): Pick<PlanStep, 'acquirer' | 'railReference'> {
    if (next.kind === 'charge') {
      const card = this.#cards.find(({ id }) => id === next.cardId)
      assert(card !== undefined, 'a card that is charged is one of the plan')
      return { acquirer: card.acquirer, railReference: null }
    }
    if (next.kind === 'refund') {
      const charge = this.#steps.find(({ id }) => id === next.of)
      assert(charge !== undefined, 'what is given back was charged')
      return { acquirer: charge.acquirer, railReference: charge.railReference }
    }
    const { authorization, railReference } = this.#row
    assert(authorization !== null, 'a hold was authorized')
    return { acquirer: authorization.acquirer, railReference }
  }

  #call(step: PlanStep, isRepeat: boolean, { isShopperPresent, returnUrl }: Presence): void {
    const card = this.#cards.find(({ id }) => id === step.cardId)
    const mayWait = this.#wait?.attemptId === step.id && this.#wait.until > this.#now
    this.calls.push({
      ...{ plan: this.#row, step, card, isRepeat, isShopperPresent, mayWait },
      ...(returnUrl !== undefined && { returnUrl }),
    })
  }

  /** Should this process die meanwhile, somebody looks again after this. */
  #soon(): Instant {
    return plus(this.#now, 30n * second)
  }

  /** At twice its age, at least half a minute and at most an hour later. */
  #askAgain({ startedAt }: PlanStep): Instant {
    const age = this.#now - startedAt
    const wait = age < 30n * second ? 30n * second : age > hour ? hour : age
    return plus(this.#now, wait)
  }

  #note(
    kind: PlanEventKind,
    amount: bigint,
    instalment: number,
    transfers: readonly Transfer[],
    step?: PlanStep,
  ): void {
    const { merchantId, paymentId } = this.#row
    const source = { merchantId, sourceKind: 'plan', sourceId: paymentId } as const
    this.#sequence += 1
    const facts = this.#facts()
    const plan = collectedPlan(facts)
    this.events.push({
      ...source,
      commandId: (step?.id as string | undefined as CommandId | undefined) ?? newCommandId(),
      announcedAs: null,
      details: null,
      event: {
        ...{ sequence: this.#sequence, kind, amount, total: plan.owed, merchantReference: null, at: this.#now },
        state: this.#writtenOffAt !== null ? 'written_off' : plan.owed === 0n ? 'settled' : 'open',
        note: instalment === 0 ? null : `instalment ${instalment}`,
      },
    })
    for (const [line, transfer] of transfers.entries())
      this.transfers.push({ ...source, sequence: this.#sequence, line, transfer, at: this.#now })
    const card = this.#cards.find(({ id }) => id === step?.cardId)
    const due = facts.schedule.find(({ number }) => number === instalment)
    this.occurrences.push({
      ...{ plan: this.#row, kind, amount, instalment, sequence: this.#sequence, at: this.#now },
      lateFee: step ? step.lateFee : null,
      payable: kind === 'late_fee' ? payableOf(plan, instalment) : null,
      comingLateFee: kind === 'instalment_declined' ? comingLateFee(facts, instalment, this.#now) : null,
      card: card ? { brand: card.brand, last4: card.last4 } : null,
      nextTryAt: due && kind === 'instalment_declined' ? nextTryAfter(due.dueAt, this.#terms.zone, this.#now) : null,
    })
  }
}

function sumOf(fees: readonly LateFee[]): bigint {
  return fees.reduce((sum, { amount }) => sum + amount, 0n)
}

function sooner(one: Instant | null, other: Instant | null): Instant | null {
  if (one === null || other === null) return one ?? other
  return one < other ? one : other
}

/** Whether the shopper is there, and where they come back to. */
type Presence = { readonly isShopperPresent: boolean; readonly returnUrl?: string }

/** A charge whose shopper is at their bank: until when, and when the rail is asked about it, which is sooner once they are back. */
type Wait = { readonly attemptId: AttemptId; readonly until: Instant; readonly askedAt: Instant }

function waitOf({ waitingAttempt, waitsUntil, waitAskedAt }: PlanRow): Wait | null {
  if (waitingAttempt === null || waitsUntil === null || waitAskedAt === null) return null
  return { attemptId: waitingAttempt, until: waitsUntil, askedAt: waitAskedAt }
}

const notAttended: FinalOutcome = {
  ...{ kind: 'declined', reason: 'authentication_required', code: 'not_attended', payload: {} },
}
