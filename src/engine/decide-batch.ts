import type { NewEvent } from '../db/event/events.ts'
import type { NewTransfer } from '../db/ledger/transfers.ts'
import type {
  AppliedEvent,
  AttemptCheck,
  FinishedAttempt,
  NewAttempt,
  PaymentChange,
  StoredResponse,
} from '../db/payment/payment-batch.ts'
import type { Statement } from '../db/wire/statement.ts'
import { decide, mayRefuse } from '../domain/payment/decide/decide.ts'
import type { Accepted } from '../domain/payment/decide/decision.ts'
import type { PaymentEvent } from '../domain/payment/event.ts'
import { notBeforeLastChange } from '../domain/payment/last-change.ts'
import type { Payment } from '../domain/payment/payment.ts'
import type { Rejection } from '../domain/payment/rejection.ts'
import { webhookEventOf } from '../domain/webhook/event-name.ts'
import { assert, unreachable } from '../kernel/assert.ts'
import { type CommandId, newPaymentId } from '../kernel/ids.ts'
import { type Instant, plus, second } from '../kernel/instant.ts'
import type { AcceptedReply, Reply } from './command.ts'
import type { Change, OpenCompanion } from './companion.ts'
import { type Activity, claimKeyOf, type Entry, paymentKeyOf } from './entry.ts'

/** What was loaded for a batch, under lock, and what was not. */
export type Facts = {
  readonly payments: readonly { readonly payment: Payment; readonly details: string | null }[]
  /** payments that were not looked at, as their commands know them */
  readonly lastSeen: readonly Payment[]
  readonly responses: readonly StoredResponse[]
  /** effects of commands of this batch that an earlier, unanswered commit already brought */
  readonly applied: readonly AppliedEvent[]
  /** those that commands of the batch concern, with what they loaded */
  readonly companions: readonly OpenCompanion[]
}

export type Writes = {
  readonly inserted: Payment[]
  readonly updated: PaymentChange[]
  readonly events: readonly NewEvent[]
  readonly transfers: readonly NewTransfer[]
  readonly attempts: NewAttempt[]
  readonly finished: FinishedAttempt[]
  readonly rechecked: AttemptCheck[]
  readonly responses: (StoredResponse & { readonly at: Instant })[]
  /** of companions */
  readonly statements: readonly Statement[]
}

export type Verdict =
  | { readonly entry: Entry; readonly reply: Reply }
  | { readonly entry: Entry; readonly error: Error }

/** A rail that has not answered by then is asked what became of the attempt. Longer than any rail's own deadline. */
const attemptPatience = 30n * second

/**
 * Decides a batch in order of arrival over the facts as they evolve. Nothing here waits, and nothing is told to anyone:
 * the verdicts hold only once the writes are committed. A command that meets a bug fails alone.
 *
 * A payment that was not loaded is decided on what its caller last saw of it. The database verifies that when it writes a change, and
 * refuses the batch if another change came first. Any other result for such a payment is unverified: with `isUnsure` the batch
 * must be decided again on what is loaded under lock.
 */
export function decideBatch(
  entries: readonly Entry[],
  facts: Facts,
  now: Instant,
): { writes: Writes; verdicts: Verdict[]; isUnsure: boolean } {
  const batch = new Batch(facts, now)
  const verdicts = entries.map((entry): Verdict => {
    try {
      return { entry, reply: batch.run(entry) }
    } catch (error) {
      return { entry, error: error instanceof Error ? error : new Error(String(error)) }
    }
  })
  return { writes: batch.writes(), verdicts, isUnsure: batch.isUnsure }
}

class Batch {
  readonly #now: Instant
  readonly #payments = new Map<string, Payment>()
  readonly #details = new Map<string, string | null>()
  /** payments that were not loaded and not yet verified: a change of them is verified when it is written */
  readonly #unseen = new Set<string>()
  readonly #responses = new Map<string, StoredResponse>()
  readonly #applied = new Map<CommandId, PaymentEvent[]>()
  readonly #inserted = new Set<string>()
  /** with the number of the last event that each had before */
  readonly #updated = new Map<string, number>()
  /** changes by commands of this batch, for those that come after them in it */
  readonly #changes = new Map<Activity, number>()
  readonly #events: NewEvent[] = []
  readonly #transfers: NewTransfer[] = []
  readonly #attempts: NewAttempt[] = []
  readonly #finished: FinishedAttempt[] = []
  readonly #rechecked: AttemptCheck[] = []
  readonly #newResponses: (StoredResponse & { at: Instant })[] = []
  readonly #companions: readonly OpenCompanion[]
  isUnsure = false

  constructor(facts: Facts, now: Instant) {
    this.#now = now
    this.#companions = facts.companions
    for (const { payment, details } of facts.payments) {
      const key = paymentKeyOf(payment.merchantId, payment.id)
      this.#payments.set(key, payment)
      this.#details.set(key, details)
    }
    // Those that were looked at come before what was last seen of them, and of two that were not, the newer one.
    for (const payment of facts.lastSeen.toSorted((a, b) => b.sequence - a.sequence)) {
      const key = paymentKeyOf(payment.merchantId, payment.id)
      if (this.#payments.has(key)) continue
      this.#payments.set(key, payment)
      this.#unseen.add(key)
    }
    for (const response of facts.responses) {
      this.#responses.set(claimKeyOf(response.merchantId, response.operation, response.key), response)
    }
    for (const { commandId, event } of facts.applied) {
      this.#applied.set(commandId, [...(this.#applied.get(commandId) ?? []), event])
    }
  }

  run(entry: Entry): Reply {
    // First: the key of a command that was committed, its answer lost, is taken by that very command.
    const applied = this.#applied.get(entry.command.id)
    if (applied) return this.#reply(entry, applied)
    // It is another payment's, or this command would have been applied: random ids do meet.
    while (entry.makesPayment && this.#payments.has(entry.paymentKey)) {
      entry.paymentId = newPaymentId(entry.command.merchant.prefix)
    }
    const stored = entry.claimKey === undefined ? undefined : this.#responses.get(entry.claimKey)
    if (stored) return replay(stored, entry)
    return this.#decide(entry)
  }

  #decide(entry: Entry): Reply {
    const { command } = entry
    const before = this.#visibleTo(entry)
    const now = notBeforeLastChange(before, command.at ?? this.#now)
    const decision = decide(before, command.action, { merchant: command.merchant, paymentId: entry.paymentId, now })
    if (this.#unseen.has(entry.paymentKey)) this.isUnsure ||= !decision.ok || decision.value.events.length === 0
    if (!decision.ok) return { kind: 'rejected', rejection: this.#asSeenByRival(decision.reason, entry) }
    const change = { ...decision.value, before, now }
    const refusal = this.#refusalOf(entry, change)
    if (refusal) return { kind: 'rejected', rejection: refusal }
    const reply = this.#replyTo(entry, decision.value)
    const response = entry.claimKey === undefined ? undefined : this.#responseTo(entry, reply, now)
    this.#keep(entry, change)
    if (response) this.#claim(entry, response)
    return reply
  }

  #visibleTo(entry: Entry): Payment | undefined {
    const payment = this.#payments.get(entry.paymentKey)
    const { protocol } = entry.command
    return protocol === undefined || payment?.protocol === protocol ? payment : undefined
  }

  #replyTo(entry: Entry, accepted: Accepted): AcceptedReply {
    return {
      kind: 'accepted',
      payment: accepted.payment,
      events: accepted.events,
      details: entry.command.wantsDetails ? (this.#details.get(entry.paymentKey) ?? null) : null,
    }
  }

  #reply(entry: Entry, events: PaymentEvent[]): Reply {
    const payment = this.#payments.get(entry.paymentKey)
    if (!payment) throw new Error('a payment with an event exists')
    return { kind: 'accepted', payment, events, details: this.#details.get(entry.paymentKey) ?? null }
  }

  /** Rendered before anything of the command is kept: an answer that cannot be rendered must not be committed. */
  #responseTo(entry: Entry, reply: AcceptedReply, at: Instant): (StoredResponse & { at: Instant }) | undefined {
    const claim = entry.command.idempotency
    return (
      claim && {
        merchantId: entry.command.merchant.id,
        operation: claim.operation,
        key: claim.key,
        bodyHash: claim.bodyHash,
        response: claim.render(reply),
        at,
      }
    )
  }

  #claim(entry: Entry, response: StoredResponse & { at: Instant }): void {
    this.#responses.set(entry.claimKey as string, response)
    this.#newResponses.push(response)
  }

  #refusalOf(entry: Entry, change: Change): Rejection | undefined {
    for (const { companion, part } of this.#companions) {
      if (!part.refuse || !companion.concerns(entry.command)) continue
      const refusal = part.refuse(entry, change)
      if (!refusal) continue
      assert(mayRefuse(entry.command.action, refusal), `${companion.name} refuses for a reason of the action's own`)
      return refusal
    }
    return undefined
  }

  #keep(entry: Entry, change: Change): void {
    if (change.events.length === 0) return
    const { before, payment } = change
    const key = entry.paymentKey
    this.#payments.set(key, payment)
    this.#unseen.delete(key)
    if (before === undefined) this.#inserted.add(key)
    else if (!this.#inserted.has(key) && !this.#updated.has(key)) this.#updated.set(key, before.sequence)
    this.#changes.set(entry.activity, (this.#changes.get(entry.activity) ?? 0) + 1)
    this.#keepEvents(entry, change)
    this.#keepAttempts(entry, change)
    for (const { companion, part } of this.#companions) if (companion.concerns(entry.command)) part.keep(entry, change)
  }

  /** Whoever starts an attempt calls the rail next; one that follows from another's end is left to the job, at once. */
  #keepAttempts({ command }: Entry, { payment, attempts, now }: Change): void {
    const { merchantId, id: paymentId } = payment
    const isFollowUp = command.action.kind === 'finish_attempt'
    const checkAt = isFollowUp ? now : plus(now, attemptPatience)
    for (const attempt of attempts) {
      const { kind, id: attemptId } = attempt
      switch (kind) {
        case 'started':
          this.#attempts.push({ merchantId, paymentId, attempt, checkAt })
          break
        case 'finished':
          this.#finished.push({ merchantId, paymentId, attempt })
          break
        case 'resumed':
          this.#rechecked.push({ merchantId, paymentId, attemptId, checkAt })
          break
        case 'waits_for_shopper':
          this.#rechecked.push({ merchantId, paymentId, attemptId, checkAt: null })
          break
        default:
          unreachable(kind)
      }
    }
  }

  #keepEvents(entry: Entry, { payment, events, transfers }: Accepted): void {
    const source = { merchantId: payment.merchantId, sourceKind: 'payment', sourceId: payment.id } as const
    const { id: commandId, action, actor } = entry.command
    const by = actor === undefined ? {} : { actor }
    for (const event of events) {
      const details = event.sequence === 1 && 'details' in action ? action.details : null
      this.#events.push({ ...source, commandId, event, announcedAs: webhookEventOf(event), details, ...by })
    }
    const newest = events.at(-1) as PaymentEvent
    for (const [line, transfer] of transfers.entries()) {
      this.#transfers.push({ ...source, sequence: newest.sequence, line, transfer, at: newest.at })
    }
  }

  /**
   * A command refused because of what a rival did while it waited is told that the two clashed: its caller could not have
   * known, and finds the new state when it looks (docs/decisions/0003).
   */
  #asSeenByRival(rejection: Rejection, { activity, changesBefore }: Entry): Rejection {
    const lostRace = activity.changes + (this.#changes.get(activity) ?? 0) > changesBefore
    const becauseOfState = rejection.reason === 'wrong_state' || rejection.reason === 'amount_exceeds_open'
    return lostRace && becauseOfState ? { reason: 'operation_in_progress' } : rejection
  }

  writes(): Writes {
    const entries = this.#companions.flatMap(({ part }) => part.entries?.() ?? [])
    const of = (key: string): Payment => this.#payments.get(key) as Payment
    return {
      inserted: [...this.#inserted].map(of),
      // In an order that every process has: rows that were not locked before are locked by their update.
      updated: [...this.#updated].toSorted(byFirst).map(([key, seenSequence]) => ({ payment: of(key), seenSequence })),
      events: [...this.#events, ...entries.flatMap(({ events }) => events)],
      transfers: [...this.#transfers, ...entries.flatMap(({ transfers }) => transfers)],
      attempts: this.#attempts,
      finished: this.#finished,
      rechecked: this.#rechecked,
      responses: this.#newResponses.toSorted(byKey),
      statements: this.#companions.flatMap(({ part }) => part.statements()),
    }
  }
}

/** Any order will do that every process has: two that claim the same keys must not wait for each other in a circle. */
function byKey(left: StoredResponse, right: StoredResponse): number {
  const [first, second] = [left, right].map((each) => claimKeyOf(each.merchantId, each.operation, each.key))
  return (first as string) < (second as string) ? -1 : 1
}

function byFirst([first]: readonly [string, unknown], [second]: readonly [string, unknown]): number {
  return first < second ? -1 : 1
}

function replay(stored: StoredResponse, entry: Entry): Reply {
  const same = entry.command.idempotency?.bodyHash.equals(stored.bodyHash) ?? false
  if (same) return { kind: 'replayed', response: stored.response }
  return { kind: 'rejected', rejection: { reason: 'key_reused' } }
}
