import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { inspect } from 'node:util'
import type pg from 'pg'
import { checkLedger } from '../../src/app/payment/check-ledger.ts'
import type { MerchantTerms } from '../../src/domain/merchant/terms.ts'
import type { Action } from '../../src/domain/payment/action.ts'
import { type Reply, Unavailable } from '../../src/engine/command.ts'
import type { RunningEngine } from '../../src/engine/engine.ts'
import { newAttemptId, newCommandId, type PaymentId } from '../../src/kernel/ids.ts'
import { type Random, randomOf } from '../support/crash/crash-random.ts'
import { testDatabase } from '../support/database.ts'
import { addMerchant, testEngine } from '../support/payments/engine.ts'
import { aNewPayment, anAttempt } from '../support/payments/factories.ts'

const terminations = 200
const seed = Number(process.env.CRASH_SEED ?? randomInt(1_000_000))

type Load = {
  readonly engine: RunningEngine
  readonly merchant: MerchantTerms
  readonly random: Random
  readonly lives: Life[]
  readonly onAnswer: () => void
}

type Life = { readonly id: PaymentId; readonly told: string[] }

test(`applies each command once while its connections are cut ${terminations} times (CRASH_SEED=${seed})`, async () => {
  const database = await testDatabase()
  const merchant = await addMerchant(database.pool)
  const engine = testEngine(database.url)
  const random = randomOf(seed)
  const lives: Life[] = []
  let cut = 0
  let answers = 0
  let nextCut = 1
  const cuts: Promise<void>[] = []
  const cutNow = async () => {
    cut += await cutOne(database.pool)
  }
  // By answers and not by time: cuts that leave no commit in between would prove nothing.
  const onAnswer = () => {
    answers += 1
    if (answers < nextCut) return
    nextCut = answers + random.between(1, 30)
    cuts.push(cutNow())
  }
  const live = async () => {
    while (cut < terminations) await liveOnce({ engine, merchant, random, lives, onAnswer })
  }
  await Promise.all(Array.from({ length: 24 }, live))
  await Promise.all(cuts)
  assert(lives.length > 0)
  const found = await eventsByPayment(database.pool)
  assert.equal(found.size, lives.length, 'no payment was made twice or by nobody')
  for (const { id, told } of lives) assert.deepEqual(found.get(id), told)
  assert.deepEqual((await checkLedger(database.pool)).discrepancies, [])
})

/** A payment from creation to refund. */
async function liveOnce({ engine, merchant, random, lives, onAnswer }: Load): Promise<void> {
  const name = newCommandId()
  let id: PaymentId | null = null
  let life: Life | undefined
  for (const [at, action] of actionsOf(random).entries()) {
    const reply = await settle(engine, merchant, id, action, `${name}/${at}`)
    assert(reply.kind !== 'rejected', `${action.kind} is done, not ${inspect(reply)}`)
    id = reply.kind === 'accepted' ? reply.payment.id : (reply.response as PaymentId)
    life ??= begin(lives, id)
    life.told.push(eventTextOf(action))
    onAnswer()
  }
}

function begin(lives: Life[], id: PaymentId): Life {
  const life: Life = { id, told: [] }
  lives.push(life)
  return life
}

function actionsOf(random: Random): Action[] {
  const attemptId = newAttemptId()
  const outcome = { kind: 'succeeded', railReference: `sandbox_${attemptId}` } as const
  const captured = BigInt(random.between(2, 10_000))
  return [
    { kind: 'create', ...aNewPayment() },
    { kind: 'start_attempt', ...anAttempt({ attemptId }) },
    { kind: 'finish_attempt', attemptId, outcome, reversalId: newAttemptId() },
    { kind: 'capture', amount: captured },
    { kind: 'refund', amount: captured / 2n },
    { kind: 'refund', amount: 1n },
  ]
}

function eventTextOf(action: Action): string {
  switch (action.kind) {
    case 'create':
      return `created ${action.total}`
    case 'start_attempt':
      // The first of three instalments is what is held.
      return 'attempt_started 3334'
    case 'finish_attempt':
      return 'authorized 10000'
    case 'capture':
      return `captured ${action.amount}`
    case 'refund':
      return `refunded ${action.amount}`
    default:
      throw new Error(`no such step: ${action.kind}`)
  }
}

/** Told that the time was up, a shop asks again with its key. */
async function settle(
  engine: RunningEngine,
  merchant: MerchantTerms,
  paymentId: PaymentId | null,
  action: Action,
  key: string,
): Promise<Reply> {
  const operation = action.kind
  const render = (reply: { payment: { id: PaymentId } }) => reply.payment.id
  const idempotency = { operation, key, bodyHash: Buffer.alloc(32), render }
  for (;;) {
    try {
      return await engine.execute({ id: newCommandId(), merchant, paymentId, action, idempotency })
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
    }
  }
}

/** Ends one of the engine's connections wherever it is at that moment: 1, or 0 when none is open just now. */
async function cutOne(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query(
    `select pg_terminate_backend(pid) from (select pid from pg_stat_activity
       where datname = current_database() and application_name = 'tercet-lane' order by random() limit 1) one`,
  )
  return rows.length
}

async function eventsByPayment(pool: pg.Pool): Promise<Map<string, string[]>> {
  const { rows } = await pool.query<{ id: string; events: string[] }>(
    `select source_id as id, array_agg(concat_ws(' ', kind, amount) order by sequence) as events
       from event group by source_id`,
  )
  return new Map(rows.map(({ id, events }) => [id, events]))
}
