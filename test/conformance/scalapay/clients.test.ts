import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exchange, parseResponse, requestText } from '../../support/protocols/raw-http.ts'
import { merchantKey, startScalapay } from '../../support/protocols/scalapay.ts'

/** What the shipped clients and the public suites send and assert (scalapay.md 3.2). */
const { server, port, routes } = await startScalapay()
const headers = { authorization: `Bearer ${merchantKey}` }
const eur = (amount: string) => ({ amount, currency: 'EUR' })
const redirects = { redirectConfirmUrl: 'https://shop.example/ok', redirectCancelUrl: 'https://shop.example/ko' }

type Json = Record<string, unknown> & { status?: string; token?: string }

async function post(url: string, payload?: object): Promise<Json> {
  const answer = await server.inject({ method: 'POST', url, headers, ...(payload && { payload }) })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json()
}

async function get(url: string) {
  const answer = await server.inject({ method: 'GET', url, headers })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json()
}

async function authorized(order: object): Promise<string> {
  const { token = '' } = await post('/v2/orders', order)
  await post(`/sandbox/orders/${token}/authorize`, { cardNumber: '5555555555554444' })
  return token
}

test('scalapay-js: configuration, creation and capture have the types it asserts', async () => {
  const configuration = await get('/configurations')
  assert.equal(Number.parseInt(configuration.numberOfPayments, 10), 3)
  assert.equal(typeof configuration.numberOfPayments, 'string')
  assert.equal(typeof configuration.minimumAmount.amount, 'string')
  assert.equal(typeof configuration.maximumAmount.amount, 'string')
  const created = await post('/orders', {
    totalAmount: eur('100'),
    orderExpiryMilliseconds: 6_000_000,
    merchant: redirects,
  })
  for (const key of ['token', 'expires', 'checkoutUrl']) assert.equal(typeof created[key], 'string', key)
})

test('the Java connector: create, delay, capture, void', async () => {
  const order = {
    totalAmount: eur('100'),
    consumer: { givenNames: 'Ada', surname: 'Verdi' },
    shipping: { name: 'A' },
    merchant: redirects,
  }
  const token = await authorized(order)
  assert.equal((await post(`/v2/payments/${token}/delay`)).status, 'AUTHORIZED')
  assert.equal((await post('/v2/payments/capture', { token, amount: eur('100') })).status, 'APPROVED')
  const other = await authorized(order)
  assert.equal((await post(`/v2/payments/${other}/void`)).token, other)
})

test('TuanLe53: an order without items, shipping and reference, with empty contact fields', async () => {
  await post('/v2/orders', {
    totalAmount: eur('50.00'),
    consumer: { email: '', phoneNumber: '', givenNames: 'Ada' },
    merchant: redirects,
  })
})

for (const amount of ['113.56', '190.00', '40.70']) {
  test(`the live suites: a charged order of ${amount} has a number at the top and a string inside`, async () => {
    const token = await authorized({ totalAmount: eur(amount), merchant: redirects })
    await post('/v2/payments/capture', { token })
    const order = await get(`/v2/payments/${token}`)
    assert.equal(order.status, 'charged')
    assert.equal(order.captureStatus, 'captured')
    assert.equal(typeof order.totalAmount.amount, 'number')
    assert.equal(order.totalAmount.amount, Number(amount))
    assert.equal(order.orderDetails.totalAmount.amount, amount)
    assert.equal(order.totalAmount.currency, 'EUR')
    assert.equal(typeof order.created, 'string')
  })
}

test('WooCommerce: HTTP/1.0, its own query kept out of the way, capture, then the reference in pretty print, then a refund', async () => {
  const call = async (path: string, body: string) => {
    const all = {
      Authorization: `Bearer ${merchantKey}`,
      'Content-Type': 'application/json',
      Accept: 'application/json',
    }
    const answer = parseResponse(
      await exchange(port, requestText({ method: 'POST', path, headers: all, body, version: '1.0' })),
    )
    assert.doesNotMatch(answer.head, /transfer-encoding/i)
    assert.equal(answer.status, 200, answer.body)
    return JSON.parse(answer.body)
  }
  const created = await call(
    '//v2/orders',
    JSON.stringify({
      totalAmount: eur('49.90'),
      consumer: { email: 'ada@example.com', givenNames: 'Ada', surname: 'Verdi' },
      items: [{ name: 'Chair', price: eur('49.9'), quantity: 1, sku: '' }],
      taxAmount: eur('0'),
      shippingAmount: eur('0'),
      discounts: [{ displayName: 'ten', amount: eur('10') }],
      merchant: {
        redirectConfirmUrl: 'https://shop.example/wc-api/x/?wc-scalapay-payin3=true&order_id=7&total=49.90',
        redirectCancelUrl: 'https://shop.example/wc-api/x/?wc-scalapay-payin3=cancel',
      },
      orderExpiryMilliseconds: '600000',
      type: 'online',
      product: 'later',
      frequency: { number: '14', frequencyType: 'daily' },
      pluginDetails: { platform: 'wc' },
    }),
  )
  assert(created.checkoutUrl.endsWith(`/${created.token}`))
  await call(`/sandbox/orders/${created.token}/authorize`, '{"cardNumber":"5200828282828210"}')
  assert.equal(
    (await call('/v2/payments/capture', JSON.stringify({ token: created.token, merchantReference: '7' }))).status,
    'APPROVED',
  )
  await call(`/v2/orders/${created.token}`, JSON.stringify({ merchantReference: '7' }, null, 4))
  await call(
    `/v2/payments/${created.token}/refund`,
    JSON.stringify({ refundAmount: eur('49.90'), merchantReference: '7' }),
  )
})

test('WooCommerce: a capture after a cancelled checkout is an error object with a string message', async () => {
  const { token } = await post('/v2/orders', { totalAmount: eur('49.90'), merchant: redirects })
  const answer = await server.inject({
    method: 'POST',
    url: '/v2/payments/capture',
    headers,
    payload: { token, merchantReference: null },
  })
  assert.equal(answer.statusCode, 400)
  assert.equal(answer.json().message, 'This payment has not been completed.')
  assert.equal(typeof answer.json().errorCode, 'string')
})

test('PHP SDK: delay without a body, void with a null and refund with empty references', async () => {
  const token = await authorized({ totalAmount: { amount: '100', currency: 'EUR' }, merchant: redirects })
  const bare = { ...headers, 'content-type': 'application/json', 'content-length': '0' }
  const delayed = await server.inject({ method: 'POST', url: `/v2/payments/${token}/delay`, headers: bare })
  assert.equal(delayed.statusCode, 200, delayed.body)
  await post('/v2/payments/capture', { token })
  const refund = await post(`/v2/payments/${token}/refund`, {
    refundAmount: eur('100'),
    merchantReference: '',
    merchantRefundReference: '',
  })
  assert.equal(refund.refundToken, 'pre_transfer')
  const other = await authorized({ totalAmount: eur('100'), merchant: redirects })
  await post(`/v2/payments/${other}/void`, { merchantReference: null })
})

test('Bagisto: GET says authorized in lower case before the capture', async () => {
  const token = await authorized({ totalAmount: eur('100'), merchant: redirects })
  assert.equal((await get(`/v2/payments/${token}`)).status, 'authorized')
})

test('Vendure: a capture whose amount has only a currency captures all', async () => {
  const token = await authorized({ totalAmount: eur('100'), merchant: redirects })
  const captured = await post('/v2/payments/capture', { token, amount: { currency: 'EUR' } })
  assert.deepEqual(captured.totalAmount, eur('100.00'))
})

test('PrestaShop: /v3/configurations is an array that begins with pay-in-3', async () => {
  const elements = await get('/v3/configurations')
  assert.deepEqual(
    elements.map(({ type, product }: { type: string; product: string }) => `${type}_${product}`),
    ['online_pay-in-3', 'online_pay-in-4', 'online_later'],
  )
  assert.equal(Number(elements[0].configuration.minimumAmount.amount), 5)
  assert.equal(Number(elements[0].configuration.maximumAmount.amount), 2_000)
})

test('PrestaShop: a void without a version ends the order, and the API of 2019 reads it', async () => {
  const token = await authorized({ totalAmount: eur('100'), merchant: redirects })
  assert.equal((await post(`/payments/${token}/void`, { merchantReference: '7' })).merchantReference, '7')
  for (const path of [`/payments/${token}`, `/v1/payments/${token}`])
    assert.equal((await get(path)).captureStatus, 'voided', path)
  const other = await post('/v1/orders', { totalAmount: eur('100'), merchant: redirects })
  await post(`/orders/${other.token}`, { merchantReference: '8' })
  assert.equal((await get(`/payments/references?merchantOrderReference=8`))[0].orderToken, other.token)
  assert.equal((await get('/v1/configuration')).type, 'PAY_BY_INSTALLMENT')
})

test('every path below /v2 answers the same below /v1 and without any version', async () => {
  // Those with several methods say that there is none.
  const below = routes.filter(({ url, method }) => url.startsWith('/v2/') && (method === 'GET' || method === 'POST'))
  assert(below.length >= 10, `${below.length} routes`)
  for (const { url, method } of below) {
    const said = async (start: string) => {
      const path = url.replace('/v2', start).replace(':token', 'SHOPAAAAAAAA')
      const sent = { method: method as 'GET' | 'POST', url: path, headers }
      const answer = await server.inject(method === 'POST' ? { ...sent, payload: {} } : sent)
      assert.notEqual(answer.statusCode, 404, path)
      return [answer.statusCode, answer.body.replace(/error-[a-z0-9]+/, 'id')]
    }
    const newest = await said('/v2')
    assert.deepEqual([await said('/v1'), await said('')], [newest, newest], url)
  }
})

test('a link that nobody paid can be voided: it ends as an expired one, and its page says so', async () => {
  const link = {
    type: 'link',
    totalAmount: eur('100'),
    merchant: redirects,
    extensions: { type: { link: { notification: { channels: ['email'], emailAddress: 'ada@example.com' } } } },
  }
  const { token = '' } = await post('/v2/orders', link)
  const voided = await post(`/v2/payments/${token}/void`)
  assert.deepEqual(Object.keys(voided), ['token', 'voidedAt'])
  assert.deepEqual(await post(`/v2/payments/${token}/void`), voided)
  const { status, captureStatus } = await get(`/v2/payments/${token}`)
  assert.deepEqual([status, captureStatus], ['expired', 'pending'])
})

test('GET tells what was captured and refunded, behind the documented keys', async () => {
  const token = await authorized({ totalAmount: eur('100'), merchant: redirects })
  assert.equal((await get(`/v2/payments/${token}`)).totalCapturedAmount, undefined)
  await post('/v2/payments/capture', { token, amount: eur('60.50') })
  const refund = await post(`/v2/payments/${token}/refund`, { refundAmount: eur('20') })
  assert.ok(!('merchantReference' in refund) && !('merchantRefundReference' in refund))
  const order = await get(`/v2/payments/${token}`)
  assert.deepEqual(Object.keys(order).slice(-2), ['totalCapturedAmount', 'totalRefundedAmount'])
  assert.deepEqual(order.totalCapturedAmount, { amount: 60.5, currency: 'EUR' })
  assert.deepEqual(order.totalRefundedAmount, { amount: 20, currency: 'EUR' })
})
