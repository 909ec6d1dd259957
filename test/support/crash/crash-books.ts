import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { checkLedger } from '../../../src/app/payment/check-ledger.ts'
import { connectPool } from '../../../src/db/wire/connection.ts'
import type { PaymentState } from '../../../src/domain/payment/state.ts'
import { orderStatus } from '../../../src/protocols/scalapay/orders/status.ts'
import { askPatiently, type Client } from './crash-client.ts'
import { type EventText, eventsOf, type Order, type Step } from './crash-order.ts'

type Found = { readonly token: string; readonly state: PaymentState; readonly events: readonly EventText[] }

/** How the step without an answer was found: wholly done, not at all, or as an authorization, half. */
export type Fate = 'done' | 'undone' | 'half done'

/** Opens the database beside the servers; the pool is ended after the work. */
export async function withDatabase<T>(url: string, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = connectPool(url, { max: 2, statementTimeoutMs: 60_000 })
  try {
    return await work(pool)
  } finally {
    await pool.end()
  }
}

/** What a dead server sent last may still be at work: until every transaction that has begun by now has ended. */
export async function untilAllHasEnded(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ now: string }>('select clock_timestamp()::text as now')
  const open = `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and xact_start <= $1::timestamptz`
  const giveUp = AbortSignal.timeout(90_000)
  while ((await pool.query(open, [rows[0]?.now])).rowCount !== 0) await pause(5, undefined, { signal: giveUp })
}

export async function proveAll(pool: pg.Pool): Promise<void> {
  const { discrepancies, payments } = await checkLedger(pool)
  assert.deepEqual(discrepancies, [], `the ledger agrees with ${payments} payments`)
}

/**
 * Compares what shops were told with what the database holds: every acknowledged step exactly once and in order, the one
 * without an answer once or not at all, nothing else.
 */
export async function compare(pool: pg.Pool, orders: readonly Order[]): Promise<Map<Order, Fate>> {
  const found = await findOrders(pool, orders)
  const fates = new Map<Order, Fate>()
  for (const order of orders) fates.set(order, fateOf(order, found.get(order.reference) ?? []))
  return fates
}

function fateOf(order: Order, found: readonly Found[]): Fate {
  const told = eventsOf(order)
  const where = `order ${order.reference} (${order.token ?? 'no token yet'})`
  assert(found.length <= 1, `${where} was made ${found.length} times`)
  const [payment] = found
  const events = payment?.events ?? []
  if (order.token !== undefined) assert.equal(payment?.token, order.token, `${where} is there`)
  assert.deepEqual(events.slice(0, told.length), told, `${where} has all that was acknowledged`)
  const rest = events.slice(told.length)
  if (rest.length === 0) return 'undone'
  const next = order.steps[order.answers.length]
  assert(next !== undefined && order.isUnanswered, `${where} has more than was asked for: ${rest.join(', ')}`)
  const fate = isSame(rest, next.events) ? 'done' : next.halfDone.some((half) => isSame(rest, half)) && 'half done'
  assert(fate, `${where}: the step without an answer left ${rest.join(', ')}, not ${next.events.join(', ')}`)
  if (payment) order.token = payment.token
  return fate
}

/** An order of one cell is in no other. */
export async function assertNone(pool: pg.Pool, orders: readonly Order[]): Promise<void> {
  assert.deepEqual([...(await findOrders(pool, orders)).keys()], [])
}

/** The API tells the same as the database. */
export async function compareAnswers(pool: pg.Pool, shop: Client, orders: readonly Order[]): Promise<void> {
  const found = await findOrders(pool, orders)
  const check = async ({ token, state }: Found) => {
    const { answer } = await askPatiently(() => shop.get(`/v2/payments/${token}`))
    assert(answer !== 'lost', 'the healed server answers')
    assert.equal(answer.status, 200)
    assert.equal(JSON.parse(answer.body).status, orderStatus[state])
  }
  await Promise.all([...found.values()].flat().map(check))
}

/** The key, asked again, answers what it answered the first time, byte for byte. */
export async function assertReplays(shop: Client, order: Order, step: Step, first: string): Promise<void> {
  const token = order.token ?? ''
  const { answer } = await askPatiently(() => shop.post(step.path(token), step.body(token), step.key))
  assert(answer !== 'lost', 'the healed server answers')
  assert.deepEqual(
    { status: answer.status, body: answer.body, isReplay: answer.isReplay },
    { status: 200, body: first, isReplay: true },
  )
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((each, at) => each === right[at])
}

/** What jobs do with an order in their own time: nobody asked for it, so it is not part of what shops were told. */
const ofTheJobs = ['suspicious']

/** By reference, so that an order is found whose token nobody was told. */
async function findOrders(pool: pg.Pool, orders: readonly Order[]): Promise<Map<string, Found[]>> {
  const { rows } = await pool.query<Found & { reference: string }>(
    `select p.merchant_reference as reference, p.payment_id as token, p.state,
       array_agg(concat_ws(' ', e.kind, case when e.kind <> 'attempt_started' then e.amount end) order by e.sequence) as events
     from payment p join event e on e.merchant_id = p.merchant_id and e.source_kind = 'p' and e.source_id = p.payment_id
     where p.merchant_reference = any($1) and e.kind <> all($2)
     group by p.merchant_id, p.payment_id`,
    [orders.map((order) => order.reference), ofTheJobs],
  )
  return Map.groupBy(rows, (row) => row.reference)
}
