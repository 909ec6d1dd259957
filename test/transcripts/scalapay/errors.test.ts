import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Engine, Unavailable } from '../../../src/engine/command.ts'
import { anOrder } from '../../support/payments/orders.ts'
import { deviceKey, otherMerchantKey, startScalapay } from '../../support/protocols/scalapay.ts'
import { Recorder } from './recorder.ts'

const eur = (amount: string) => ({ amount, currency: 'EUR' })

test('words every documented error', async () => {
  const tape = new Recorder(await startScalapay())
  const created = await tape.call('An order to work on', { path: '/v2/orders', json: anOrder() })
  const token = String(created.json.token)
  await tape.call('No key', { path: '/v2/orders', json: {}, headers: { Authorization: '' } })
  await tape.call('Two spaces', {
    path: '/v2/orders',
    json: {},
    headers: { Authorization: 'Bearer  qhtfs87hjnc12kkos' },
  })
  await tape.call('The device key', { path: '/v2/orders', json: {}, headers: { Authorization: `Bearer ${deviceKey}` } })
  await tape.call('Empty amount', { path: '/v2/orders', json: anOrder({ totalAmount: eur('') }) })
  await tape.call('Several fields at once', {
    path: '/v2/orders',
    json: anOrder({
      totalAmount: eur('-1'),
      consumer: { email: 'x' },
      items: [{ name: 'C', price: eur('1') }],
      merchant: { redirectConfirmUrl: '/ok' },
    }),
  })
  await tape.call('Above the maximum', { path: '/v2/orders', json: anOrder({ totalAmount: eur('2000.01') }) })
  await tape.call('Below the minimum', { path: '/v2/orders', json: anOrder({ totalAmount: eur('4.99') }) })
  await tape.call('No JSON', { path: '/v2/orders', body: '{"totalAmount":' })
  await tape.call('JSON that is not an object', { path: '/v2/orders', body: '[]' })
  await tape.call('No UTF-8', { path: '/v2/orders', body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) })
  await tape.call('Nested too deeply', { path: '/v2/orders', body: `${'['.repeat(65)}${']'.repeat(65)}` })
  await tape.call('Too large', { path: '/v2/orders', body: JSON.stringify({ note: 'x'.repeat(262_144) }) })
  await tape.call('Not a JSON type', {
    path: '/v2/orders',
    body: '<a/>',
    headers: { 'Content-Type': 'application/xml' },
  })
  await tape.call('Unknown path', { method: 'GET', path: '/v2/nothing' })
  await tape.call('Unknown method', { method: 'DELETE', path: `/v2/payments/${token}` })
  await tape.call('Unknown token', { method: 'GET', path: '/v2/payments/SHOPAAAAAAAA' })
  await tape.call('Malformed token', { path: '/v2/payments/nope/void' })
  const Authorization = `Bearer ${otherMerchantKey}`
  await tape.call('A token of another merchant', {
    method: 'GET',
    path: `/v2/payments/${token}`,
    headers: { Authorization },
  })
  await tape.call('A write on another merchant’s order', {
    path: `/v2/payments/${token}/void`,
    headers: { Authorization },
  })
  await tape.call('Capture before authorization', {
    path: '/v2/payments/capture',
    json: { token, merchantReference: null },
  })
  await tape.call('Capture without a token', { path: '/v2/payments/capture', json: { amount: { currency: 'EUR' } } })
  await tape.call('Delay before authorization', { path: `/v2/payments/${token}/delay` })
  await tape.call('Card that is not a test card', {
    path: `/sandbox/orders/${token}/authorize`,
    json: { cardNumber: '4111111111111111' },
  })
  await tape.call('Authorize', { path: `/sandbox/orders/${token}/authorize`, json: { cardNumber: '4242424242424242' } })
  await tape.call('Delay too short', {
    path: `/v2/payments/${token}/delay`,
    json: { authorizationExpiryMilliseconds: 59_999 },
  })
  await tape.call('Partial capture without a delay', {
    path: `/v2/payments/${token}/delay/capture`,
    json: { amount: eur('10') },
  })
  await tape.call('Refund before capture', {
    path: `/v2/payments/${token}/refund`,
    json: { refundAmount: eur('1.00') },
  })
  await tape.call('Capture more than authorized', {
    path: '/v2/payments/capture',
    json: { token, amount: eur('90.01') },
  })
  await tape.call('Capture', { path: '/v2/payments/capture', json: { token, amount: eur('50.00') } })
  await tape.call('Capture another amount', { path: '/v2/payments/capture', json: { token, amount: eur('40.00') } })
  await tape.call('Void after capture', { path: `/v2/payments/${token}/void` })
  await tape.call('Refund more than captured', {
    path: `/v2/payments/${token}/refund`,
    json: { refundAmount: eur('50.01') },
  })
  await tape.call('Refund with another client’s keys', {
    path: `/v2/payments/${token}/refund`,
    json: { amount: eur('5'), reference: 'x' },
  })
  await tape.call('Refund in another currency', {
    path: `/v2/payments/${token}/refund`,
    json: { refundAmount: { amount: '5', currency: 'USD' } },
  })
  await tape.call('Empty reference', { path: `/v2/orders/${token}`, json: { merchantReference: '' } })
  await tape.call('References without a parameter', { method: 'GET', path: '/v2/payments/references' })
  await tape.call('References with an empty parameter', { method: 'GET', path: '/v2/payments/references?orderToken=' })
  await tape.call('A malformed idempotency key', {
    path: `/v2/payments/${token}/void`,
    headers: { 'Idempotency-Key': 'x'.repeat(256) },
  })
  await tape.call('A broken path', { method: 'GET', path: '/v2/payments/%zz' })
  await tape.finish('errors')
})

test('words conflicts, outages and bugs without their reasons', async () => {
  const failures = [
    () => Promise.resolve({ kind: 'rejected', rejection: { reason: 'operation_in_progress' } } as const),
    () => Promise.reject(new Unavailable('queue of 4096 is full', { retryAfterSeconds: 2 })),
    () => Promise.reject(new Error('secret internals at 10.0.0.1')),
  ]
  // The engine's type asks for the answer of whichever action comes; all that come here are voids.
  const execute = (() => (failures.shift() ?? assert.fail)()) as Engine['execute']
  const scalapay = await startScalapay(() => ({ engine: { execute } }))
  const tape = new Recorder(scalapay)
  await tape.call('Two operations at once', { path: '/v2/payments/SHOPAAAAAAAA/void' })
  await tape.call('The database is away', { path: '/v2/payments/SHOPAAAAAAAA/void' })
  const { body, json } = await tape.call('A bug', { path: '/v2/payments/SHOPAAAAAAAA/void' })
  assert(!body.includes('secret'))
  assert(scalapay.log.some((line) => line.includes('secret internals')))
  assert(scalapay.log.some((line) => line.includes(String(json.errorId))))
  await tape.finish('failures')
})
