import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minute } from '../../../src/kernel/instant.ts'
import { anOrder } from '../../support/payments/orders.ts'
import { startScalapay } from '../../support/protocols/scalapay.ts'
import { Recorder } from './recorder.ts'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const goodCard = { cardNumber: '4242 4242 4242 4242', securityCode: '123', expiryMonth: 12, expiryYear: 2099 }

test('answers an order paid at once, from creation to the last refund', async () => {
  const tape = new Recorder(await startScalapay())
  const created = await tape.call('Create an order', { path: '/v2/orders', json: anOrder() })
  const token = String(created.json.token)
  await tape.call('Get it before its shopper came', { method: 'GET', path: `/v2/payments/${token}` })
  await tape.call('Authorize it with a declined card', {
    path: `/sandbox/orders/${token}/authorize`,
    json: { cardNumber: '4000000000000002' },
  })
  await tape.call('Authorize it', { path: `/sandbox/orders/${token}/authorize`, json: goodCard })
  await tape.call('Capture it', { path: '/v2/payments/capture', json: { token, merchantReference: '1007' } })
  await tape.call('Capture it again: the first answer', { path: '/v2/payments/capture', json: { token } })
  await tape.call('Name it', {
    path: `/v2/orders/${token}`,
    json: { merchantReference: '1007-A', merchantProcessorReference: 'psp-1' },
  })
  await tape.call('Find it', {
    method: 'GET',
    path: '/v2/payments/references?merchantOrderReference=1007-A&merchantProcessorReference=psp-1',
  })
  await tape.call('Find nothing', { method: 'GET', path: '/v2/payments/references?merchantOrderReference=nobody' })
  await tape.call('Refund a part', {
    path: `/v2/payments/${token}/refund`,
    json: { refundAmount: eur('30.00'), merchantReference: '', merchantRefundReference: 'order_#12_orderSlip_#3' },
  })
  await tape.call('Get it partly refunded', { method: 'GET', path: `/v2/payments/${token}` })
  await tape.call('Refund the rest', { path: `/v2/payments/${token}/refund`, json: { refundAmount: eur('60') } })
  await tape.call('Remove its reference', { path: `/v2/orders/${token}`, json: {} })
  const last = await tape.call('Get it refunded', { method: 'GET', path: `/v2/payments/${token}` })
  assert.equal(last.json.status, 'refunded')
  await tape.finish('standard')
})

test('answers delayed, partly captured, voided and expired orders', async () => {
  const scalapay = await startScalapay()
  const tape = new Recorder(scalapay)
  const create = async (title: string): Promise<string> => {
    const { json } = await tape.call(title, { path: '/v2/orders', json: minimal })
    return String(json.token)
  }
  const authorize = (token: string) =>
    tape.call('Authorize it', { path: `/sandbox/orders/${token}/authorize`, json: goodCard })

  const parts = await create('Create an order to capture in parts')
  await authorize(parts)
  await tape.call('Delay it without a body', { path: `/v2/payments/${parts}/delay` })
  await tape.call('Get it delayed', { method: 'GET', path: `/v2/payments/${parts}` })
  await tape.call('Capture a part', { path: `/v2/payments/${parts}/delay/capture`, json: { amount: eur('40.00') } })
  await tape.call('Take a cancelled part off', {
    path: `/v2/payments/${parts}/delay/refund`,
    json: { refundAmount: eur('10.50') },
  })
  await tape.call('Close it', { path: `/v2/payments/${parts}/delay/void` })
  await tape.call('Get it closed', { method: 'GET', path: `/v2/payments/${parts}` })

  const voided = await create('Create an order to void')
  await authorize(voided)
  await tape.call('Delay it for an hour', {
    path: `/v2/payments/${voided}/delay`,
    json: { authorizationExpiryMilliseconds: 3600000, merchantReference: 'D-1' },
  })
  await tape.call('Void it', { path: `/v2/payments/${voided}/void`, json: { merchantReference: null } })
  await tape.call('Void it again: the first answer', { path: `/v2/payments/${voided}/void` })
  await tape.call('Get it voided', { method: 'GET', path: `/v2/payments/${voided}` })

  const lapsed = await create('Create an order that is never captured')
  await authorize(lapsed)
  await tape.call('Delay it for a minute', {
    path: `/v2/payments/${lapsed}/delay`,
    json: { authorizationExpiryMilliseconds: 60000 },
  })
  scalapay.advance(2n * minute)
  await scalapay.runTimer(lapsed)
  await tape.call('Get it lapsed', { method: 'GET', path: `/v2/payments/${lapsed}` })

  const expired = await create('Create an order that nobody authorizes')
  scalapay.advance(41n * minute)
  await scalapay.runTimer(expired)
  const last = await tape.call('Get it expired', { method: 'GET', path: `/v2/payments/${expired}` })
  assert.equal(last.json.status, 'expired')
  await tape.finish('delayed')
})

const redirects = { redirectConfirmUrl: 'https://shop.example/ok', redirectCancelUrl: 'https://shop.example/ko' }
const minimal = { totalAmount: { amount: '113.56', currency: 'EUR' }, merchant: redirects }

test('answers configurations, old paths, HTTP/1.0 and repeated keys', async () => {
  const tape = new Recorder(await startScalapay())
  await tape.call('Configuration', { method: 'GET', path: '/v2/configurations' })
  await tape.call('Configurations by product', { method: 'GET', path: '/v3/configurations' })
  await tape.call('Configuration without a version', { method: 'GET', path: '/configurations' })
  await tape.call('Create without a version', { path: '/orders', json: minimal })
  await tape.call('Create with doubled slashes', { path: '//v2//orders/', json: minimal })
  await tape.call('Create over HTTP/1.0', { path: '/v2/orders', json: minimal, version: '1.0' })
  const Authorization = 'bearer qhtfs87hjnc12kkos'
  await tape.call('Create with the scheme in lower case', {
    path: '/v2/orders',
    json: minimal,
    headers: { Authorization },
  })
  const headers = { 'Idempotency-Key': 'attempt-1' }
  const first = await tape.call('Create under a key', { path: '/v2/orders', json: minimal, headers })
  const second = await tape.call('Create under the same key', { path: '/v2/orders', json: minimal, headers })
  assert.equal(second.body, first.body)
  await tape.call('Another body under the same key', { path: '/v2/orders', json: anOrder(), headers })
  await tape.finish('compatibility')
})
