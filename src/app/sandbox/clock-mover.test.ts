import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts'
import {
  accepted,
  addMerchant,
  createAuthorized,
  createOrder,
  run,
  testEngine,
} from '../../../test/support/payments/engine.ts'
import { findPayment, listEvents } from '../../db/payment/payments.ts'
import { connectClient } from '../../db/wire/connection.ts'
import { Unavailable } from '../../engine/command.ts'
import { createPaymentTimers } from '../../jobs/payments/payment-timers.ts'
import { systemNow } from '../../kernel/clock.ts'
import { day, hour, type Instant, instantFromMillis, minute, plus, second } from '../../kernel/instant.ts'
import { type ClockMover, createClockMover, latestInstant } from './clock-mover.ts'
import type { DueSource } from './due-source.ts'
import { openSandboxClock, type SandboxClock } from './sandbox-clock.ts'

const log = { warn: () => undefined, error: () => undefined }

async function aClock({ pool }: TestDatabase): Promise<SandboxClock> {
  const clock = await openSandboxClock(pool, { mode: 'sandbox' })
  after(clock.close)
  return clock
}

type MoverParts = Parameters<typeof createClockMover>[0]

function aMover(
  database: TestDatabase,
  clock: SandboxClock,
  sources: DueSource[],
  others: Partial<MoverParts> = {},
): ClockMover {
  const connect = () => connectClient(database.url, { statementTimeoutMs: 0 })
  return createClockMover({ clock, sources, connect, pauseJobs: noJobs, ...others })
}

const noJobs = async () => () => undefined

type Happened = [string, Instant]

/** Work that is planned ahead; `then` may plan what it causes. Everything done is told to `record`. */
function aSource(
  name: string,
  planned: Instant[],
  record: (happened: Happened) => void,
  then: (due: Instant) => void = () => undefined,
): DueSource & { plan: (due: Instant) => void } {
  const plan = (due: Instant): void => {
    planned.push(due)
    planned.sort((a, b) => Number(a - b))
  }
  return {
    name,
    plan,
    nextDue: async () => planned[0] ?? null,
    runDue: async (until) => {
      const due = planned[0]
      if (due === undefined || due > until) return 0
      planned.shift()
      record([name, due])
      then(due)
      return 1
    },
  }
}

test('lets everything happen in due order over all sources, each at its own time, effects and their retries included', async () => {
  const database = await testDatabase()
  const clock = await aClock(database)
  const start = clock.now()
  const at = (duration: bigint): Instant => plus(start, duration)
  const happened: Happened[] = []
  const record = (each: Happened): void => {
    const now = clock.now()
    assert(now >= each[1] && now < plus(each[1], minute), 'it happens at its own time')
    happened.push(each)
  }
  let tries = 0
  const webhooks = aSource('webhook', [at(30n * minute)], record, (due) => {
    if (tries++ < 2) webhooks.plan(plus(due, 5n * minute))
  })
  const expiries = aSource('expiry', [at(hour), at(3n * hour), at(40n * day)], record, (due) => webhooks.plan(due))
  const moved = await aMover(database, clock, [webhooks, expiries]).advanceTo(at(2n * day))
  assert(moved.ok && moved.value >= at(2n * day))
  assert.deepEqual(
    happened.map(([name, due]) => [name, (due - start) / minute]),
    [
      ['webhook', 30n],
      ['webhook', 35n],
      ['webhook', 40n],
      ['expiry', 60n],
      ['webhook', 60n],
      ['expiry', 180n],
      ['webhook', 180n],
    ],
  )
  assert.equal(await expiries.nextDue(), at(40n * day))
})

test('does first what is overdue, without moving back', async () => {
  const database = await testDatabase()
  const clock = await aClock(database)
  const now = clock.now()
  const happened: Happened[] = []
  const overdue = [plus(now, -day), plus(now, -hour)]
  const source = aSource('late', [...overdue, plus(now, hour)], (each) => void happened.push(each))
  assert((await aMover(database, clock, [source]).advanceBy(0)).ok)
  assert.deepEqual(
    happened.map((each) => each[1]),
    overdue,
  )
  assert(clock.now() >= now)
})

test('passes over a source that is due and does nothing, and looks at it again when time has moved', async () => {
  const database = await testDatabase()
  const clock = await aClock(database)
  const start = clock.now()
  const order: string[] = []
  const stuckAt = plus(start, second)
  const stuck: DueSource = {
    name: 'stuck',
    nextDue: async () => stuckAt,
    runDue: async () => {
      order.push('stuck')
      return 0
    },
  }
  const other = aSource('other', [plus(start, minute), plus(start, hour)], ([name]) => void order.push(name))
  assert((await aMover(database, clock, [stuck, other]).advanceTo(plus(start, day))).ok)
  assert.deepEqual(order, ['stuck', 'stuck', 'other', 'stuck', 'other', 'stuck'])
})

/** Shops that sell without a pause: as soon as one is done the next is there, so long after the present time. */
function aStream(name: string, clock: SandboxClock, wait: bigint): DueSource {
  let due = plus(clock.now(), wait)
  return {
    name,
    nextDue: async () => due,
    runDue: async (until) => {
      if (due > until) return 0
      due = plus(clock.now(), wait)
      return 1
    },
  }
}

test('ends after a bounded number of stops while something new is due all the time, and leaves out nothing that was', async () => {
  const database = await testDatabase()
  const clock = await aClock(database)
  const start = clock.now()
  const planned = Array.from({ length: 720 }, (_, hours) => plus(start, BigInt(hours + 1) * hour))
  const happened: { due: Instant; at: Instant }[] = []
  const timers = aSource('timers', [...planned], ([, due]) => void happened.push({ due, at: clock.now() }))
  const selling = [aStream('webhooks', clock, 0n), aStream('attempts', clock, 30n * second), timers]
  let stops = 0
  const onMoved = async () => assert(++stops < 510, 'it stops for everything')
  const moved = await aMover(database, clock, selling, { onMoved }).advanceTo(plus(start, 30n * day))
  assert(moved.ok)
  assert.deepEqual(
    happened.map(({ due }) => due),
    planned,
  )
  for (const { due, at } of happened) assert(at >= due && at < plus(due, 4n * hour), 'in the same part of its day')
})

test('stops at each of hundreds of due times exactly', async () => {
  const database = await testDatabase()
  const clock = await aClock(database)
  const planned = Array.from({ length: 250 }, (_, hours) => plus(clock.now(), BigInt(hours + 1) * hour))
  const source = aSource('timers', [...planned], () => undefined)
  const untils: Instant[] = []
  const told: DueSource = {
    ...source,
    runDue: (until) => {
      untils.push(until)
      return source.runDue(until)
    },
  }
  assert((await aMover(database, clock, [told]).advanceBy(30 * 86_400_000)).ok)
  assert.deepEqual([...new Set(untils)], planned)
})

test('expires orders and lets authorizations lapse on the moved clock; what is done after it shows the moved time', async () => {
  const database = await testDatabase()
  const clock = await aClock(database)
  const engine = testEngine(database.url, { clock })
  const merchant = await addMerchant(database.pool)
  const mover = aMover(database, clock, [createPaymentTimers({ pool: database.pool, engine, log })])
  const order = await createOrder(engine, merchant)
  const authorized = await createAuthorized(engine, merchant, 10_000n, clock)
  const expiry = (await findPayment(database.pool, merchant.id, order))?.payment.expiresAt as Instant
  const lapse = (await findPayment(database.pool, merchant.id, authorized))?.payment.expiresAt as Instant
  assert((await mover.advanceBy(39 * 60_000)).ok)
  assert.equal((await findPayment(database.pool, merchant.id, order))?.payment.state, 'created')
  assert((await mover.advanceBy(60_000)).ok)
  assert.equal((await findPayment(database.pool, merchant.id, order))?.payment.state, 'expired')
  assert((await mover.advanceBy(5 * 86_400_000)).ok)
  const events = await listEvents(database.pool, merchant.id, authorized)
  assert.deepEqual(
    events.slice(-2).map((event) => [event.kind, event.at]),
    [
      ['expiring_soon', plus(lapse, -day)],
      ['lapsed', lapse],
    ],
  )
  assert.equal((await listEvents(database.pool, merchant.id, order)).at(-1)?.at, expiry)
  const late = await createAuthorized(engine, merchant, 10_000n, clock)
  const captured = accepted(await run(engine, merchant, late, { kind: 'capture' })).payment
  assert(captured.createdAt > lapse && (captured.capturedAt as Instant) > lapse)
  const transfers = await database.pool.query<{ at: Instant }>(
    'select at from transfer where merchant_id = $1 and source_id = $2',
    [merchant.id, late],
  )
  assert(transfers.rows.length > 0 && transfers.rows.every((row) => row.at > lapse))
})

test('moves by years, and keeps the moved time over a restart and in another process', async () => {
  const database = await testDatabase()
  const clock = await aClock(database)
  const other = await aClock(database)
  const target = instantFromMillis(Date.UTC(2999, 11, 31, 23, 59, 59, 999))
  const source = aSource('yearly', [plus(systemNow(), 400n * day)], () => undefined)
  const moved = await aMover(database, clock, [source]).advanceTo(target)
  assert(moved.ok && moved.value >= target && moved.value < plus(target, hour))
  assert.equal(await source.nextDue(), null)
  await other.refresh()
  assert(other.now() >= target)
  assert((await aClock(database)).now() >= target)
})

test('refuses to move back, and beyond what a timestamp can name', async () => {
  const database = await testDatabase()
  const clock = await aClock(database)
  const mover = aMover(database, clock, [])
  assert((await mover.advanceBy(86_400_000)).ok)
  assert.deepEqual(await mover.advanceTo(plus(clock.now(), -second)), { ok: false, reason: 'in_the_past' })
  assert.deepEqual(await mover.advanceTo(plus(latestInstant, second)), { ok: false, reason: 'too_far' })
  assert.deepEqual(await mover.advanceBy(Number.MAX_SAFE_INTEGER), { ok: false, reason: 'too_far' })
  const now = mover.now()
  assert(now > plus(systemNow(), day - minute) && now < plus(systemNow(), day + minute))
})

test('moves one at a time, also from two processes, and loses no distance', async () => {
  const database = await testDatabase()
  const start = systemNow()
  let running = 0
  const slow: DueSource = {
    name: 'slow',
    nextDue: async () => {
      assert.equal(++running, 1, 'two moves at once')
      await new Promise(setImmediate)
      running--
      return null
    },
    runDue: async () => 0,
  }
  const movers = [aMover(database, await aClock(database), [slow]), aMover(database, await aClock(database), [slow])]
  const moves = Array.from({ length: 10 }, (_, i) => movers[i % 2]?.advanceBy(86_400_000))
  const results = await Promise.all(moves)
  assert(results.every((result) => result?.ok))
  assert(Math.max(...movers.map((mover) => Number((mover.now() - start) / day))) === 10)
})

test('holds the jobs still during a move, and lets them go on also when it fails', async () => {
  const database = await testDatabase()
  const clock = await aClock(database)
  const steps: string[] = []
  const pauseJobs = async () => {
    steps.push('pause')
    return () => void steps.push('resume')
  }
  const failing: DueSource = {
    name: 'failing',
    nextDue: async () => plus(systemNow(), -second),
    runDue: async () => {
      steps.push('run')
      throw new Unavailable('away', { retryAfterSeconds: 1 })
    },
  }
  const mover = aMover(database, clock, [failing], { pauseJobs })
  await assert.rejects(mover.advanceBy(1_000), Unavailable)
  await assert.rejects(mover.advanceBy(1_000), Unavailable)
  assert.deepEqual(steps, ['pause', 'run', 'resume', 'pause', 'run', 'resume'])
})

test('ends a move between two steps when the server shuts down', async () => {
  const database = await testDatabase()
  const clock = await aClock(database)
  const endless = plus(clock.now(), minute)
  let done = 0
  const source: DueSource = {
    name: 'endless',
    nextDue: async () => plus(endless, BigInt(done) * minute),
    runDue: async () => {
      if (++done === 3) mover.close()
      return 1
    },
  }
  const mover: ClockMover = aMover(database, clock, [source])
  await assert.rejects(mover.advanceBy(86_400_000), Unavailable)
  assert.equal(done, 3)
  await assert.rejects(mover.advanceBy(0), Unavailable)
})

test('has no clock to move in live mode', async () => {
  const { pool } = await testDatabase()
  await assert.rejects(openSandboxClock(pool, { mode: 'live' }), /only the sandbox/)
})

test('tells an outage as such, and goes on with the last time known', async () => {
  const database = await testDatabase()
  const clock = await aClock(database)
  assert((await aMover(database, clock, []).advanceBy(86_400_000)).ok)
  const connect = () => Promise.reject(new Error('connect ECONNREFUSED'))
  const mover = createClockMover({ clock, sources: [], connect, pauseJobs: noJobs })
  await assert.rejects(mover.advanceBy(1), Unavailable)
  assert(mover.now() >= plus(systemNow(), day - minute))
})

test('takes the time that a move needs, longer than any reader waits', async (t) => {
  // Before any connection: a timer from before the mock could not be cleared under it, and would hold the process for its time.
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const database = await testDatabase()
  const clock = await aClock(database)
  const due = plus(clock.now(), hour)
  const slow = aSource('slow', [due], () => t.mock.timers.tick(3_000))
  const moved = await aMover(database, clock, [slow]).advanceTo(plus(due, hour))
  assert(moved.ok)
})

test('waits for what another process has in hand before time moves on, and before it answers', async () => {
  const database = await testDatabase()
  const clock = await aClock(database)
  const start = clock.now()
  const happened: Happened[] = []
  const source = aSource('here', [plus(start, hour)], (each) => void happened.push(each))
  /** Looks of the mover until the other process's lease is over, and the work is free. */
  let looks = 3
  const held: DueSource = {
    name: 'held',
    nextDue: async () => (looks === 0 ? plus(start, minute) : null),
    isHeldElsewhere: async (until) => until >= plus(start, minute) && looks > 0 && looks-- > 0,
    runDue: async () => {
      if (looks !== 0) return 0
      looks = -1
      happened.push(['held', plus(start, minute)])
      return 1
    },
  }
  assert((await aMover(database, clock, [held, source]).advanceTo(plus(start, day))).ok)
  assert.deepEqual(happened.map(([name]) => name).toSorted(), ['held', 'here'])
  assert(looks < 0, 'what was held happened before the answer')
})
