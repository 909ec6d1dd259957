import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { checkLedger } from '../../../src/app/payment/check-ledger.ts'
import { findPayment } from '../../../src/db/payment/payments.ts'
import { connectPool } from '../../../src/db/wire/connection.ts'
import { openToRefund } from '../../../src/domain/payment/payment.ts'
import type { AttemptId, PaymentId } from '../../../src/kernel/ids.ts'
import { instantFromMillis } from '../../../src/kernel/instant.ts'
import { createSandbox } from '../../../src/rails/card/sandbox/sandbox.ts'
import type { BookLine } from '../../support/collection/book-line.ts'
import { type Collectors, startCollectors, untilAnswered } from '../../support/collection/collectors.ts'
import { type Random, randomOf } from '../../support/crash/crash-random.ts'
import { makeTestFolder } from '../../support/folder.ts'
import { freePort } from '../../support/free-port.ts'
import { type Collection, startCollection } from '../../support/payments/collection.ts'
import { accepted, run } from '../../support/payments/engine.ts'
import { askForLateFees, ownOrder } from '../../support/payments/late-fees.ts'
import { inDatabase, startTestServer, templateName } from '../../support/server.ts'

/** `CRASH_SEED=7 npm test -- killed-collector` repeats a plan, `CRASH_ROUNDS=1000` makes it a longer one. */
const seed = Number(process.env.CRASH_SEED ?? randomInt(1_000_000))
const rounds = Number(process.env.CRASH_ROUNDS ?? 50)

const cards = ['4242424242424242', '5555555555554444', '4000000000000226', '4000000000000333', '4000000000009987']
const start = Date.UTC(2026, 0, 15, 10)
const dayMs = 86_400_000
const orders = 40

test(`charges each instalment and each late fee once when server, database and acquirer are killed meanwhile (CRASH_SEED=${seed})`, async (t) => {
  const { folder, remove } = await makeTestFolder()
  const server = await startTestServer({ fsync: true })
  const database = inDatabase(server.url, templateName)
  const pool = connectPool(database, { max: 4, connectTimeoutMs: 5_000 })
  pool.on('error', () => undefined)
  const cluster = await startCollectors({ database, pool, book: join(folder, 'book'), port: await freePort() })
  t.after(async () => {
    await cluster.stop()
    await pool.end()
    await server.stop()
    await remove()
  })
  const books = await startCollection({ url: database, pool }, createSandbox, instantFromMillis(start))
  await askForLateFees(pool, { now: books.now })
  const ids: PaymentId[] = []
  for (let i = 0; i < orders; i++) {
    const id = await books.authorized(BigInt(3_000 + i), cards[i % cards.length])
    await ownOrder(pool, { merchantId: books.merchant.id, paymentId: id })
    accepted(await run(books.engine, books.merchant, id, { kind: 'capture' }))
    ids.push(id)
  }
  const random = randomOf(seed)
  for (let round = 0; round < rounds; round++) {
    cluster.tell(start + Math.round((round * 110 * dayMs) / rounds))
    const refund = random.chance(40) ? refundSome(books, pool, random) : undefined
    await pause(random.between(0, 60))
    const wounded = await cluster.wound(random)
    await refund
    await cluster.heal().catch((error) => {
      throw new Error(`round ${round}: ${wounded}`, { cause: error })
    })
  }
  await untilAtRest(cluster, pool)
  const lines = await cluster.readBook()
  await assertAgreed(pool, lines)
  const paid = lines.filter(({ purpose, outcome }) => purpose === 'charge' && outcome.kind === 'succeeded')
  assert(paid.length > orders / 2, `${paid.length} charges`)
  const { rows: fees } = await pool.query('select stage from late_fee')
  assert(fees.length > 0, 'some were late')
})

/** What the database does not take while it is away is not a refund; one whose answer is lost may be one. */
async function refundSome({ engine, merchant }: Collection, pool: pg.Pool, random: Random): Promise<void> {
  try {
    const { rows } = await pool.query<{ id: PaymentId }>('select payment_id as id from payment order by payment_id')
    const { id } = random.pick(rows)
    const stored = await findPayment(pool, merchant.id, id)
    const amount = stored ? (openToRefund(stored.payment) * BigInt(random.between(5, 60))) / 100n : 0n
    if (amount > 0n) await run(engine, merchant, id, { kind: 'refund', amount })
  } catch {
    // An outage.
  }
}

/** Long after the last try of the last instalment; a minute goes by with each look, so that what is unsure is asked about again. */
async function untilAtRest(cluster: Collectors, pool: pg.Pool): Promise<void> {
  for (let minutes = 0; ; minutes++) {
    const now = start + 300 * dayMs + minutes * 60_000
    cluster.tell(now)
    const { rows } = await untilAnswered(() =>
      pool.query<{ busy: bigint }>(
        `select (select count(*) from attempt where state = 'pending')
        + (select count(*) from instalment_plan where check_at <= $1::timestamptz) as busy`,
        [new Date(now).toISOString()],
      ),
    )
    if (rows[0]?.busy === 0n) return
    assert(minutes < 2_000, `${rows[0]?.busy} are not at rest`)
    await pause(50)
  }
}

type Step = { id: AttemptId; purpose: string; state: string; amount: bigint; payment: string; instalment: number }

async function assertAgreed(pool: pg.Pool, book: readonly BookLine[]): Promise<void> {
  const { rows: steps } = await pool.query<Step>(
    `select attempt_id as id, purpose, state, amount, payment_id as payment, instalment::int as instalment
      from attempt where instalment is not null`,
  )
  const lines = new Map(book.map((line) => [line.attemptId, line]))
  assert.equal(lines.size, book.length, 'the acquirer entered every attempt once')
  for (const { id, purpose, state, amount } of steps) {
    const line = lines.get(id)
    assert.equal(line?.outcome.kind === 'succeeded', state === 'succeeded', `${purpose} ${id} is ${state}`)
    if (state === 'succeeded') assert.deepEqual([line?.purpose, line?.minor], [purpose, String(amount)])
  }
  const ours = new Set(steps.map(({ id }) => id))
  assert.deepEqual(
    book.filter(({ attemptId }) => !ours.has(attemptId)),
    [],
    'the acquirer was asked for nothing that is not recorded',
  )
  const taken = steps.filter(({ purpose, state }) => state === 'succeeded' && ['capture', 'charge'].includes(purpose))
  const instalments = new Set(taken.map(({ payment, instalment }) => `${payment} ${instalment}`))
  assert.equal(instalments.size, taken.length, 'no instalment was taken twice')
  const { balances, discrepancies } = await checkLedger(pool)
  assert.deepEqual(discrepancies, [])
  const given = steps.filter(({ purpose, state }) => state === 'succeeded' && purpose === 'refund')
  const sum = (of: readonly Step[]) => of.reduce((total, { amount }) => total + amount, 0n)
  const owes = balances.find(({ account }) => account === 'acquirer_receivable')?.balance
  assert.equal(owes, sum(taken) - sum(given), 'what the acquirer owes is what its book says')
}
