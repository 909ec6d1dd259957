import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { type Refusal, refusalOf } from '../db/wire/refusal.ts'
import type { Clock } from '../kernel/clock.ts'
import type { MerchantId } from '../kernel/ids.ts'
import { type Reply, Unavailable } from './command.ts'
import type { Companion } from './companion.ts'
import { decideBatch } from './decide-batch.ts'
import type { Entry } from './entry.ts'
import { loadBatch } from './load-batch.ts'
import { writeBatch } from './write-batch.ts'

export type Connect = () => Promise<pg.Client>

export type LaneOptions = {
  readonly connect: Connect
  readonly clock: Clock
  /** what travels in its transactions, in the order in which they lock rows; default none */
  readonly companions?: readonly Companion[]
  /** told after a commit whose webhooks can leave now; must not throw */
  readonly onWebhooks?: ((merchants: ReadonlySet<MerchantId>) => void) | undefined
  /** told after a commit of each command in it, whatever became of that; must not throw */
  readonly onCommitted?: ((merchantId: MerchantId) => void) | undefined
}

function nobodyToTell(): void {}

/** How often one command is tried again after a clash of keys or with a rival, before it is told that it cannot be done. */
const mostTries = 5

/** Milliseconds between two attempts to reach a database that is away: quick at first, then easy on both sides. */
const reconnectAfterMs = [10, 50, 100, 200, 300] as const

/** One connection to the database with at most one batch in flight. */
export class Lane {
  readonly #connect: Connect
  readonly #clock: Clock
  readonly #companions: readonly Companion[]
  readonly #onWebhooks: (merchants: ReadonlySet<MerchantId>) => void
  readonly #onCommitted: ((merchantId: MerchantId) => void) | undefined
  #client: pg.Client | undefined

  constructor({ connect, clock, companions = [], onWebhooks = nobodyToTell, onCommitted }: LaneOptions) {
    this.#connect = connect
    this.#clock = clock
    this.#companions = companions
    this.#onWebhooks = onWebhooks
    this.#onCommitted = onCommitted
  }

  /** Runs a batch until each of its commands is settled. Never throws: whatever happens is told to the callers. */
  async run(entries: readonly Entry[], recovering = false): Promise<void> {
    for (let tries = 1; ; tries++) {
      const open = entries.filter((entry) => !entry.settled)
      const client = await this.#connected(open)
      if (!client) return
      try {
        return await this.#attempt(client, open, recovering)
      } catch (error) {
        if (await this.#afterFailure(open, error as Error, { tries, recovering })) return
        // From here on a commit whose answer was lost is looked for before anything is done again.
        recovering = true
      }
    }
  }

  get isConnected(): boolean {
    return this.#client !== undefined
  }

  /** Connects when it is not; whether it is then. Only while no batch is in flight. */
  async reach(): Promise<boolean> {
    if (this.#client) return true
    try {
      await this.#open()
      return true
    } catch {
      // An outage, which is the answer.
      return false
    }
  }

  async close(): Promise<void> {
    const client = this.#client
    this.#client = undefined
    await client?.end()
  }

  async #attempt(client: pg.Client, entries: readonly Entry[], isRecovering: boolean): Promise<void> {
    const { facts, isBegun } = await loadBatch(client, entries, { companions: this.#companions, isRecovering })
    const { writes, verdicts, isUnsure } = decideBatch(entries, facts, this.#clock.now())
    if (isUnsure) throw new Unsure()
    const notified = await writeBatch(client, writes, isBegun)
    for (const verdict of verdicts) {
      if ('reply' in verdict) settle(verdict.entry, verdict.reply)
      else verdict.entry.reject(verdict.error)
    }
    if (notified.size > 0) this.#onWebhooks(notified)
    if (this.#onCommitted) for (const { command } of entries) this.#onCommitted(command.merchant.id)
  }

  /** Finds out what a failure means, ends the transaction, isolates a culprit. True when every command is settled. */
  async #afterFailure(
    entries: readonly Entry[],
    error: Error,
    { tries, recovering }: { tries: number; recovering: boolean },
  ): Promise<boolean> {
    const refusal = error instanceof Unsure ? ({ kind: 'conflict' } as const) : refusalOf(error)
    if (refusal.kind === 'lost') {
      this.#drop()
      await pause(reconnectAfterMs[0])
      return false
    }
    await this.#rollback()
    if (refusal.kind === 'cannot') {
      // Whatever stands in the way may be this session's own: a kept plan, a role that changed. The next batch gets a new one.
      this.#drop()
      return rejectAll(entries, unavailable(error))
    }
    if (refusal.kind === 'conflict') return tries >= mostTries && rejectAll(entries, unavailable(error))
    if (entries.length > 1) {
      const middle = entries.length >> 1
      await this.run(entries.slice(0, middle), recovering)
      await this.run(entries.slice(middle), recovering)
      return true
    }
    if (refusal.kind === 'moving') return rejectAll(entries, unavailable(error))
    return !mayTryAgain(entries[0] as Entry, refusal, tries) && rejectAll(entries, error)
  }

  async #rollback(): Promise<void> {
    try {
      await this.#client?.query('rollback')
    } catch {
      // An outage on top of the refusal: the connection is gone, and the transaction with it.
      this.#drop()
    }
  }

  /** The lane's connection; waits while the database is away, for as long as anybody still waits for an answer. */
  async #connected(entries: readonly Entry[]): Promise<pg.Client | undefined> {
    for (let tries = 0; entries.some((entry) => !entry.settled); tries++) {
      if (this.#client) return this.#client
      try {
        await this.#open()
      } catch (error) {
        if (refusalOf(error).kind === 'cannot') rejectAll(entries, unavailable(error as Error))
        else await pause(reconnectAfterMs[Math.min(tries, reconnectAfterMs.length - 1)] as number)
      }
    }
    return undefined
  }

  async #open(): Promise<void> {
    const client = await this.#connect()
    client.once('end', () => {
      if (this.#client === client) this.#client = undefined
    })
    this.#client = client
  }

  #drop(): void {
    const client = this.#client
    this.#client = undefined
    client?.end().catch(ignore)
  }
}

/** An answer about a payment that was not loaded could be wrong: from here on every payment of the batch is loaded. */
class Unsure extends Error {}

function settle(entry: Entry, reply: Reply): void {
  if (reply.kind === 'accepted' && reply.events.length > 0) entry.activity.changes += 1
  entry.resolve(reply)
}

/** A connection that is already gone cannot be closed again; the error has no receiver. */
function ignore(): void {}

/**
 * One command alone was refused. A payment id that was taken is either this very command, committed with its answer lost,
 * or a clash of random ids: the next try looks which (decide-batch.ts). An idempotency key that was taken has an answer by now.
 */
function mayTryAgain(entry: Entry, refusal: Refusal, tries: number): boolean {
  if (refusal.kind !== 'refused' || tries >= mostTries) return false
  return refusal.constraint === 'idempotency_pkey' || (refusal.constraint === 'payment_pkey' && entry.makesPayment)
}

function rejectAll(entries: readonly Entry[], error: Error): true {
  for (const entry of entries) entry.reject(error)
  return true
}

function unavailable(cause: Error): Unavailable {
  return new Unavailable('the database cannot take this now', { retryAfterSeconds: 1, cause })
}
