import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { addMerchant, createAuthorized, createOrder, run, testEngine } from '../../../test/support/payments/engine.ts'
import {
  standingClock,
  startReceiver,
  testClient,
  testDelivery,
  testEndpoints,
  testRenderers,
  testSealer,
} from '../../../test/support/protocols/webhooks.ts'
import { hashKey } from '../../app/merchant/hash-key.ts'
import { createMerchantDirectory } from '../../app/merchant/merchant-directory.ts'
import { createWriteOnce } from '../../app/shared/write-once.ts'
import { createWebhookPrinter } from '../../app/webhook/print-webhook.ts'
import { createWebhookListeners } from '../../app/webhook/webhook-listeners.ts'
import { createWebhookLog } from '../../app/webhook/webhook-log.ts'
import { insertApiKey } from '../../db/merchant/api-keys.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import { createLogger } from '../../http/logger.ts'
import { newSecret, signStandard } from '../../http/outgoing/standard-webhooks.ts'
import { buildServer } from '../../http/server.ts'
import { isoOf, plus, second } from '../../kernel/instant.ts'
import { type TercetApp, tercet } from './index.ts'

const database = await testDatabase()
const { pool } = database
const clock = standingClock()
const engine = testEngine(database.url, { clock })
const client = testClient()
const delivery = testDelivery(database.url, clock, { client })
const nudged: number[] = []
const nudge = (merchantId: number) => void nudged.push(merchantId)
const sealing = { sealer: testSealer, renderers: testRenderers }
const print = createWebhookPrinter({ ...sealing, pool, signStandard, version: '0.0.0' })
const management = {
  endpoints: testEndpoints(pool, { clock, nudge }),
  once: createWriteOnce({ pool, clock, sealer: testSealer }),
  log: createWebhookLog({ pool, clock, renderers: testRenderers, nudge }),
  listeners: createWebhookListeners({ ...sealing, pool, clock, print, newSecret }),
}

async function serve(mode: TercetApp['mode']): ReturnType<typeof buildServer> {
  const server = await buildServer<TercetApp>({
    app: { mode, isBehindProxy: false, merchants: createMerchantDirectory(pool) },
    protocols: [tercet(management, undefined)],
    pages: [],
    operations: { isReady: async () => true, metrics: async () => ({ contentType: 'text/plain', text: '' }) },
    docs: { title: 'Test', version: '0', description: '', publicUrl: 'http://tercet.test' },
    logger: createLogger({ destination: { write: () => undefined } }),
  })
  after(() => server.close())
  return server
}

const server = await serve('sandbox')

async function addKey(merchant: MerchantTerms, key: string, kind = 'merchant'): Promise<void> {
  const sealed = testSealer.seal(key)
  const names = { id: `id-${key}`, kind, protocol: 'scalapay', last4: key.slice(-4) } as const
  await insertApiKey(pool, { ...names, hash: hashKey(key), merchantId: merchant.id, sealed })
}

const merchant = await addMerchant(pool)
const rival = await addMerchant(pool)
await addKey(merchant, 'key-one')
await addKey(rival, 'key-two')
await addKey(merchant, 'key-device', 'device')

type Answer = { readonly status: number; readonly body: Record<string, unknown> }

async function ask(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  body?: unknown,
  key = 'key-one',
  more: Record<string, string> = {},
): Promise<Answer> {
  const payload = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await server.inject({
    method,
    url,
    headers: {
      authorization: `Bearer ${key}`,
      ...more,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { payload }),
  })
  return { status: response.statusCode, body: response.body === '' ? {} : response.json() }
}

const path = '/tercet/webhooks/endpoints'

test('an endpoint is added with a secret that is never shown again, changed, rotated and deleted', async () => {
  const added = await ask('POST', path, { url: 'https://SHOP.example/hooks?a=1', events: ['captured', 'created'] })
  assert.equal(added.status, 201)
  const { id, secret, ...rest } = added.body
  assert.match(String(secret), /^whsec_/)
  const view = {
    url: 'https://shop.example/hooks?a=1',
    description: '',
    events: ['created', 'captured'],
    enabled: true,
    createdAt: isoOf(clock.now()),
    previousSecretUntil: null,
  }
  assert.deepEqual(rest, view)
  assert.deepEqual((await ask('GET', path)).body, { endpoints: [{ id, ...view }] })
  const stored = await pool.query<{ secret: Buffer }>('select secret from webhook_endpoint where endpoint_id = $1', [
    id,
  ])
  assert.ok(!stored.rows[0]?.secret.includes(String(secret)), 'sealed at rest')
  const changed = await ask('PATCH', `${path}/${id}`, { description: 'new', enabled: false })
  assert.deepEqual(changed.body, { id, ...view, description: 'new', enabled: false })
  assert.deepEqual((await ask('PATCH', `${path}/${id}`, { events: null })).body.enabled, false)
  const rotated = await ask('POST', `${path}/${id}/rotate`)
  assert.notEqual(rotated.body.secret, secret)
  assert.equal(rotated.body.previousSecretUntil, isoOf(plus(clock.now(), 86_400n * second)))
  assert.equal((await ask('DELETE', `${path}/${id}`)).status, 204)
  assert.equal((await ask('DELETE', `${path}/${id}`)).status, 404)
  assert.deepEqual((await ask('GET', path)).body, { endpoints: [] })
})

test("another merchant's endpoints, deliveries and listeners are as unknown as ones that never were", async () => {
  const { body } = await ask('POST', path, { url: 'https://shop.example/' })
  const { body: listener } = await ask('POST', '/tercet/webhooks/listeners')
  const missing = '00000000-0000-4000-8000-000000000000'
  for (const id of [String(body.id), missing, 'x', '%00', `${body.id}'`]) {
    assert.equal((await ask('PATCH', `${path}/${id}`, { description: 'x' }, 'key-two')).status, 404, id)
    assert.equal((await ask('DELETE', `${path}/${id}`, undefined, 'key-two')).status, 404, id)
    assert.equal((await ask('POST', `${path}/${id}/rotate`, undefined, 'key-two')).status, 404, id)
    assert.equal((await ask('POST', `/tercet/webhooks/deliveries/${id}/replay`, undefined, 'key-two')).status, 404, id)
  }
  const events = `/tercet/webhooks/listeners/${listener.id}/events`
  assert.equal((await ask('GET', events, undefined, 'key-two')).status, 404)
  assert.deepEqual((await ask('GET', events)).body, { events: [], cursor: '0' })
  assert.equal((await ask('DELETE', `/tercet/webhooks/listeners/${listener.id}`, undefined, 'key-two')).status, 404)
  assert.equal((await ask('DELETE', `/tercet/webhooks/listeners/${listener.id}`)).status, 204)
  assert.deepEqual((await ask('GET', path, undefined, 'key-two')).body, { endpoints: [] })
  await ask('DELETE', `${path}/${body.id}`)
})

test('refuses requests without a key that may manage webhooks, before anything else', async () => {
  for (const key of ['nobody', 'key-device', '']) {
    const answer = await ask('POST', path, 'no json', key)
    assert.equal(answer.status, 401, key)
    assert.equal(answer.body.errorCode, 'unauthorized')
  }
})

test('refuses what is not an endpoint, and says why', async () => {
  const bad: [unknown, string, RegExp][] = [
    ['no json', 'invalid_request', /JSON object/],
    ['[]', 'invalid_request', /JSON object/],
    ['null', 'invalid_request', /JSON object/],
    ['{"__proto__":{}}', 'invalid_request', /Unknown field "__proto__"/],
    [{}, 'invalid_request', /url/],
    [{ url: 7 }, 'invalid_request', /url/],
    [{ url: 'http://10.0.0.1/' }, 'invalid_url', /public internet/],
    [{ url: 'http://shop.example/' }, 'invalid_url', /https/],
    [{ url: `https://shop.example/${'x'.repeat(3_000)}` }, 'invalid_url', /longer/],
    [{ url: 'https://shop.example/', events: ['charged'] }, 'invalid_request', /captured/],
    ...['received', 'delayed', 'part_captured', 'failed'].map((never): [unknown, string, RegExp] => [
      { url: 'https://shop.example/', events: ['created', never] },
      'invalid_request',
      /created.*only when it is named/,
    ]),
    [{ url: 'https://shop.example/', events: [] }, 'invalid_request', /events/],
    [{ url: 'https://shop.example/', description: 'a\u0000b' }, 'invalid_request', /description/],
    [{ url: 'https://shop.example/', description: 'x'.repeat(201) }, 'invalid_request', /description/],
    [{ url: 'https://shop.example/', urll: 1 }, 'invalid_request', /Unknown field "urll"/],
  ]
  for (const [body, code, message] of bad) {
    const answer = await ask('POST', path, body)
    assert.equal(answer.status, 400, JSON.stringify(body))
    assert.equal(answer.body.errorCode, code, JSON.stringify(body))
    assert.match(String(answer.body.message), message)
  }
  assert.equal((await ask('PATCH', path, {})).status, 405)
  assert.deepEqual((await ask('GET', path)).body, { endpoints: [] })
})

test('a write that is repeated under its key is done once and answered alike, secrets too', async () => {
  const shop = await addMerchant(pool)
  await addKey(shop, 'key-repeats')
  const once = (method: 'POST' | 'DELETE', url: string, name: string, body?: unknown) =>
    ask(method, url, body, 'key-repeats', { 'idempotency-key': name })
  const url = 'https://shop.example/once'
  const [added, again] = await Promise.all([once('POST', path, 'add', { url }), once('POST', path, 'add', { url })])
  assert.equal(added.status, 201)
  assert.deepEqual(again, added)
  const rotated = await once('POST', `${path}/${added.body.id}/rotate`, 'rotate')
  assert.deepEqual(await once('POST', `${path}/${added.body.id}/rotate`, 'rotate'), rotated)
  const other = await once('POST', path, 'add', { url: 'https://shop.example/other' })
  assert.deepEqual([other.status, other.body.errorCode], [409, 'key_reused'])
  assert.equal((await once('DELETE', `${path}/${added.body.id}`, 'delete')).status, 204)
  assert.equal((await once('DELETE', `${path}/${added.body.id}`, 'delete')).status, 204)
  assert.equal((await once('POST', path, 'ü', { url })).status, 400)
  const refused = { url: 'http://10.0.0.1/' }
  assert.equal((await once('POST', path, 'refused', refused)).status, 400)
  assert.equal((await once('POST', path, 'refused', { url })).status, 201, 'what was refused may succeed later')
  const { rows } = await pool.query<{ response: string }>('select response from idempotency where merchant_id = $1', [
    shop.id,
  ])
  assert.ok(
    rows.every(({ response }) => !response.includes('whsec_')),
    'sealed at rest',
  )
})

test('every secret that was rotated out lives its day, however often another follows', async () => {
  const shop = await addMerchant(pool)
  await addKey(shop, 'key-rotates')
  await addKey(shop, 'sp-signs')
  const receiver = await startReceiver()
  const { body } = await ask('POST', path, { url: receiver.url }, 'key-rotates')
  const secrets = [String(body.secret)]
  for (let n = 0; n < 2; n++)
    secrets.push(String((await ask('POST', `${path}/${body.id}/rotate`, undefined, 'key-rotates')).body.secret))
  await createOrder(engine, shop)
  await delivery.runDue(clock.now())
  const sent = receiver.requests.at(-1)
  const signed = (secret: string) =>
    signStandard(
      [secret],
      String(sent?.headers['webhook-id']),
      Number(sent?.headers['webhook-timestamp']),
      sent?.body ?? '',
    )
  for (const secret of secrets) {
    const signature = signed(secret)['webhook-signature'] ?? ''
    assert.ok(String(sent?.headers['webhook-signature']).split(' ').includes(signature))
  }
  for (let n = 0; n < 6; n++)
    assert.equal((await ask('POST', `${path}/${body.id}/rotate`, undefined, 'key-rotates')).status, 200)
  const ninth = await ask('POST', `${path}/${body.id}/rotate`, undefined, 'key-rotates')
  assert.deepEqual([ninth.status, ninth.body.errorCode], [409, 'too_many_secrets'])
  clock.moveBy(86_400n * second)
  const last = await ask('POST', `${path}/${body.id}/rotate`, undefined, 'key-rotates')
  assert.equal(last.status, 200)
  await createOrder(engine, shop)
  await delivery.runDue(clock.now())
  assert.equal(String(receiver.requests.at(-1)?.headers['webhook-signature']).split(' ').length, 2)
})

test('several at once make one endpoint of the sandbox, and no seventeenth endpoint or listener', async () => {
  const shop = await addMerchant(pool)
  await addKey(shop, 'key-hurry')
  const inParallel = (count: number, url: string, body: (n: number) => object) =>
    Promise.all(Array.from({ length: count }, (_, n) => ask('POST', url, body(n), 'key-hurry')))
  const sets = await inParallel(10, '/sandbox/webhooks/endpoint', (n) => ({ url: `http://127.0.0.1:9/${n}` }))
  assert.equal(new Set(sets.map(({ body }) => body.id)).size, 1)
  assert.equal(sets.filter(({ body }) => 'secret' in body).length, 1)
  const adds = await inParallel(20, path, (n) => ({ url: `https://shop.example/${n}` }))
  assert.equal(adds.filter(({ status }) => status === 201).length, 15)
  const listeners = await inParallel(20, '/tercet/webhooks/listeners', () => ({}))
  assert.equal(listeners.filter(({ status }) => status === 201).length, 16)
})

test('takes sixteen endpoints of a merchant', async () => {
  for (let n = 1; n <= 17; n++) {
    const { status } = await ask('POST', path, { url: `https://shop.example/${n}` }, 'key-two')
    assert.equal(status, n <= 16 ? 201 : 409)
  }
})

test('a warning reaches only the endpoint that asks for it by name, and a replay counts what is sent', async () => {
  const shop = await addMerchant(pool, { expiryWarningLeadMs: 60_000 })
  await addKey(shop, 'key-warned')
  const receiver = await startReceiver()
  const usual = await ask('POST', path, { url: receiver.url }, 'key-warned')
  assert.ok(!(usual.body.events as string[]).includes('expiring_soon'))
  const warned = await ask('POST', path, { url: receiver.url, events: ['expiring_soon'] }, 'key-warned')
  const token = await createAuthorized(engine, shop, 10_000n, clock)
  await run(engine, shop, token, { kind: 'delay', periodMs: 600_000 })
  const from = clock.now()
  clock.moveBy(550n * second)
  await run(engine, shop, token, { kind: 'timer' })
  await delivery.runDue(clock.now())
  const { body } = await ask('GET', '/tercet/webhooks/deliveries', undefined, 'key-warned')
  const rows = body.deliveries as { event: string; endpoint: string; state: string }[]
  assert.deepEqual(
    rows.filter(({ event }) => event === 'expiring_soon').map(({ endpoint }) => endpoint),
    [warned.body.id],
  )
  assert.deepEqual(
    rows.filter(({ state }) => state === 'skipped').map(({ event }) => event),
    ['delayed'],
  )
  const range = { from: isoOf(from), to: isoOf(plus(clock.now(), second)) }
  const sent = rows.filter(({ state }) => state === 'delivered').length
  assert.deepEqual((await ask('POST', '/tercet/webhooks/replay', range, 'key-warned')).body, { replayed: sent })
  await delivery.runDue(clock.now())
})

test('the sandbox sets one URL, shows the log, and replays a delivery or a range', async () => {
  const receiver = await startReceiver()
  const set = await ask('POST', '/sandbox/webhooks/endpoint', { url: 'http://127.0.0.1:9/' })
  assert.match(String(set.body.secret), /^whsec_/)
  const again = await ask('POST', '/sandbox/webhooks/endpoint', { url: receiver.url })
  assert.equal(again.body.id, set.body.id)
  assert.ok(!('secret' in again.body))
  const token = await createOrder(engine, merchant)
  await delivery.runDue(clock.now())
  const { deliveries } = (await ask('GET', '/sandbox/webhooks')).body as { deliveries: Record<string, unknown>[] }
  const [only] = deliveries
  assert.equal(deliveries.length, 1)
  assert.deepEqual(
    [only?.event, only?.url, only?.orderToken, only?.state, only?.sequence],
    ['created', receiver.url, token, 'delivered', 1],
  )
  const [attempt] = only?.attempts as Record<string, unknown>[]
  assert.deepEqual([attempt?.at, attempt?.status, attempt?.answer], [isoOf(clock.now()), 200, 'ok'])
  assert.equal((await ask('GET', '/tercet/webhooks/deliveries?state=dead')).body.next, null)
  const replay = await ask('POST', `/tercet/webhooks/deliveries/${only?.id}/replay`)
  assert.deepEqual([replay.status, replay.body], [202, { replayed: 1 }])
  assert.equal(nudged.at(-1), merchant.id)
  await delivery.runDue(clock.now())
  const range = { from: isoOf(clock.now()), to: isoOf(plus(clock.now(), second)) }
  assert.deepEqual((await ask('POST', '/tercet/webhooks/replay', range)).body, { replayed: 1 })
  await delivery.runDue(clock.now())
  assert.equal(receiver.requests.length, 3)
  assert.deepEqual((await ask('POST', '/tercet/webhooks/replay', range, 'key-two')).body, { replayed: 0 })
})

test('refuses filters and ranges that make no sense', async () => {
  for (const query of ['limit=0', 'limit=501', 'limit=x', 'limit=1&limit=2', 'state=sent', 'endpoint=x', 'before=x'])
    assert.equal((await ask('GET', `/tercet/webhooks/deliveries?${query}`)).status, 400, query)
  const time = '2024-11-08T13:06:17Z'
  for (const range of [
    {},
    { from: time },
    { from: time, to: time },
    { from: 'yesterday', to: time },
    { from: 1, to: 2 },
  ])
    assert.equal((await ask('POST', '/tercet/webhooks/replay', range)).status, 400, JSON.stringify(range))
})

test('pages through the log, newest first', async () => {
  for (let n = 0; n < 4; n++) {
    clock.moveBy(second)
    await createOrder(engine, merchant)
  }
  const seen: unknown[] = []
  for (let next: unknown = ''; next !== null; ) {
    const { body } = await ask('GET', `/tercet/webhooks/deliveries?limit=2&before=${next}`)
    seen.push(...(body.deliveries as Record<string, unknown>[]).map((row) => row.createdAt))
    next = body.next
  }
  assert.equal(seen.length, 5)
  assert.deepEqual(seen, seen.toSorted().toReversed())
})

test('in live mode the sandbox calls are not there', async () => {
  const live = await serve('live')
  const headers = { authorization: 'Bearer key-one' }
  assert.equal((await live.inject({ url: '/sandbox/webhooks', headers })).statusCode, 404)
  assert.equal((await live.inject({ method: 'POST', url: '/sandbox/webhooks/endpoint', headers })).statusCode, 404)
})
