import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { request } from 'undici'
import { runningEmbedded } from '../../src/db/embedded/embedded.ts'
import { connectPool } from '../../src/db/wire/connection.ts'
import { sandboxCatalogue, simulatedInstance } from '../../src/domain/catalogue/file/sandbox-catalogue.ts'
import { scalapayMerchantKey, secondScalapayMerchantKey } from '../../src/main/fixtures.ts'
import { makeTestFolder } from '../support/folder.ts'
import { startServer } from '../support/load/started.ts'
import { anOrder } from '../support/payments/orders.ts'
import { aPayment, approvedCard, channel } from '../support/protocols/salescloud.ts'
import { startReceiver } from '../support/protocols/webhooks.ts'

const limit = { timeout: 240_000 }
const day = 86_400_000

const { folder, remove } = await makeTestFolder()
after(remove)
const server = await startServer({ folder })
const pool = connectPool((await runningEmbedded(folder)) ?? assert.fail('its database runs'))
after(() => pool.end())

type Answer = { readonly status: number; readonly body: Record<string, unknown> }

async function ask(path: string, sent?: object, key = scalapayMerchantKey): Promise<Answer> {
  const { statusCode, body } = await request(`${server.url}${path}`, {
    method: sent ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${key}`, ...(sent && { 'content-type': 'application/json' }) },
    ...(sent && { body: JSON.stringify(sent) }),
    headersTimeout: limit.timeout,
  })
  return { status: statusCode, body: (await body.json()) as Answer['body'] }
}

async function must(path: string, sent?: object, key?: string): Promise<Answer['body']> {
  const { status, body } = await ask(path, sent, key)
  assert.equal(status, 200, `${path}: ${JSON.stringify(body)}`)
  return body
}

/** The card pays and the shop captures; answers the statuses of the three steps. */
async function sell(key?: string): Promise<{ token: string; statuses: readonly number[] }> {
  const made = await ask('/v2/orders', anOrder(), key)
  const token = String(made.body.token)
  if (made.status !== 200) return { token, statuses: [made.status] }
  const paid = await ask(`/sandbox/orders/${token}/authorize`, { cardNumber: '4242424242424242' }, key)
  const captured = await ask('/v2/payments/capture', { token }, key)
  return { token, statuses: [made.status, paid.status, captured.status] }
}

type Instalment = { readonly dueAt: string; readonly status: string }

async function planOf(token: string): Promise<readonly Instalment[]> {
  return (await must(`/sandbox/orders/${token}/plan`)).instalments as Instalment[]
}

test(
  'a move by a month ends while shops go on selling, and all that was due has happened, at its date',
  limit,
  async () => {
    const receiver = await startReceiver()
    for (const key of [scalapayMerchantKey, secondScalapayMerchantKey])
      await must('/sandbox/webhooks/endpoint', { url: receiver.url }, key)
    const { token, statuses } = await sell()
    assert.deepEqual(statuses, [200, 200, 200])
    const { token: unpaid } = await must('/v2/orders', anOrder())
    const second = (await planOf(token))[1]
    assert(second?.status === 'scheduled')
    const stop = new AbortController()
    const sold: number[] = []
    const shops = [scalapayMerchantKey, secondScalapayMerchantKey].flatMap((key) =>
      [1, 2].map(() => sellUntil(stop.signal, key, sold)),
    )
    await server.until(async () => sold.length > 0)
    const to = new Date(Date.parse(second.dueAt) + 2 * day).toISOString()
    await must('/sandbox/clock', { to }).catch((error) => {
      stop.abort()
      throw error
    })
    const { rows: attempts } = await pool.query<{ at: string; state: string }>(
      `select to_char(started_at at time zone 'Europe/Rome', 'YYYY-MM-DD') as at, state from attempt
      where payment_id = $1 and instalment = 2`,
      [token],
    )
    const { rows: ended } = await pool.query('select state from payment where payment_id = $1', [unpaid])
    stop.abort()
    await Promise.all(shops)
    assert.deepEqual(attempts, [{ at: second.dueAt.slice(0, 10), state: 'succeeded' }])
    assert.deepEqual(ended, [{ state: 'expired' }])
    assert.deepEqual(await eventsBeforeTheirPredecessor(), [])
    assert((await stopsOfTheClock()) < 510)
    await server.until(async () => (await dueBy(to)) === 0)
    for (const event of [token, unpaid]) assert(receiver.requests.some(({ body }) => body.includes(String(event))))
  },
)

/** Twenty orders a second in all, where the machine can; the clock may run away from any of them between two steps. */
async function sellUntil(stopped: AbortSignal, key: string, sold: number[]): Promise<void> {
  while (!stopped.aborted) {
    const { statuses } = await sell(key)
    sold.push(...statuses)
    await pause(100)
  }
}

async function eventsBeforeTheirPredecessor(): Promise<object[]> {
  const { rows } = await pool.query(
    `select kind, at, before from (
       select *, lag(at) over (partition by merchant_id, source_kind, source_id order by sequence) as before from event) e
     where at < before`,
  )
  return rows
}

/** How often the clock was set, by the database's own count of a session that has ended. */
async function stopsOfTheClock(): Promise<number> {
  const moving = `select 1 from pg_stat_activity where application_name = 'tercet-clock' and datname = current_database()`
  await server.until(async () => (await pool.query(moving)).rowCount === 0)
  const { rows } = await pool.query<{ n: number }>(
    `select n_tup_upd::int as n from pg_stat_user_tables where relname = 'sandbox_clock'`,
  )
  const count = rows[0]?.n ?? 0
  assert(count > 1, 'it stopped on its way')
  return count
}

async function dueBy(at: string): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select (select count(*) from webhook_message where state = 'pending' and next_attempt_at <= $1)::int
       + (select count(*) from payment where timer_at <= $1)::int
       + (select count(*) from attempt where state = 'pending' and check_at <= $1)::int
       + (select count(*) from instalment_plan where check_at <= $1)::int as n`,
    [at],
  )
  return rows[0]?.n ?? 0
}

test('declines a card that the sandbox clock has outlived at the simulated acquirer as well', limit, async () => {
  const path = `/v/1/${sandboxCatalogue.organization.uuid}/${channel}/${simulatedInstance}`
  const { now } = await must('/sandbox/clock')
  const soon = new Date(Date.parse(String(now)) + 40 * day)
  const expiry = { expiryMonth: String(soon.getUTCMonth() + 1), expiryYear: String(soon.getUTCFullYear()) }
  const pay = async () => (await ask(path, aPayment({ details: { ...approvedCard, ...expiry } }))).body.errorCode
  await server.until(async () => (await pay()) === 0)
  await must('/sandbox/clock', { advanceMilliseconds: 100 * day })
  assert.equal(await pay(), 20)
  server.child.kill('SIGTERM')
  assert.equal((await server.ended).code, 0)
})
