import type { NewEvent } from '../../../db/event/events.ts'
import type { WrittenLateFee } from '../../../db/instalments/late-fees.ts'
import type { PlanCard, PlanRow } from '../../../db/instalments/plan-rows.ts'
import type { NewStep } from '../../../db/instalments/plan-writes.ts'
import type { NewTransfer } from '../../../db/ledger/transfers.ts'
import type { FinishedAttempt } from '../../../db/payment/payment-batch.ts'
import { collectedPlan } from '../../../domain/instalments/collected.ts'
import { comingLateFee } from '../../../domain/instalments/late-fees.ts'
import { type NextStep, payableOf } from '../../../domain/instalments/next-step.ts'
import { nextTryAfter } from '../../../domain/instalments/next-try.ts'
import type { LateFee, PlanFacts, PlanStep } from '../../../domain/instalments/plan-facts.ts'
import type { Transfer } from '../../../domain/ledger/transfer.ts'
import { assert } from '../../../kernel/assert.ts'
import { type AttemptId, type CommandId, newAttemptId, newCommandId } from '../../../kernel/ids.ts'
import type { Instant } from '../../../kernel/instant.ts'
import type { PlanCall } from '../plan-calls.ts'
import type { PlanEventKind, PlanOccurrence } from '../plan-occurrence.ts'
import { cardsOf, type FrequencyOf, type PlanTerms, planFactsOf, termsOfPlan } from '../plan-state.ts'

/** A charge whose shopper is at their bank: until when, and when the rail is asked about it, which is sooner once they are back. */
export type Wait = { readonly attemptId: AttemptId; readonly until: Instant; readonly askedAt: Instant }

/** Whether the shopper is there, and where they come back to. */
export type Presence = { readonly isShopperPresent: boolean; readonly returnUrl?: string }

/** A step that is begun. */
export type Begun = Exclude<NextStep, { kind: 'wait' | 'ask' }>

/** One plan as it changes while it is looked at, and all that is written of it afterwards. */
export class PlanDraft {
  readonly row: PlanRow
  readonly terms: PlanTerms
  readonly now: Instant
  steps: readonly PlanStep[]
  cards: readonly PlanCard[]
  card: PlanCard | null
  sequence: number
  /** in minor units, without the fees */
  writtenOff: bigint
  writtenOffAt: Instant | null
  lateFees: readonly LateFee[]
  lateFeesWrittenOff: bigint
  wait: Wait | null
  /** to be made once all else is committed */
  readonly calls: PlanCall[] = []
  readonly finished: FinishedAttempt[] = []
  readonly started: NewStep[] = []
  readonly events: NewEvent[] = []
  readonly transfers: NewTransfer[] = []
  readonly occurrences: PlanOccurrence[] = []
  readonly newFees: WrittenLateFee[] = []
  readonly waivedFees: WrittenLateFee[] = []

  constructor(row: PlanRow, steps: readonly PlanStep[], frequencyOf: FrequencyOf, now: Instant) {
    this.row = row
    this.steps = steps
    // No event before its predecessor: another server's clock may be ahead of this one's.
    this.now = row.changedAt !== null && row.changedAt > now ? row.changedAt : now
    this.terms = termsOfPlan(row, frequencyOf)
    this.cards = cardsOf(row)
    this.card = row.card
    this.sequence = row.sequence
    this.writtenOff = row.writtenOff
    this.writtenOffAt = row.writtenOffAt
    this.lateFees = planFactsOf(row, this.terms, steps).lateFees
    this.lateFeesWrittenOff = row.lateFeesWrittenOff
    this.wait = waitOf(row)
  }

  get facts(): PlanFacts {
    const facts = planFactsOf(this.row, this.terms, this.steps)
    const waitAskedAt = this.wait?.askedAt ?? null
    return { ...facts, isWrittenOff: this.writtenOffAt !== null, lateFees: this.lateFees, waitAskedAt }
  }

  /** Whether an acquirer was asked and has not answered. */
  get isBusy(): boolean {
    return this.steps.some(({ state }) => state === 'pending')
  }

  /** Records a step before it is made, and asks for it. */
  start(next: Begun, how: Presence): void {
    const { merchantId, paymentId } = this.row
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
      startedAt: this.now,
      ...this.#placeOf(next),
    }
    this.started.push({ merchantId, paymentId, ...step })
    this.steps = [...this.steps, step]
    this.call(step, false, how)
  }

  /** Asks the acquirer for a step, or, as a repeat, what became of it. */
  call(step: PlanStep, isRepeat: boolean, { isShopperPresent, returnUrl }: Presence): void {
    const card = this.cards.find(({ id }) => id === step.cardId)
    const mayWait = this.wait?.attemptId === step.id && this.wait.until > this.now
    this.calls.push({
      ...{ plan: this.row, step, card, isRepeat, isShopperPresent, mayWait },
      ...(returnUrl !== undefined && { returnUrl }),
    })
  }

  /** Writes what happened as the plan's next event, with its transfers, and tells of it. `instalment` 0: none in particular. */
  note(kind: PlanEventKind, amount: bigint, instalment: number, transfers: readonly Transfer[], step?: PlanStep): void {
    const { merchantId, paymentId } = this.row
    const source = { merchantId, sourceKind: 'plan', sourceId: paymentId } as const
    this.sequence += 1
    const facts = this.facts
    const plan = collectedPlan(facts)
    this.events.push({
      ...source,
      commandId: (step?.id as string | undefined as CommandId | undefined) ?? newCommandId(),
      announcedAs: null,
      details: null,
      event: {
        ...{ sequence: this.sequence, kind, amount, total: plan.owed, merchantReference: null, at: this.now },
        state: this.writtenOffAt !== null ? 'written_off' : plan.owed === 0n ? 'settled' : 'open',
        note: instalment === 0 ? null : `instalment ${instalment}`,
      },
    })
    for (const [line, transfer] of transfers.entries())
      this.transfers.push({ ...source, sequence: this.sequence, line, transfer, at: this.now })
    const card = this.cards.find(({ id }) => id === step?.cardId)
    const due = facts.schedule.find(({ number }) => number === instalment)
    this.occurrences.push({
      ...{ plan: this.row, kind, amount, instalment, sequence: this.sequence, at: this.now },
      lateFee: step ? step.lateFee : null,
      payable: kind === 'late_fee' ? payableOf(plan, instalment) : null,
      comingLateFee: kind === 'instalment_declined' ? comingLateFee(facts, instalment, this.now) : null,
      card: card ? { brand: card.brand, last4: card.last4 } : null,
      nextTryAt: due && kind === 'instalment_declined' ? nextTryAfter(due.dueAt, this.terms.zone, this.now) : null,
    })
  }

  /** Which acquirer is asked, and about what. */
  #placeOf(next: Begun): Pick<PlanStep, 'acquirer' | 'railReference'> {
    if (next.kind === 'charge') {
      const card = this.cards.find(({ id }) => id === next.cardId)
      assert(card !== undefined, 'a card that is charged is one of the plan')
      return { acquirer: card.acquirer, railReference: null }
    }
    if (next.kind === 'refund') {
      const charge = this.steps.find(({ id }) => id === next.of)
      assert(charge !== undefined, 'what is given back was charged')
      return { acquirer: charge.acquirer, railReference: charge.railReference }
    }
    const { authorization, railReference } = this.row
    assert(authorization !== null, 'a hold was authorized')
    return { acquirer: authorization.acquirer, railReference }
  }
}

function waitOf({ waitingAttempt, waitsUntil, waitAskedAt }: PlanRow): Wait | null {
  if (waitingAttempt === null || waitsUntil === null || waitAskedAt === null) return null
  return { attemptId: waitingAttempt, until: waitsUntil, askedAt: waitAskedAt }
}
