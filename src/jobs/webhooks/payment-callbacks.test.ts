import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { accepted, addMerchant, run, testEngine } from '../../../test/support/payments/engine.ts'
import { aNewPayment } from '../../../test/support/payments/factories.ts'
import {
  addSigningKey,
  answering,
  standingClock,
  startReceiver,
  testClient,
  testDelivery,
  testEndpoints,
  testSealer,
} from '../../../test/support/protocols/webhooks.ts'
import { createPaymentCallbacks } from '../../app/webhook/payment-callbacks.ts'
import { createWebhookLog } from '../../app/webhook/webhook-log.ts'
import type { WebhookRenderer } from '../../domain/webhook/renderer.ts'
import { callbackAttachment } from '../../engine/companions/payment-callback.ts'
import { newSecret } from '../../http/outgoing/standard-webhooks.ts'

/** Tells by parameters alone, names the key in one of them, and takes 204 for received. */
const byQuery: WebhookRenderer = {
  sends: ['created'],
  wantsDetails: [],
  render: ({ id }, { state }) => ({ method: 'GET', query: { order: id, state }, headers: { accept: '*/*' }, body: '' }),
  sign: (key) => ({ headers: {}, query: { key } }),
  isReceived: (status) => status === 204,
}

const database = await testDatabase()
const { pool } = database
const clock = standingClock()
const client = testClient()
const engine = testEngine(database.url, { clock })
const renderers = { scalapay: byQuery }
const log = createWebhookLog({ pool, clock, renderers, nudge: () => undefined })
const delivery = testDelivery(database.url, clock, { client, renderers })
const callbacks = createPaymentCallbacks({ pool, clock, sealer: testSealer, newSecret, events: ['created'] })
const key = '7d1f3a52-6c0e-4b7a-9a54-0d8f2f3b9c11'

async function shop() {
  const merchant = await addMerchant(pool)
  await addSigningKey(pool, merchant, key)
  await callbacks.prepare(merchant.id)
  return merchant
}

async function createWith(merchant: Awaited<ReturnType<typeof shop>>, url?: string): Promise<string> {
  const action = { kind: 'create', ...aNewPayment() } as const
  const attachments = url === undefined ? [] : [callbackAttachment(url)]
  return accepted(await run(engine, merchant, null, action, { attachments })).payment.id
}

async function deliveries(merchantId: Awaited<ReturnType<typeof shop>>['id']) {
  return await log.list({ state: null, endpointId: null, paymentId: null, before: null, merchantId, limit: 10 })
}

test('tells the address that a payment brought along of that payment alone, behind its own parameters', async () => {
  const [receiver, other] = [await startReceiver(), await startReceiver()]
  receiver.answer = answering(204)
  other.answer = answering(204)
  const merchant = await shop()
  const id = await createWith(merchant, receiver.url)
  await createWith(merchant, other.url)
  await createWith(merchant)
  assert.equal(await delivery.runDue(clock.now()), 2)
  const [request, ...more] = receiver.requests
  assert.deepEqual(
    [request?.method, request?.path, more],
    ['GET', `/hooks?shop=7&order=${id}&state=created&key=${key}`, []],
  )
  assert.deepEqual([request?.body, request?.headers['content-type'], request?.headers.accept], ['', undefined, '*/*'])
  assert.equal(
    (await deliveries(merchant.id)).every(({ state }) => state === 'delivered'),
    true,
  )
})

test('signs the parameters, with a secret that is the merchant’s for all its callbacks', async () => {
  const receiver = await startReceiver()
  receiver.answer = answering(204)
  const merchant = await shop()
  const id = await createWith(merchant, receiver.url)
  await delivery.runDue(clock.now())
  const headers = receiver.requests[0]?.headers ?? {}
  const bytes = Buffer.from((await callbacks.secret(merchant.id)).slice('whsec_'.length), 'base64')
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.order=${id}&state=created`
  assert.equal(headers['webhook-signature'], `v1,${createHmac('sha256', bytes).update(signed).digest('base64')}`)
})

test('tries again what its protocol does not take for received, and keeps the key out of the log', async () => {
  const receiver = await startReceiver()
  receiver.answer = (response, { path }) => response.writeHead(200).end(`you asked for ${path}`)
  const merchant = await shop()
  await createWith(merchant, receiver.url)
  await delivery.runDue(clock.now())
  const [row] = await deliveries(merchant.id)
  assert.deepEqual([row?.state, row?.url, row?.attempts[0]?.status], ['pending', receiver.url, 200])
  assert.match(row?.attempts[0]?.answer ?? '', /key=\[key\]$/)
})

test('is none of the merchant’s own endpoints: not listed, not changed, not deleted', async () => {
  const endpoints = testEndpoints(pool, { clock })
  const receiver = await startReceiver()
  receiver.answer = answering(204)
  const merchant = await shop()
  assert.deepEqual(await endpoints.list(merchant.id), [])
  await createWith(merchant, receiver.url)
  const id = (await deliveries(merchant.id))[0]?.endpointId ?? ''
  assert.equal(await endpoints.remove(merchant.id, id), false)
  assert.equal((await endpoints.change(merchant.id, id, { enabled: false })).ok, false)
  assert.equal((await endpoints.rotate(merchant.id, id)).ok, false)
  await delivery.runDue(clock.now())
  assert.equal(receiver.requests.length, 1)
})
