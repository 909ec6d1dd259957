import type pg from 'pg'
import { insertEvents, type NewEvent } from '../../db/event/events.ts'
import { type PlanCard, type PlanKey, type PlanRow, readPlans, readSteps } from '../../db/instalments/plan-rows.ts'
import { insertSteps, type NewStep, type PlanChange, updatePlans } from '../../db/instalments/plan-writes.ts'
import { insertTransfers, type NewTransfer } from '../../db/ledger/transfers.ts'
import { type FinishedAttempt, finishAttempts } from '../../db/payment/payment-batch.ts'
import type { Statement } from '../../db/wire/statement.ts'
import { collectedPlan } from '../../domain/instalments/collected.ts'
import { type NextStep, noticeTime, type PlanState, type UpcomingCharge } from '../../domain/instalments/next-step.ts'
import { nextTryAfter } from '../../domain/instalments/next-try.ts'
import type { PlanFacts, PlanStep } from '../../domain/instalments/plan-facts.ts'
import {
  instalmentPosting,
  instalmentRefundPosting,
  writeOffPosting,
  writeOffReversalPosting,
} from '../../domain/instalments/plan-postings.ts'
import type { Transfer } from '../../domain/ledger/transfer.ts'
import { assert, unreachable } from '../../kernel/assert.ts'
import type { CalendarDate } from '../../kernel/calendar-date.ts'
import { type CommandId, newAttemptId, newCommandId, type PaymentId } from '../../kernel/ids.ts'
import { hour, type Instant, plus, second } from '../../kernel/instant.ts'
import type { FinalOutcome } from '../attempt/run-attempt.ts'
import type { CallResult, PlanCall } from './plan-calls.ts'
import { cardsOf, type FrequencyOf, type PlanTerms, planFactsOf, stateOf, termsOfPlan } from './plan-state.ts'

/** What somebody wants of a plan beside what is due of it. */
export type PlanWish =
  /** this instalment is charged now */
  | {
      readonly kind: 'pay'
      readonly instalment: number
      readonly isShopperPresent: boolean
      readonly cardId?: string
    }
  | { readonly kind: 'replace_card'; readonly card: PlanCard }
  | { readonly kind: 'write_off' }

/** Things that happened to plans, for whoever tells people of them in the same transaction. */
export type PlanHappening = {
  readonly plan: PlanRow
  /** `charged_soon` is no event: nothing has changed */
  readonly kind: PlanEventKind | 'charged_soon'
  readonly amount: bigint
  readonly instalment: number
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

export type LookParts = {
  readonly frequencyOf: FrequencyOf
  /** statements that tell people what happened, written with it */
  readonly tell: (happenings: readonly PlanHappening[]) => readonly Statement[]
}

export type Look = {
  readonly now: Instant
  /** answers of acquirers, by payment */
  readonly results?: readonly CallResult[]
  readonly wish?: PlanWish
}

/**
 * Looks at plans whose rows are locked by this transaction: books what acquirers have answered, decides the next step of each and
 * records it before it is made. Answers the calls to be made once the transaction is committed.
 */
export async function lookAtPlans(
  client: pg.ClientBase,
  parts: LookParts,
  keys: readonly PlanKey[],
  look: Look,
): Promise<readonly PlanCall[]> {
  if (keys.length === 0) return []
  const rows = await readPlans(client, keys)
  const steps = await readSteps(client, keys)
  const results = new Map<PaymentId, CallResult>(look.results?.map((result) => [result.key.paymentId, result]))
  const looked = rows.map((row) =>
    new PlanLook(row, steps.get(row.paymentId) ?? [], parts.frequencyOf, look.now).run(
      results.get(row.paymentId),
      look.wish,
    ),
  )
  for (const statement of statementsOf(looked, parts)) await client.query(statement)
  return looked.flatMap(({ calls }) => calls)
}

function statementsOf(looked: readonly PlanLook[], { tell }: LookParts): readonly Statement[] {
  const all = <Row>(rowsOf: (look: PlanLook) => readonly Row[], write: (rows: readonly Row[]) => Statement) => {
    const rows = looked.flatMap(rowsOf)
    return rows.length > 0 ? [write(rows)] : []
  }
  return [
    ...all((look) => look.finished, finishAttempts),
    ...all((look) => look.started, insertSteps),
    ...all((look) => look.events, insertEvents),
    ...all((look) => look.transfers, insertTransfers),
    ...all((look) => [look.change], updatePlans),
    ...tell(looked.flatMap((look) => look.happenings)),
  ]
}

/** One plan, as it evolves while it is looked at. */
class PlanLook {
  readonly #row: PlanRow
  readonly #terms: PlanTerms
  readonly #now: Instant
  #steps: readonly PlanStep[]
  #cards: readonly PlanCard[]
  #card: PlanCard | null
  #sequence: number
  #writtenOff: bigint
  #writtenOffAt: Instant | null
  #change: PlanChange | undefined
  readonly calls: PlanCall[] = []
  readonly finished: FinishedAttempt[] = []
  readonly started: NewStep[] = []
  readonly events: NewEvent[] = []
  readonly transfers: NewTransfer[] = []
  readonly happenings: PlanHappening[] = []

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
  }

  get change(): PlanChange {
    assert(this.#change !== undefined, 'a plan that was looked at has its next state')
    return this.#change
  }

  run(result: CallResult | undefined, wish: PlanWish | undefined): this {
    if (result?.outcome) this.#finish(result.step, result.outcome)
    if (wish) this.#grant(wish)
    this.#reverseWriteOff()
    const isUnknown = result !== undefined && result.outcome === undefined
    const state = stateOf(this.#facts(), this.#cards, this.#now)
    const isNewlyOverdue = state.overdueSince !== null && this.#row.overdueSince === null
    if (isNewlyOverdue) this.#note('overdue', state.plan.owed, 0, [])
    this.#keepQuietOf(state.next)
    const isStarted = this.started.length > 0
    const checkAt = isStarted ? this.#soon() : isUnknown ? this.#askAgain(result.step) : this.#begin(state)
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
      checkAt,
    }
    return this
  }

  #facts(): PlanFacts {
    const facts = planFactsOf(this.#row, this.#terms, this.#steps)
    return { ...facts, isWrittenOff: this.#writtenOffAt !== null }
  }

  /** Books an answer, once: a step that has one is left as it is. */
  #finish({ id }: PlanStep, outcome: FinalOutcome): void {
    const step = this.#steps.find((each) => each.id === id)
    if (step?.state !== 'pending') return
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
  }

  #grant(wish: PlanWish): void {
    const isBusy = this.#steps.some(({ state }) => state === 'pending')
    switch (wish.kind) {
      case 'replace_card':
        this.#card = wish.card
        this.#cards = cardsOf({ ...this.#row, card: wish.card })
        this.#note('card_replaced', 0n, 0, [])
        break
      case 'write_off': {
        const { owed } = collectedPlan(this.#facts())
        if (isBusy || owed === 0n || this.#writtenOffAt !== null) return
        this.#writtenOff = owed
        this.#writtenOffAt = this.#now
        this.#note('written_off', owed, 0, [writeOffPosting(this.#row.currency, owed)])
        break
      }
      case 'pay': {
        const unpaid =
          collectedPlan(this.#facts()).instalments.find(({ number }) => number === wish.instalment)?.unpaid ?? 0n
        const card = wish.cardId === undefined ? this.#cards[0] : this.#cards.find(({ id }) => id === wish.cardId)
        if (isBusy || unpaid === 0n || !card) return
        this.#start(
          { kind: 'charge', instalment: wish.instalment, amount: unpaid, cardId: card.id },
          wish.isShopperPresent,
        )
        break
      }
      default:
        unreachable(wish)
    }
  }

  /** What the merchant gives back of a debt that was given up is no loss any more. */
  #reverseWriteOff(): void {
    if (this.#writtenOffAt === null || this.#writtenOff === 0n) return
    const { owed } = collectedPlan({ ...this.#facts(), isWrittenOff: false })
    const less = this.#writtenOff - owed
    if (less <= 0n) return
    this.#writtenOff = owed
    this.#note('write_off_reversed', less, 0, [writeOffReversalPosting(this.#row.currency, less)])
  }

  /** Nobody is told of a card that failed while another is tried in its place. */
  #keepQuietOf(next: NextStep): void {
    if (next.kind !== 'charge') return
    const isReplaced = ({ kind, instalment }: PlanHappening) =>
      kind === 'instalment_declined' && instalment === next.instalment
    this.happenings.splice(0, this.happenings.length, ...this.happenings.filter((each) => !isReplaced(each)))
  }

  /** Records the next step, and answers when the plan is to be looked at again. */
  #begin({ next, upcoming }: PlanState): Instant | null {
    switch (next.kind) {
      case 'wait':
        return next.until !== null && upcoming !== null ? this.#waitWithNotice(next.until, upcoming) : next.until
      case 'ask':
        this.#call(next.step, true, false)
        return this.#soon()
      case 'capture':
      case 'release':
      case 'charge':
      case 'refund':
        this.#start(next, false)
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
    this.happenings.push({
      ...{ plan: this.#row, kind: 'charged_soon', amount, instalment, sequence: this.#sequence, at: this.#now },
      ...{ card: card ? { brand: card.brand, last4: card.last4 } : null, nextTryAt: dueAt },
    })
    return until
  }

  #start(next: Exclude<NextStep, { kind: 'wait' | 'ask' }>, isShopperPresent: boolean): void {
    const { merchantId, paymentId } = this.#row
    const step: PlanStep = {
      id: newAttemptId(),
      purpose: next.kind,
      instalment: next.instalment,
      amount: next.amount,
      state: 'pending',
      failure: null,
      cardId: next.kind === 'charge' ? next.cardId : null,
      of: next.kind === 'refund' ? next.of : null,
      startedAt: this.#now,
      ...this.#placeOf(next),
    }
    this.started.push({ merchantId, paymentId, ...step })
    this.#steps = [...this.#steps, step]
    this.#call(step, false, isShopperPresent)
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

  #call(step: PlanStep, isRepeat: boolean, isShopperPresent: boolean): void {
    const card = this.#cards.find(({ id }) => id === step.cardId)
    this.calls.push({ plan: this.#row, step, card, isRepeat, isShopperPresent })
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
    const { owed } = collectedPlan(this.#facts())
    this.events.push({
      ...source,
      commandId: (step?.id as string | undefined as CommandId | undefined) ?? newCommandId(),
      announcedAs: null,
      details: null,
      event: {
        ...{ sequence: this.#sequence, kind, amount, total: owed, merchantReference: null, at: this.#now },
        state: this.#writtenOffAt !== null ? 'written_off' : owed === 0n ? 'settled' : 'open',
        note: instalment === 0 ? null : `instalment ${instalment}`,
      },
    })
    for (const [line, transfer] of transfers.entries())
      this.transfers.push({ ...source, sequence: this.#sequence, line, transfer, at: this.#now })
    const card = this.#cards.find(({ id }) => id === step?.cardId)
    const due = this.#facts().schedule.find(({ number }) => number === instalment)
    this.happenings.push({
      ...{ plan: this.#row, kind, amount, instalment, sequence: this.#sequence, at: this.#now },
      card: card ? { brand: card.brand, last4: card.last4 } : null,
      nextTryAt: due && kind === 'instalment_declined' ? nextTryAfter(due.dueAt, this.#terms.zone, this.#now) : null,
    })
  }
}

/** What an answered step is called, and which money it moved. */
function bookingOf(step: PlanStep, { currency }: PlanRow): { event: PlanEventKind; transfers: readonly Transfer[] } {
  const isDone = step.state === 'succeeded'
  switch (step.purpose) {
    case 'capture':
    case 'charge':
      return isDone
        ? { event: 'instalment_charged', transfers: [instalmentPosting(currency, step.amount)] }
        : { event: 'instalment_declined', transfers: [] }
    case 'refund':
      return isDone
        ? { event: 'instalment_refunded', transfers: [instalmentRefundPosting(currency, step.amount)] }
        : { event: 'refund_declined', transfers: [] }
    case 'release':
      return { event: isDone ? 'hold_released' : 'release_declined', transfers: [] }
    default:
      return unreachable(step.purpose)
  }
}
