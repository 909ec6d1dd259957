import assert from 'node:assert/strict'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { request } from 'undici'
import { scalapayMerchantKey } from '../../src/main/fixtures.ts'
import { testDatabase } from '../support/database.ts'
import { makeTestFolder } from '../support/folder.ts'
import { type Started, startServer } from '../support/load/started.ts'
import { anOrder } from '../support/payments/orders.ts'

const [hour, day] = [3_600_000, 86_400_000]

const { folder, remove } = await makeTestFolder()
const { url: database, pool } = await testDatabase()
const receiver = await startReceiver()
const [left, right] = await startTwo()
after(async () => {
  for (const { child, ended } of [left, right]) {
    child.kill('SIGCONT')
    child.kill('SIGTERM')
    await ended
  }
  receiver.close()
  await remove()
})

test('the events of a payment never go back in time, whichever server acts while the clock is moved on another one', async () => {
  const tokens = await Promise.all([left, right, left].map(authorizedOrder))
  for (let round = 0; round < 4; round++) {
    await ask(left, '/sandbox/clock', { advanceMilliseconds: hour })
    // At once: the other server has not seen the move yet.
    await Promise.all(
      tokens.map(async (token) => {
        if (round === 0) return void (await ask(left, '/v2/payments/capture', { token }))
        for (const server of [left, right, left, right]) await refund(server, token)
      }),
    )
  }
  await agreed()
  const [first, second] = [await authorizedOrder(left), await authorizedOrder(right)]
  await Promise.all([
    ask(left, '/sandbox/clock', { advanceMilliseconds: 3 * day }),
    act(right, first, 20),
    act(left, second, 20),
  ])
  assert.deepEqual(await eventsBeforeTheirPredecessor(), [])
})

test('a move of the clock answers when nothing due is left, also of a server that was killed meanwhile', async () => {
  await agreed()
  // Only the other one sends: it is stopped with messages in hand, and killed once the move waits for them.
  left.child.kill('SIGSTOP')
  await ask(right, '/sandbox/webhooks/endpoint', { url: receiver.url })
  const tokens = await Promise.all(Array.from({ length: 8 }, () => authorizedOrder(right)))
  await Promise.all(tokens.slice(4).map((token) => ask(right, '/v2/payments/capture', { token })))
  await until(async () => {
    right.child.kill('SIGCONT')
    await pause(50)
    right.child.kill('SIGSTOP')
    return receiver.hanging() > 0 && (await count(inHand)) > 0
  })
  receiver.answerOthers()
  left.child.kill('SIGCONT')
  const to = new Date(Date.now() + 45 * day).toISOString()
  const moving = ask(left, '/sandbox/clock', { to })
  await until(async () => (await count(movers)) > 0)
  right.child.kill('SIGKILL')
  await right.ended
  await Promise.race([lookedTwice(), moving.then(() => assert.fail('it waits for what the other one had in hand'))])
  // A lease is a minute of real time: here it is over at once.
  await pool.query(
    `update webhook_message set claimed_until = now() where state = 'pending' and claimed_until is not null`,
  )
  await moving
  assert.equal(await dueBy(to), 0)
  assert.deepEqual(await eventsBeforeTheirPredecessor(), [])
  for (const token of tokens) assert(receiver.heardOf(token), 'its messages came')
})

/** The mover asks again and again whether the other server still has something in hand. */
async function lookedTwice(): Promise<void> {
  const looks = new Set<bigint>()
  await until(async () => {
    const { rows } = await pool.query<{ at: bigint }>(
      `select query_start as at from pg_stat_activity
        where datname = current_database() and query like '%claimed_until >= clock_timestamp()%' and pid <> pg_backend_pid()`,
    )
    for (const { at } of rows) looks.add(at)
    return looks.size > 1
  })
}

const inHand = `select count(*)::int as n from webhook_message where state = 'pending' and claimed_until > now()`
const movers = `select count(*)::int as n from pg_stat_activity
  where application_name = 'tercet-clock' and datname = current_database()`

async function startTwo(): Promise<readonly [Started, Started]> {
  const start = (name: string) =>
    startServer({
      folder: join(folder, name),
      environment: { DATABASE_URL: database, TERCET_SECRET_KEY: '7'.repeat(64) },
    })
  // The first one migrates and brings the sandbox's fixtures.
  const first = await start('left')
  return [first, await start('right')]
}

async function ask(server: Started, path: string, body: object): Promise<Record<string, unknown>> {
  const { statusCode, body: answer } = await request(`${server.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${scalapayMerchantKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    headersTimeout: 240_000,
    bodyTimeout: 240_000,
  })
  const text = await answer.text()
  assert.equal(statusCode, 200, `${path}: ${text}`)
  return JSON.parse(text)
}

async function authorizedOrder(server: Started): Promise<string> {
  const { token } = await ask(server, '/v2/orders', anOrder())
  await ask(server, `/sandbox/orders/${token}/authorize`, { cardNumber: '4242424242424242' })
  return String(token)
}

/** A server hears of a move that another one made within a quarter of a second; until then it makes orders that are old at once. */
async function agreed(): Promise<void> {
  const timeOf = async ({ url }: Started) => {
    const headers = { authorization: `Bearer ${scalapayMerchantKey}` }
    const { now } = (await (await request(`${url}/sandbox/clock`, { headers })).body.json()) as { now: string }
    return Date.parse(now)
  }
  await until(async () => {
    const [here, there] = await Promise.all([timeOf(left), timeOf(right)])
    return Math.abs(here - there) < hour / 2
  })
}

async function refund(server: Started, token: string): Promise<void> {
  await ask(server, `/v2/payments/${token}/refund`, { refundAmount: { amount: '1.00', currency: 'EUR' } })
}

/** A capture, and refunds one after another. */
async function act(server: Started, token: string, refunds: number): Promise<void> {
  await ask(server, '/v2/payments/capture', { token })
  for (let made = 0; made < refunds; made++) await refund(server, token)
}

async function eventsBeforeTheirPredecessor(): Promise<object[]> {
  const { rows } = await pool.query(
    `select source_kind, kind, at, before from (
       select *, lag(at) over (partition by merchant_id, source_kind, source_id order by sequence) as before from event) e
     where at < before`,
  )
  return rows
}

/** Everything that should have happened by then. */
async function dueBy(now: string): Promise<number> {
  return await count(
    `select (select count(*) from webhook_message where state = 'pending' and next_attempt_at <= $1)::int
       + (select count(*) from payment where timer_at <= $1)::int
       + (select count(*) from attempt where state = 'pending' and check_at <= $1)::int
       + (select count(*) from message where state = 'pending' and next_attempt_at <= $1)::int
       + (select count(*) from instalment_plan where check_at <= $1)::int as n`,
    [now],
  )
}

async function count(text: string, values: readonly string[] = []): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(text, [...values])
  return rows[0]?.n ?? 0
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(20)
}

/** Lets everybody wait until it is told to answer what comes from then on. */
async function startReceiver() {
  const waiting: ServerResponse[] = []
  const heard: string[] = []
  let answers = false
  const server = createServer((incoming, response) => {
    let body = ''
    incoming.on('data', (chunk) => {
      body += String(chunk)
    })
    incoming.on('end', () => {
      if (!answers) return void waiting.push(response)
      heard.push(body)
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    hanging: () => waiting.length,
    answerOthers: () => {
      answers = true
    },
    heardOf: (token: string) => heard.some((body) => body.includes(token)),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
