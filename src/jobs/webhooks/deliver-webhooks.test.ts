import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import {
  accepted,
  addMerchant,
  createAuthorized,
  createOrder,
  run,
  testEngine,
} from '../../../test/support/payments/engine.ts'
import { someTime } from '../../../test/support/payments/factories.ts'
import {
  addSigningKey,
  answering,
  type Receiver,
  standingClock,
  startReceiver,
  testClient,
  testDelivery,
  testEndpoints,
  testRenderers,
} from '../../../test/support/protocols/webhooks.ts'
import { createWebhookLog, type DeliveryRow } from '../../app/webhook/webhook-log.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { WebhookEvent } from '../../domain/webhook/event-name.ts'
import { mostAttempts, nextAttemptAt } from '../../domain/webhook/retry-schedule.ts'
import type { GuardedClient } from '../../http/outgoing/guarded-request.ts'
import { createGuardedClient } from '../../http/outgoing/guarded-request.ts'
import { hour, type Instant, second } from '../../kernel/instant.ts'
import { mostAtOnce } from './deliver-webhooks-health.ts'

const database = await testDatabase()
const { pool } = database
const clock = standingClock()
const client = testClient()
const engine = testEngine(database.url, { clock })
const endpoints = testEndpoints(pool, { clock })
const log = createWebhookLog({ pool, clock, renderers: testRenderers, nudge: () => undefined })

const apiKey = 'sp_test_key'

async function shop(
  receiver?: Pick<Receiver, 'url'>,
  events: readonly WebhookEvent[] | null = null,
): Promise<{ merchant: MerchantTerms; secret: string; endpointId: string }> {
  const merchant = await addMerchant(pool)
  await addSigningKey(pool, merchant, apiKey)
  if (!receiver) return { merchant, secret: '', endpointId: '' }
  const added = await endpoints.add(merchant.id, { url: receiver.url, description: '', events })
  assert.ok(added.ok)
  return { merchant, secret: added.value.secret, endpointId: added.value.endpoint.id }
}

async function deliveries(merchant: MerchantTerms): Promise<readonly DeliveryRow[]> {
  const filters = { state: null, endpointId: null, paymentId: null, before: null }
  return await log.list({ ...filters, merchantId: merchant.id, limit: 500 })
}

async function onlyDelivery(merchant: MerchantTerms): Promise<DeliveryRow> {
  const rows = await deliveries(merchant)
  assert.equal(rows.length, 1)
  return rows[0] as DeliveryRow
}

/** Nothing of an earlier test is due any more in the database that this file shares. */
async function clear(): Promise<void> {
  await pool.query('update webhook_endpoint set enabled = false')
}

function hmac(key: string | Buffer, text: string, encoding: 'hex' | 'base64'): string {
  return createHmac('sha256', key).update(text).digest(encoding)
}

function secretBytes(secret: string): Buffer {
  return Buffer.from(secret.slice('whsec_'.length), 'base64')
}

test('sends what happened with both signatures and the number of the event', async () => {
  await clear()
  const receiver = await startReceiver()
  const { merchant, secret } = await shop(receiver)
  const id = await createAuthorized(engine, merchant, 10_000n, clock)
  accepted(await run(engine, merchant, id, { kind: 'capture', amount: 10_000n }))
  assert.equal(receiver.requests.length, 0, 'nothing leaves before it is delivered')
  const delivery = testDelivery(database.url, clock, { client })
  assert.equal(await delivery.runDue(clock.now()), 3)
  assert.equal(await delivery.runDue(clock.now()), 0)
  assert.deepEqual(
    receiver.requests.map(({ body }) => JSON.parse(body).status),
    ['created', 'authorized', 'charged'],
  )
  const last = receiver.requests[2]
  assert.ok(last)
  assert.equal(last.body, `{"merchantReference":"ORDER-1","totalAmount":100,"status":"charged","orderToken":"${id}"}`)
  assert.equal(last.path, '/hooks?shop=7')
  assert.equal(last.headers['content-type'], 'application/json')
  assert.equal(last.headers['tercet-sequence'], '4')
  assert.equal(last.headers['user-agent'], 'Tercet/0.0.0')
  const millis = String(last.headers['x-scalapay-timestamp'])
  assert.equal(last.headers['x-scalapay-hmac-v1'], hmac(apiKey, `V1:${millis}:${last.body}`, 'hex'))
  const seconds = String(last.headers['webhook-timestamp'])
  const signed = `${last.headers['webhook-id']}.${seconds}.${last.body}`
  assert.equal(last.headers['webhook-signature'], `v1,${hmac(secretBytes(secret), signed, 'base64')}`)
  assert.ok(Number(seconds) * 1000 > someTime / 1000n, 'signed in real time although the clock stands in the past')
  const rows = (await deliveries(merchant)).toSorted((a, b) => b.sequence - a.sequence)
  assert.deepEqual(
    rows.map((row) => [row.event, row.state, row.attempts.length]),
    [
      ['captured', 'delivered', 1],
      ['authorized', 'delivered', 1],
      ['created', 'delivered', 1],
    ],
  )
})

test('a merchant without an endpoint has nothing in the outbox', async () => {
  const { merchant } = await shop()
  await createOrder(engine, merchant)
  assert.deepEqual(await deliveries(merchant), [])
})

const failures: Record<string, { answer: Receiver['answer']; status: number | null; error: RegExp | null }> = {
  'a 201': { answer: answering(201), status: 201, error: null },
  'a 204': { answer: answering(204), status: 204, error: null },
  'a 400': { answer: answering(400, 'x'.repeat(5_000)), status: 400, error: null },
  'a 500': { answer: answering(500, 'broken'), status: 500, error: null },
  'a redirect': { answer: answering(302, '', { location: 'http://127.0.0.1:1/' }), status: 302, error: null },
  'a closed connection': { answer: (response) => response.destroy(), status: null, error: /^reset: / },
  'no answer in time': { answer: () => undefined, status: null, error: /^timeout: / },
}

for (const [what, { answer, status, error }] of Object.entries(failures)) {
  test(`${what} is not a success: logged, and tried again`, async () => {
    await clear()
    const receiver = await startReceiver()
    receiver.answer = answer
    const { merchant } = await shop(receiver)
    await createOrder(engine, merchant)
    const delivery = testDelivery(database.url, clock, {
      client,
      deadlineMs: what === 'no answer in time' ? 30 : 10_000,
    })
    assert.equal(await delivery.runDue(clock.now()), 1)
    const row = await onlyDelivery(merchant)
    const [attempt] = row.attempts
    assert.ok(attempt)
    assert.equal(row.state, 'pending')
    assert.equal(attempt.status, status)
    if (error) assert.match(String(attempt.error), error)
    else assert.equal(attempt.error, null)
    if (status === 400) assert.equal(attempt.answer, 'x'.repeat(2_048), 'the first 2 KB of the answer are kept')
    const failedAt = (attempt.at + BigInt(attempt.latencyMs) * 1_000n) as Instant
    assert.equal(row.nextAttemptAt, nextAttemptAt(row.id, 1, failedAt))
    receiver.answer = answering(200)
    // With all the time it may take: only the first attempt is to be late.
    const patient = testDelivery(database.url, clock, { client })
    assert.equal(await patient.runDue(row.nextAttemptAt as Instant), 1)
    assert.equal((await onlyDelivery(merchant)).state, 'delivered')
    const [first, second] = receiver.requests
    assert.equal(first?.body, second?.body, 'a retry has the same bytes')
    assert.equal(first?.headers['webhook-id'], second?.headers['webhook-id'])
  })
}

test('a receiver that is down is tried again', async () => {
  await clear()
  const receiver = await startReceiver()
  await receiver.close()
  const { merchant } = await shop(receiver)
  await createOrder(engine, merchant)
  await testDelivery(database.url, clock, { client }).runDue(clock.now())
  const row = await onlyDelivery(merchant)
  assert.equal(row.state, 'pending')
  assert.match(String(row.attempts[0]?.error), /^connect: /)
})

test('a receiver that answers with 1 GB is cut off, and its status counts', async () => {
  await clear()
  const receiver = await startReceiver()
  let sent = 0
  const chunk = Buffer.alloc(65_536, 'x')
  receiver.answer = (response) => {
    response.writeHead(200)
    const more = (): void => {
      while (sent < 1_000_000_000 && !response.destroyed) {
        sent += chunk.length
        if (!response.write(chunk)) {
          response.once('drain', more)
          return
        }
      }
      response.end()
    }
    more()
  }
  const { merchant } = await shop(receiver)
  await createOrder(engine, merchant)
  await testDelivery(database.url, clock, { client }).runDue(clock.now())
  const row = await onlyDelivery(merchant)
  assert.equal(row.state, 'delivered')
  assert.equal(row.attempts[0]?.answer?.length, 2_048)
  assert.ok(sent < 100_000_000, `only ${sent} bytes left the receiver`)
})

const alwaysFailing: GuardedClient = {
  send: async () => ({ kind: 'answered', status: 500, body: '', headers: {}, milliseconds: 0 }),
  download: async () => ({ kind: 'refused', reason: 'host' }),
  close: async () => undefined,
}

test('is tried exactly as the schedule says, then dead and visible, and the endpoint still hears of new events', async () => {
  await clear()
  const receiver = await startReceiver()
  const { merchant } = await shop(receiver)
  await createOrder(engine, merchant)
  const told: string[] = []
  const onTried = (state: string) => void told.push(state)
  const failing = testDelivery(database.url, clock, { client: alwaysFailing, onTried })
  const expected: Instant[] = []
  const { id } = await onlyDelivery(merchant)
  for (let at: Instant | null = clock.now(), n = 1; at !== null; at = nextAttemptAt(id, n++, at)) expected.push(at)
  for (;;) {
    const due = await failing.nextDue()
    if (due === null) break
    assert.equal(await failing.runDue(due), 1)
  }
  const row = await onlyDelivery(merchant)
  assert.equal(row.state, 'dead')
  assert.equal(row.attempts.length, mostAttempts)
  assert.deepEqual(
    row.attempts.map((attempt) => attempt.at),
    expected,
  )
  await createOrder(engine, merchant)
  const delivery = testDelivery(database.url, clock, { client, onTried })
  assert.equal(await delivery.runDue(clock.now()), 1)
  assert.equal(receiver.requests.length, 1)
  assert.deepEqual(told, [...Array.from({ length: mostAttempts - 1 }, () => 'pending'), 'dead', 'delivered'])
})

test('a receiver that keeps a moved clock waiting for too long is left out of that move, and hears of everything after it', async () => {
  await clear()
  const [silent, prompt] = await Promise.all([startReceiver(), startReceiver()])
  const [{ merchant }, { merchant: other }] = [await shop(silent), await shop(prompt)]
  const oneHangs: GuardedClient = {
    ...alwaysFailing,
    send: async ({ url, deadlineMs = 10_000 }) =>
      url.startsWith(silent.url)
        ? { kind: 'failed', error: 'timeout', detail: '', milliseconds: deadlineMs }
        : { kind: 'answered', status: 200, body: '', headers: {}, milliseconds: 1 },
  }
  const delivery = testDelivery(database.url, clock, { client: oneHangs, mostWaitMs: 0 })
  const endMove = await delivery.suspend()
  await createOrder(engine, merchant)
  assert.equal(await delivery.runDue(clock.now()), 1)
  for (const each of [merchant, other]) await createOrder(engine, each)
  assert.equal(await delivery.runDue(clock.now()), 1, 'of the one that answers')
  assert.equal(await delivery.nextDue(), null)
  endMove()
  assert.equal(await delivery.runDue(clock.now()), 1, 'what was left')
  assert.deepEqual(
    (await deliveries(merchant)).map(({ attempts }) => attempts.length),
    [1, 1],
  )
})

test('a target that the guard refuses is dead at once', async () => {
  await clear()
  const { merchant } = await shop({ url: 'http://127.0.0.1:9/' })
  await createOrder(engine, merchant)
  const strict = createGuardedClient({ allowLoopback: false })
  await testDelivery(database.url, clock, { client: strict }).runDue(clock.now())
  await strict.close()
  const row = await onlyDelivery(merchant)
  assert.equal(row.state, 'dead')
  assert.equal(row.attempts[0]?.error, 'refused: loopback')
})

test('without a live API key to sign with, the message waits and says so', async () => {
  await clear()
  const receiver = await startReceiver()
  const { merchant } = await shop(receiver)
  await pool.query('update api_key set revoked_at = now() where merchant_id = $1', [merchant.id])
  await createOrder(engine, merchant)
  const delivery = testDelivery(database.url, clock, { client })
  await delivery.runDue(clock.now())
  const row = await onlyDelivery(merchant)
  assert.equal(row.state, 'pending')
  assert.equal(row.attempts[0]?.error, 'not sent: there is no live API key to sign with')
  assert.equal(receiver.requests.length, 0)
  assert.deepEqual(delivery.errors, [], "which is the merchant's own affair")
})

test('an event that the protocol has no word for is not sent', async () => {
  await clear()
  const receiver = await startReceiver()
  const { merchant } = await shop(receiver, ['refunded'])
  // Refused today, and what an endpoint of an older version may still ask for.
  await pool.query(`update webhook_endpoint set events = '{delayed}' where merchant_id = $1`, [merchant.id])
  const id = await createAuthorized(engine, merchant, 10_000n, clock)
  accepted(await run(engine, merchant, id, { kind: 'delay', periodMs: 86_400_000 }))
  await testDelivery(database.url, clock, { client }).runDue(clock.now())
  const row = await onlyDelivery(merchant)
  assert.deepEqual([row.event, row.state, row.attempts.length], ['delayed', 'skipped', 0])
})

test('what was committed before a crash is delivered by the next process', async () => {
  await clear()
  const receiver = await startReceiver()
  const { merchant } = await shop(receiver)
  await createOrder(engine, merchant)
  const next = testDelivery(database.url, clock, { client, pollMs: 3_600_000 })
  next.start()
  await receiver.received(1)
  await next.stop()
  assert.equal((await onlyDelivery(merchant)).state, 'delivered')
})

test('what was delivered but not recorded before a crash is delivered again, under the same id', async () => {
  await clear()
  const receiver = await startReceiver()
  const { merchant } = await shop(receiver)
  await createOrder(engine, merchant)
  const answers: (() => void)[] = []
  receiver.answer = (response) => answers.push(() => response.writeHead(200).end())
  const doomed = testDelivery(database.url, clock, { client, leaseMs: 1 })
  const run = doomed.runDue(clock.now())
  await receiver.received(1)
  await doomed.pool.end()
  for (const answer of answers) answer()
  await run
  assert.equal(doomed.errors.length, 1)
  assert.equal((await onlyDelivery(merchant)).state, 'pending')
  receiver.answer = answering(200)
  const next = testDelivery(database.url, clock, { client })
  assert.equal(await next.runDue(clock.now()), 1)
  const [first, second] = receiver.requests
  assert.equal(first?.headers['webhook-id'], second?.headers['webhook-id'])
  assert.equal((await onlyDelivery(merchant)).state, 'delivered')
})

test('nobody takes a message that another process holds', async () => {
  await clear()
  const receiver = await startReceiver()
  const { merchant } = await shop(receiver)
  await createOrder(engine, merchant)
  const answers: (() => void)[] = []
  receiver.answer = (response) => answers.push(() => response.writeHead(200).end())
  const first = testDelivery(database.url, clock, { client })
  const second = testDelivery(database.url, clock, { client })
  const running = first.runDue(clock.now())
  await receiver.received(1)
  assert.equal(await second.nextDue(), null)
  assert.equal(await second.runDue(clock.now()), 0)
  for (const answer of answers) answer()
  assert.equal(await running, 1)
  assert.equal(receiver.requests.length, 1)
})

test('two servers share one outbox: every message once', async () => {
  await clear()
  const receiver = await startReceiver()
  const { merchant } = await shop(receiver, ['created'])
  await Promise.all(Array.from({ length: 300 }, () => createOrder(engine, merchant)))
  const servers = [
    testDelivery(database.url, clock, { client, pollMs: 20 }),
    testDelivery(database.url, clock, { client, pollMs: 20 }),
  ]
  for (const server of servers) server.start()
  await receiver.received(300)
  for (const server of servers) await server.stop()
  const rows = await deliveries(merchant)
  assert.equal(rows.filter((row) => row.state === 'delivered').length, 300)
  assert.ok(rows.every((row) => row.attempts.length === 1))
  assert.equal(new Set(receiver.requests.map((request) => request.headers['webhook-id'])).size, 300)
  for (const server of servers) assert.deepEqual(server.errors, [])
})

test('a later event of an order does not overtake an earlier one that is under way', async () => {
  await clear()
  const receiver = await startReceiver()
  const { merchant } = await shop(receiver)
  const ids = await Promise.all(Array.from({ length: 8 }, () => createAuthorized(engine, merchant, 10_000n, clock)))
  let open = 0
  receiver.answer = (response, { body }) => {
    open += 1
    const answer = (): void => void response.writeHead(200).end()
    // Whoever is asked first answers last.
    if (JSON.parse(body).status === 'created') setImmediate(() => setImmediate(answer))
    else answer()
  }
  await testDelivery(database.url, clock, { client }).runDue(clock.now())
  assert.equal(open, 16)
  for (const id of ids) {
    const sequences = receiver.requests.filter(({ body }) => body.includes(id)).map((r) => r.headers['tercet-sequence'])
    assert.deepEqual(sequences, ['1', '3'])
  }
})

test(
  'what is committed while every connection is in use leaves once one is free, without waiting for a poll',
  {
    timeout: 30_000,
  },
  async () => {
    await clear()
    const receiver = await startReceiver()
    const { merchant } = await shop(receiver)
    const delivery = testDelivery(database.url, clock, { client, pollMs: 3_600_000 })
    delivery.start()
    const nudging = testEngine(database.url, {
      clock,
      onWebhooks: (merchants) => merchants.forEach(delivery.nudge, delivery),
    })
    const create = (count: number) => Promise.all(Array.from({ length: count }, () => createOrder(nudging, merchant)))
    await create(100)
    await receiver.received(100)
    const { answer } = receiver
    const held: (() => void)[] = []
    receiver.answer = (response, request) => void held.push(() => answer(response, request))
    await create(120)
    await receiver.received(100 + mostAtOnce)
    await create(1)
    receiver.answer = answer
    for (const release of held) release()
    await receiver.received(221)
    await delivery.stop()
  },
)

test('a filter lets through what it names', async () => {
  await clear()
  const receiver = await startReceiver()
  const { merchant } = await shop(receiver, ['authorized', 'partially_refunded'])
  const id = await createAuthorized(engine, merchant, 10_000n, clock)
  accepted(await run(engine, merchant, id, { kind: 'capture', amount: 10_000n }))
  await testDelivery(database.url, clock, { client }).runDue(clock.now())
  assert.deepEqual(
    (await deliveries(merchant)).map((row) => row.event),
    ['authorized'],
  )
})

test('each endpoint of a merchant gets its own message', async () => {
  await clear()
  const [one, two] = [await startReceiver(), await startReceiver()]
  const { merchant } = await shop(one)
  assert.ok((await endpoints.add(merchant.id, { url: two.url, description: '', events: null })).ok)
  await createOrder(engine, merchant)
  assert.equal(await testDelivery(database.url, clock, { client }).runDue(clock.now()), 2)
  assert.equal(one.requests[0]?.body, two.requests[0]?.body)
  assert.notEqual(one.requests[0]?.headers['webhook-id'], two.requests[0]?.headers['webhook-id'])
})

test('what happens while an endpoint is disabled waits until it is enabled; of a deleted one it is dead', async () => {
  await clear()
  const receiver = await startReceiver()
  const { merchant, endpointId } = await shop(receiver)
  const delivery = testDelivery(database.url, clock, { client })
  await endpoints.change(merchant.id, endpointId, { enabled: false })
  await createOrder(engine, merchant)
  assert.equal(await delivery.nextDue(), null)
  assert.equal(await delivery.runDue(clock.now()), 0)
  await endpoints.change(merchant.id, endpointId, { enabled: true })
  assert.equal(await delivery.runDue(clock.now()), 1)
  clock.moveBy(second)
  await createOrder(engine, merchant)
  assert.equal(await endpoints.remove(merchant.id, endpointId), true)
  assert.equal(await delivery.runDue(clock.now()), 0)
  await createOrder(engine, merchant)
  assert.deepEqual(
    (await deliveries(merchant)).map((row) => row.state),
    ['dead', 'delivered'],
  )
})

test('after a rotation both secrets sign, and after a day only the new one', async () => {
  await clear()
  const receiver = await startReceiver()
  const { merchant, endpointId, secret: old } = await shop(receiver)
  const rotated = await endpoints.rotate(merchant.id, endpointId)
  assert.ok(rotated.ok)
  const fresh = rotated.value.secret
  const delivery = testDelivery(database.url, clock, { client })
  const signersAt = async (at: Instant): Promise<string[]> => {
    await createOrder(engine, merchant)
    await delivery.runDue(at)
    const { headers, body } = receiver.requests.at(-1) as (typeof receiver.requests)[number]
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
    return String(headers['webhook-signature'])
      .split(' ')
      .map((signature) =>
        ['old', 'new']
          .filter((_, at) => `v1,${hmac(secretBytes(at === 0 ? old : fresh), signed, 'base64')}` === signature)
          .join(),
      )
  }
  const day = 24n * hour
  assert.deepEqual(await signersAt((clock.now() + day - second) as Instant), ['new', 'old'])
  assert.deepEqual(await signersAt((clock.now() + day) as Instant), ['new'])
})

test('one delivery, or all of a time range, is sent again under the same id', async () => {
  await clear()
  const receiver = await startReceiver()
  const { merchant } = await shop(receiver)
  const delivery = testDelivery(database.url, clock, { client })
  await createOrder(engine, merchant)
  const from = clock.now()
  clock.moveBy(hour)
  await createOrder(engine, merchant)
  const to = clock.now()
  await delivery.runDue(clock.now())
  const [later, earlier] = await deliveries(merchant)
  assert.ok(later && earlier)
  assert.equal(await log.replay(merchant.id, earlier.id), true)
  assert.equal(await delivery.runDue(clock.now()), 1)
  assert.equal(receiver.requests.at(-1)?.headers['webhook-id'], earlier.id)
  assert.equal((await deliveries(merchant))[1]?.attempts.length, 2)
  assert.equal(await log.replayRange(merchant.id, { from, to, endpointId: null }), 1, 'the end is not part of it')
  assert.equal(await delivery.runDue(clock.now()), 1)
  assert.equal(receiver.requests.at(-1)?.headers['webhook-id'], earlier.id)
  assert.equal(await log.replayRange(merchant.id, { from, to: (to + second) as Instant, endpointId: null }), 2)
  const { merchant: other } = await shop()
  assert.equal(await log.replay(other.id, earlier.id), false)
  assert.equal(await log.replayRange(other.id, { from, to: (to + second) as Instant, endpointId: null }), 0)
})

test('a receiver that hangs on ten thousand messages delays nobody else', async () => {
  await clear()
  const [hanging, quick] = [await startReceiver(), await startReceiver()]
  hanging.answer = () => undefined
  const { merchant: stuck } = await shop(hanging)
  const { merchant: lucky } = await shop(quick, ['created'])
  await createOrder(engine, stuck)
  await pool.query(
    `insert into webhook_message (merchant_id, message_id, endpoint_id, source_kind, source_id, sequence, event,
       next_attempt_at, created_at)
     select merchant_id, time_ordered_uuid(created_at), endpoint_id, source_kind, source_id, sequence, event,
       next_attempt_at, created_at
     from webhook_message, generate_series(1, 10000) where merchant_id = $1`,
    [stuck.id],
  )
  // Longer than the test takes on any machine: how many are asked at once is what is counted, not how often time ran out.
  const delivery = testDelivery(database.url, clock, { pollMs: 20, client, deadlineMs: 120_000 })
  delivery.start()
  await hanging.received(1)
  await Promise.all(Array.from({ length: 200 }, () => createOrder(engine, lucky)))
  delivery.nudge(lucky.id)
  await quick.received(200)
  assert.ok(hanging.requests.length <= 32, `${hanging.requests.length} requests at the one that hangs`)
  await hanging.close()
  await delivery.stop()
  assert.ok((await deliveries(lucky)).every((row) => row.state === 'delivered'))
})
