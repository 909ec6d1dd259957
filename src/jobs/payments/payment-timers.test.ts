import assert from 'node:assert/strict'
import { test } from 'node:test'
import type pg from 'pg'
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts'
import {
  accepted,
  addMerchant,
  createAuthorized,
  createOrder,
  run,
  testEngine,
} from '../../../test/support/payments/engine.ts'
import { anAttempt, someTime } from '../../../test/support/payments/factories.ts'
import type { DueSource } from '../../app/sandbox/due-source.ts'
import { findPayment, listEvents } from '../../db/payment/payments.ts'
import { timestampText } from '../../db/wire/connection.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { Unavailable } from '../../engine/command.ts'
import type { RunningEngine } from '../../engine/engine.ts'
import type { AttemptId, PaymentId } from '../../kernel/ids.ts'
import { newAttemptId } from '../../kernel/ids.ts'
import { day, hour, type Instant, minute, plus, second } from '../../kernel/instant.ts'
import { createPaymentTimers } from './payment-timers.ts'

const log = { warn: () => undefined, error: () => undefined }

type House = TestDatabase & {
  engine: RunningEngine
  merchant: MerchantTerms
  timers: DueSource
  /** what the engine's clock says; may be set */
  time: { now: Instant }
}

async function aHouse(terms: Partial<MerchantTerms> = {}): Promise<House> {
  const database = await testDatabase()
  const time = { now: someTime }
  const engine = testEngine(database.url, { clock: { now: () => time.now } })
  const merchant = await addMerchant(database.pool, terms)
  return { ...database, engine, merchant, time, timers: createPaymentTimers({ pool: database.pool, engine, log }) }
}

async function drain(source: DueSource, until: Instant): Promise<number> {
  let total = 0
  for (let done = -1; done !== 0; total += done) done = await source.runDue(until)
  return total
}

async function paymentOf({ pool, merchant }: House, id: PaymentId): Promise<Payment> {
  const stored = await findPayment(pool, merchant.id, id)
  assert(stored)
  return stored.payment
}

async function newestEvents(house: House, id: PaymentId, count: number): Promise<[string, Instant][]> {
  const events = await listEvents(house.pool, house.merchant.id, id)
  return events.slice(-count).map((event) => [event.kind, event.at])
}

/** A payment from its beginning, with the clock of the house, to `authorized`. */
function authorized(house: House): Promise<PaymentId> {
  return createAuthorized(house.engine, house.merchant, 10_000n, { now: () => house.time.now })
}

test('expires an order that nobody authorized after forty minutes, at its own due time', async () => {
  const house = await aHouse()
  const id = await createOrder(house.engine, house.merchant)
  const end = plus(someTime, 40n * minute)
  assert.equal(await house.timers.nextDue(), end)
  assert.equal(await house.timers.runDue(plus(end, -1n)), 0)
  assert.equal((await paymentOf(house, id)).state, 'created')
  house.time.now = plus(end, 3n * day)
  assert.equal(await drain(house.timers, house.time.now), 1)
  assert.equal((await paymentOf(house, id)).state, 'expired')
  assert.deepEqual(await newestEvents(house, id, 1), [['expired', end]])
  assert.equal(await house.timers.nextDue(), null)
})

test('warns a day before an authorization lapses, and lets it lapse after five days', async () => {
  const house = await aHouse()
  const id = await authorized(house)
  const end = plus(someTime, 5n * day)
  assert.equal(await house.timers.nextDue(), plus(end, -1n * day))
  assert.equal(await drain(house.timers, plus(end, -1n)), 1)
  assert.equal((await paymentOf(house, id)).state, 'authorized')
  assert.equal(await drain(house.timers, end), 1)
  assert.equal((await paymentOf(house, id)).state, 'lapsed')
  assert.deepEqual(await newestEvents(house, id, 2), [
    ['expiring_soon', plus(end, -1n * day)],
    ['lapsed', end],
  ])
})

test("warns with the merchant's own lead, and not at all when there is no time for it", async () => {
  const house = await aHouse({ expiryWarningLeadMs: 3_600_000 })
  const early = await authorized(house)
  assert.equal(await house.timers.nextDue(), plus(someTime, 5n * day - hour))
  accepted(await run(house.engine, house.merchant, early, { kind: 'delay', periodMs: 60_000 }))
  assert.equal(await house.timers.nextDue(), plus(someTime, minute))
  await drain(house.timers, plus(someTime, minute))
  assert.deepEqual(await newestEvents(house, early, 2), [
    ['delayed', someTime],
    ['lapsed', plus(someTime, minute)],
  ])
})

test('ends a delayed payment with what was captured of it when its period is over', async () => {
  const house = await aHouse()
  const id = await authorized(house)
  accepted(await run(house.engine, house.merchant, id, { kind: 'delay', periodMs: 2_160_000_000 }))
  accepted(await run(house.engine, house.merchant, id, { kind: 'capture_part', amount: 4_000n }))
  const end = plus(someTime, 25n * day)
  assert.equal(await drain(house.timers, plus(end, -1n)), 1)
  assert.equal(await drain(house.timers, end), 1)
  const payment = await paymentOf(house, id)
  assert.deepEqual([payment.state, payment.captured, payment.timerAt], ['captured', 4_000n, null])
  assert.deepEqual(await newestEvents(house, id, 1), [['closed', end]])
})

test('catches up with everything that fell due while no process ran, each at its own due time', async () => {
  const house = await aHouse()
  const ends: [PaymentId, Instant][] = []
  for (let n = 0; n < 20; n++) {
    house.time.now = plus(someTime, BigInt(n) * second)
    ends.push([await createOrder(house.engine, house.merchant), plus(house.time.now, 40n * minute)])
  }
  house.time.now = someTime
  const id = await authorized(house)
  house.time.now = plus(someTime, 300n * day)
  assert.equal(await drain(house.timers, house.time.now), 22)
  for (const [order, end] of ends) assert.deepEqual(await newestEvents(house, order, 1), [['expired', end]])
  assert.deepEqual(await newestEvents(house, id, 2), [
    ['expiring_soon', plus(someTime, 4n * day)],
    ['lapsed', plus(someTime, 5n * day)],
  ])
})

test('lets a capture and the end of its authorization that race have exactly one outcome', async () => {
  const house = await aHouse()
  const ids = await Promise.all(Array.from({ length: 60 }, () => authorized(house)))
  const end = plus(someTime, 5n * day)
  await drain(house.timers, plus(end, -1n))
  house.time.now = plus(end, -1n)
  const other = createPaymentTimers({ pool: house.pool, engine: testEngine(house.url), log })
  const captures = ids.map((id) => run(house.engine, house.merchant, id, { kind: 'capture' }))
  await Promise.all([...captures, drain(other, end), drain(house.timers, end)])
  const replies = await Promise.all(captures)
  for (const [index, id] of ids.entries()) {
    const wasCaptured = replies[index]?.kind === 'accepted'
    assert.equal((await paymentOf(house, id)).state, wasCaptured ? 'captured' : 'lapsed')
    const kinds = (await listEvents(house.pool, house.merchant.id, id)).map((event) => event.kind)
    assert.deepEqual(kinds.slice(4), [wasCaptured ? 'captured' : 'lapsed'])
  }
})

test('gives each payment one event when several processes run the timers', async () => {
  const house = await aHouse()
  await addDueOrders(house.pool, house.merchant, 1_000)
  const rivals = [1, 2].map(() => createPaymentTimers({ pool: house.pool, engine: testEngine(house.url), log }))
  await Promise.all([house.timers, ...rivals].map((timers) => drain(timers, someTime)))
  assert.deepEqual(await countStates(house.pool), { expired: 1_000 })
  assert.equal(await countEvents(house.pool, 'expired'), 1_000)
})

test('expires twenty thousand orders due in the same second while commands of the API are answered', async () => {
  const house = await aHouse()
  await addDueOrders(house.pool, house.merchant, 20_000)
  let answeredMeanwhile = 0
  let isDraining = true
  const api = async (): Promise<void> => {
    while (isDraining) {
      await createOrder(house.engine, house.merchant)
      answeredMeanwhile += isDraining ? 1 : 0
    }
  }
  const callers = [api(), api(), api()]
  assert.equal(await drain(house.timers, someTime), 20_000)
  isDraining = false
  await Promise.all(callers)
  assert.equal(await countEvents(house.pool, 'expired'), 20_000)
  // One portion of timers takes two batches, so each of the callers is answered about once in a portion.
  assert(answeredMeanwhile >= 60, `${answeredMeanwhile} commands were answered meanwhile`)
})

test("leaves a payment alone while its rail's answer is out, and ends it when the answer has come", async () => {
  const house = await aHouse()
  const id = await createOrder(house.engine, house.merchant)
  const attemptId = newAttemptId()
  accepted(await run(house.engine, house.merchant, id, { kind: 'start_attempt', ...anAttempt({ attemptId }) }))
  const late = plus(someTime, 41n * minute)
  assert.equal(await house.timers.nextDue(), null)
  assert.equal(await house.timers.runDue(late), 0)
  house.time.now = late
  await decline(house, id, attemptId)
  assert.equal(await house.timers.nextDue(), plus(someTime, 40n * minute))
  assert.equal(await drain(house.timers, late), 1)
  assert.deepEqual(await newestEvents(house, id, 2), [
    ['attempt_declined', late],
    ['expired', late],
  ])
})

test('throws when the engine takes nothing, and does the work later', async () => {
  const house = await aHouse()
  await addDueOrders(house.pool, house.merchant, 10)
  const full = testEngine(house.url, { mostQueued: 3 })
  const timers = createPaymentTimers({ pool: house.pool, engine: full, log })
  await assert.rejects(timers.runDue(someTime), Unavailable)
  await drain(house.timers, someTime)
  assert.deepEqual(await countStates(house.pool), { expired: 10 })
})

test('sets a payment aside whose timer fails, and goes on with the others', async () => {
  const house = await aHouse()
  const ids = await addDueOrders(house.pool, house.merchant, 3)
  const failures: object[] = []
  const broken = new Error('a bug')
  const engine: Pick<RunningEngine, 'execute'> = {
    execute: (command) => (command.paymentId === ids[0] ? Promise.reject(broken) : house.engine.execute(command)),
  }
  const error = (details: object): void => void failures.push(details)
  const timers = createPaymentTimers({ pool: house.pool, engine, log: { ...log, error } })
  assert.equal(await drain(timers, someTime), 2)
  assert.deepEqual(failures, [{ err: broken, paymentId: ids[0] }])
  assert.equal(await timers.nextDue(), null)
  assert.notEqual(await house.timers.nextDue(), null)
})

async function decline(house: House, id: PaymentId, attemptId: AttemptId): Promise<void> {
  const outcome = { kind: 'declined', reason: 'card_declined', code: '05' } as const
  const action = { kind: 'finish_attempt', attemptId, outcome, reversalId: newAttemptId() } as const
  accepted(await run(house.engine, house.merchant, id, action))
}

/** Orders that all fall due at `someTime`, written in one statement as the engine would have left them. */
async function addDueOrders(pool: pg.Pool, merchant: MerchantTerms, count: number): Promise<PaymentId[]> {
  const due = timestampText(someTime)
  const result = await pool.query<{ payment_id: PaymentId }>(
    `with made as (
      insert into payment (merchant_id, payment_id, protocol, product, funding, state, currency, total, authorized, captured,
        refunded, reduced, fee_ppm, fee_tax_ppm, sequence, created_at, expires_at, timer_at)
      select $1, $2 || lpad(n::text, 8, '0'), 'scalapay', 'pay-in-3', 'shopper', 'created', 'EUR', 10000, 0, 0, 0, 0, 50000, 220000, 1,
        $3::timestamptz - interval '40 minutes', $3, $3
      from generate_series(1, $4::int) n
      returning merchant_id, payment_id, created_at
    ), noted as (
      insert into event (merchant_id, source_kind, source_id, sequence, kind, state, total, command_id, at, details)
      select merchant_id, 'p', payment_id, 1, 'created', 'created', 10000, gen_random_uuid(), created_at, '{}' from made
    ) select payment_id from made order by payment_id`,
    [merchant.id, merchant.prefix, due, count],
  )
  return result.rows.map((row) => row.payment_id)
}

async function countStates(pool: pg.Pool): Promise<Record<string, number>> {
  const result = await pool.query<{ state: string; count: number }>(
    'select state, count(*)::int as count from payment group by state',
  )
  return Object.fromEntries(result.rows.map((row) => [row.state, row.count]))
}

async function countEvents(pool: pg.Pool, kind: string): Promise<number> {
  const result = await pool.query<{ count: number }>('select count(*)::int from event where kind = $1', [kind])
  return result.rows[0]?.count ?? 0
}
