import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { addMerchant, createAuthorized, createOrder, testEngine } from '../../../test/support/payments/engine.ts'
import {
  addSigningKey,
  standingClock,
  testEndpoints,
  testRenderers,
  testSealer,
} from '../../../test/support/protocols/webhooks.ts'
import { connectClient } from '../../db/wire/connection.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import { newSecret, signStandard } from '../../http/outgoing/standard-webhooks.ts'
import { day, type Instant, second } from '../../kernel/instant.ts'
import { createWebhookPrinter } from './print-webhook.ts'
import { createWebhookListeners, type HeardEvent } from './webhook-listeners.ts'
import { createWebhookLog } from './webhook-log.ts'

const database = await testDatabase()
const { pool } = database
const clock = standingClock()
const engine = testEngine(database.url, { clock })
const sealer = testSealer
const renderers = testRenderers
const print = createWebhookPrinter({ pool, sealer, renderers, signStandard, version: '0.0.0' })
const listeners = createWebhookListeners({ pool, clock, sealer, renderers, print, newSecret })
const log = createWebhookLog({ pool, clock, renderers: testRenderers, nudge: () => undefined })

async function shop(): Promise<{ merchant: MerchantTerms; listener: string; cursor: string }> {
  const merchant = await addMerchant(pool)
  await addSigningKey(pool, merchant, 'sp_test_key')
  const added = await listeners.add(merchant.id)
  assert.ok(added)
  return { merchant, listener: added.id, cursor: added.cursor }
}

async function read(
  { merchant, listener }: { merchant: MerchantTerms; listener: string },
  after: string,
  limit = 100,
): Promise<{ events: readonly HeardEvent[]; cursor: string }> {
  const heard = await listeners.read(merchant.id, listener, { after, limit })
  assert.ok(heard)
  return heard
}

test('hears what happens without any endpoint, signed and ready to be forwarded', async () => {
  const listening = await shop()
  const id = await createAuthorized(engine, listening.merchant, 10_000n, clock)
  const { events, cursor } = await read(listening, listening.cursor)
  assert.deepEqual(
    events.map(({ event, sourceId, isReplay }) => [event, sourceId, isReplay]),
    [
      ['created', id, false],
      ['authorized', id, false],
    ],
  )
  assert.ok(events[0]?.headers['x-scalapay-hmac-v1'])
  assert.equal(events[0]?.headers['webhook-id'], events[0]?.id)
  assert.deepEqual(await read(listening, cursor), { events: [], cursor })
})

test('reads in pages from where it stopped', async () => {
  const listening = await shop()
  for (let n = 0; n < 5; n++) await createOrder(engine, listening.merchant)
  const heard: string[] = []
  for (let after = listening.cursor; ; ) {
    const page = await read(listening, after, 2)
    if (page.events.length === 0) break
    heard.push(...page.events.map((event) => event.sourceId))
    after = page.cursor
  }
  assert.equal(new Set(heard).size, 5)
  assert.equal(heard.length, 5)
})

test('misses nothing that commits after something that began later, and waits for nothing that is open', async () => {
  const listening = await shop()
  const slow = await connectClient(database.url)
  await slow.query('begin')
  const first = await createOrder(engine, listening.merchant)
  const row = `insert into webhook_feed (merchant_id, endpoint_id, message_id, source_kind, source_id, sequence, event, is_replay, created_at)
    values ($1, $2, gen_random_uuid(), 'p', $3, 1, 'created', true, now())`
  await slow.query(row, [listening.merchant.id, listening.listener, first])
  const second = await createOrder(engine, listening.merchant)
  const before = await read(listening, listening.cursor)
  assert.deepEqual(
    before.events.map((event) => event.sourceId),
    [first, second],
    'what is committed is heard at once',
  )
  await slow.query('commit')
  await slow.end()
  const rest = await read(listening, before.cursor)
  assert.deepEqual(
    rest.events.map(({ sourceId, isReplay }) => [sourceId, isReplay]),
    [[first, true]],
  )
})

test('hears two events once each that nodes of a cluster, or two cells one after the other, gave the same number', async () => {
  const listening = await shop()
  for (let n = 0; n < 3; n++) await createOrder(engine, listening.merchant)
  const { rows } = await pool.query<{ row: string }>(
    'select f::text as row from webhook_feed f where endpoint_id = $1',
    [listening.listener],
  )
  await pool.query('delete from webhook_feed where endpoint_id = $1', [listening.listener])
  // As a move writes them.
  for (const { row } of rows) {
    const [merchantId, endpointId, , ...rest] = row.slice(1, -1).split(',')
    await pool.query(
      `insert into webhook_feed overriding system value select r.* from unnest($1::text[]::webhook_feed[]) r`,
      [[`(${[merchantId, endpointId, 7, ...rest].join(',')})`]],
    )
  }
  const { events } = await read(listening, listening.cursor, 2)
  const rest = await read(listening, events.at(-1)?.cursor ?? '')
  const heard = [...events, ...rest.events].map(({ sourceId }) => sourceId)
  assert.deepEqual([heard.length, new Set(heard).size], [3, 3])
})

test('misses nothing after its database was put back to a time before it had read so far', async () => {
  const listening = await shop()
  for (let n = 0; n < 3; n++) await createOrder(engine, listening.merchant)
  const { cursor } = await read(listening, listening.cursor)
  await pool.query('delete from webhook_feed where endpoint_id = $1 and position > 1', [listening.listener])
  await pool.query('update webhook_endpoint set fed_through = 1 where endpoint_id = $1', [listening.listener])
  const ids = [await createOrder(engine, listening.merchant), await createOrder(engine, listening.merchant)]
  for (const madeUp of ['9'.repeat(18), '9'.repeat(15), '2000000000'])
    assert.deepEqual((await read(listening, madeUp, 1)).events, [], 'a cursor that is nobody’s moves nothing')
  const { events } = await read(listening, cursor)
  assert.deepEqual(
    events.map((event) => [event.sourceId, event.cursor]),
    [
      [ids[0], '4'],
      [ids[1], '5'],
    ],
  )
})

test('two that read the same place at once hear the same', async () => {
  const listening = await shop()
  for (let n = 0; n < 4; n++) await createOrder(engine, listening.merchant)
  const pages = await Promise.all([1, 2, 3, 4].map(() => read(listening, listening.cursor)))
  const cursors = pages.map(({ events }) => events.map((event) => event.cursor))
  for (const each of cursors) assert.deepEqual(each, ['1', '2', '3', '4'])
  const heard = pages.map(({ events }) => events.map((event) => event.sourceId))
  for (const each of heard) assert.deepEqual(each, heard[0])
})

test('hears replays: of one delivery, of a range, and of a range without any endpoint', async () => {
  const listening = await shop()
  const { merchant } = listening
  await createOrder(engine, merchant)
  const range = { from: clock.now(), to: (clock.now() + second) as Instant, endpointId: null }
  assert.equal(await log.replayRange(merchant.id, range), 1)
  const endpoints = testEndpoints(pool, { clock })
  for (const path of ['one', 'two']) {
    const url = `http://127.0.0.1:9/${path}`
    assert.ok((await endpoints.add(merchant.id, { url, description: '', events: null })).ok)
  }
  const id = await createOrder(engine, merchant)
  const before = await read(listening, listening.cursor)
  assert.deepEqual(
    before.events.map((event) => event.isReplay),
    [false, true, false],
  )
  const filters = { state: null, endpointId: null, paymentId: id, before: null }
  const [delivery] = await log.list({ ...filters, merchantId: merchant.id, limit: 10 })
  assert.ok(delivery)
  assert.ok(await log.replay(merchant.id, delivery.id))
  assert.equal(await log.replayRange(merchant.id, range), 2, 'to both endpoints')
  const { events } = await read(listening, before.cursor)
  assert.deepEqual(
    events.map(({ sourceId, isReplay }) => [sourceId, isReplay]),
    [
      [id, true],
      [id, true],
    ],
    'but the listener hears it once for each replay',
  )
  assert.equal(events[0]?.id, delivery.id)
})

test("is nobody else's, ends when told to, and does not take a cursor that is none", async () => {
  const listening = await shop()
  const other = await shop()
  assert.equal(
    await listeners.read(other.merchant.id, listening.listener, { after: listening.cursor, limit: 10 }),
    undefined,
  )
  for (const after of ['', 'x', '-1', '1.5', '7213-4', '9999999999999999999']) {
    assert.equal(
      await listeners.read(listening.merchant.id, listening.listener, { after, limit: 10 }),
      undefined,
      after,
    )
  }
  assert.equal(await listeners.remove(other.merchant.id, listening.listener), false)
  assert.equal(await listeners.remove(listening.merchant.id, listening.listener), true)
  assert.equal(
    await listeners.read(listening.merchant.id, listening.listener, { after: listening.cursor, limit: 10 }),
    undefined,
  )
})

test('one that nobody stopped is forgotten after a week', async () => {
  const listening = await shop()
  await createOrder(engine, listening.merchant)
  clock.moveBy(8n * day)
  assert.ok(await listeners.add(listening.merchant.id))
  const feed = await pool.query('select 1 from webhook_feed where merchant_id = $1', [listening.merchant.id])
  assert.equal(feed.rowCount, 0)
})
