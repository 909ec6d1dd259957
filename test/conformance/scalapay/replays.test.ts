import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOrder } from '../../support/payments/orders.ts'
import { merchantKey, startScalapay } from '../../support/protocols/scalapay.ts'

const scalapay = await startScalapay()
const Authorization = `Bearer ${merchantKey}`
const amount = { amount: '10.00', currency: 'EUR' }

type Body = Readonly<Record<string, unknown>>

async function post(url: string, payload: Body, headers: Readonly<Record<string, string>> = {}) {
  return scalapay.server.inject({ method: 'POST', url, payload, headers: { Authorization, ...headers } })
}

async function anAuthorizedOrder(): Promise<string> {
  const { token } = (await post('/v2/orders', anOrder())).json<{ token: string }>()
  await post(`/sandbox/orders/${token}/authorize`, { cardNumber: '4242424242424242' })
  return token
}

const delay = (token: string) => post(`/v2/payments/${token}/delay`, {})
const capture = (token: string) => post('/v2/payments/capture', { token })

type Write = {
  readonly name: string
  readonly before?: (token: string) => Promise<unknown>
  readonly path: (token: string) => string
  readonly body: (token: string) => Body
}

const writes: readonly Write[] = [
  { name: 'create', path: () => '/v2/orders', body: () => anOrder() },
  { name: 'update', path: (token) => `/v2/orders/${token}`, body: () => ({ merchantReference: 'ORD-8' }) },
  { name: 'capture', path: () => '/v2/payments/capture', body: (token) => ({ token, amount }) },
  { name: 'delay', path: (token) => `/v2/payments/${token}/delay`, body: () => ({}) },
  { name: 'void', path: (token) => `/v2/payments/${token}/void`, body: () => ({}) },
  {
    name: 'refund',
    before: capture,
    path: (token) => `/v2/payments/${token}/refund`,
    body: () => ({ refundAmount: amount }),
  },
  {
    name: 'capture of a part',
    before: delay,
    path: (token) => `/v2/payments/${token}/delay/capture`,
    body: () => ({ amount }),
  },
  {
    name: 'refund of a part that is not captured',
    before: delay,
    path: (token) => `/v2/payments/${token}/delay/refund`,
    body: () => ({ refundAmount: amount }),
  },
  { name: 'close', before: delay, path: (token) => `/v2/payments/${token}/delay/void`, body: () => ({}) },
]

/** What a replay must leave alone; captures under one reference are flagged a moment later, which is none of its doing. The idempotency records themselves are not among it. */
async function books(): Promise<unknown> {
  const { rows } = await scalapay.database.pool.query(
    "select (select count(*) from payment) payments, (select count(*) from transfer) transfers, (select count(*) from event where kind <> 'suspicious') events",
  )
  return rows[0]
}

for (const { name, before, path, body } of writes) {
  test(`answers the first ${name} again under its key, says so, and refuses the key with another body`, async () => {
    const token = await anAuthorizedOrder()
    await before?.(token)
    const headers = { 'Idempotency-Key': `one ${name}` }
    const first = await post(path(token), body(token), headers)
    assert.equal(first.statusCode, 200, first.body)
    assert.equal(first.headers['request-idempotency'], undefined)
    const after = await books()
    const again = await post(path(token), body(token), headers)
    assert.deepEqual([again.statusCode, again.body], [200, first.body])
    assert.equal(again.headers['request-idempotency'], 'true')
    const other = await post(path(token), { ...body(token), merchantReference: 'ANOTHER' }, headers)
    assert.equal(other.statusCode, 409, other.body)
    assert.equal(other.json<{ errorCode: string }>().errorCode, 'conflicting_operation_in_progress')
    assert.deepEqual(await books(), after)
  })
}

test('keeps no refusal under a key', async () => {
  const token = await anAuthorizedOrder()
  const headers = { 'Idempotency-Key': 'too early' }
  const refund = () => post(`/v2/payments/${token}/refund`, { refundAmount: amount }, headers)
  assert.equal((await refund()).statusCode, 400)
  await capture(token)
  assert.equal((await refund()).statusCode, 200)
})

test('the shopper of the sandbox pays once for each key, and the repeat is answered alike', async () => {
  const { token } = (await post('/v2/orders', anOrder())).json<{ token: string }>()
  const pay = (cardNumber: string, key: string) =>
    post(`/sandbox/orders/${token}/authorize`, { cardNumber }, { 'Idempotency-Key': key })
  const declined = await Promise.all(Array.from({ length: 3 }, () => pay('4000000000000002', 'declined')))
  for (const answer of declined) assert.deepEqual([answer.statusCode, answer.body], [200, declined[0]?.body])
  assert.equal(declined[0]?.json<{ declined: boolean }>().declined, true)
  const { rows } = await scalapay.database.pool.query('select from attempt where payment_id = $1', [token])
  assert.equal(rows.length, 1, 'one card was tried')
  const first = await pay('4242424242424242', 'paid')
  const again = await pay('4242424242424242', 'paid')
  assert.deepEqual([again.statusCode, again.body, again.headers['request-idempotency']], [200, first.body, 'true'])
  assert.equal(first.json<{ status: string }>().status, 'authorized')
  assert.equal((await pay('5555555555554444', 'paid')).statusCode, 409, 'the key is another request’s')
  assert.equal((await pay('4242424242424242', 'x'.repeat(256))).statusCode, 400)
})
