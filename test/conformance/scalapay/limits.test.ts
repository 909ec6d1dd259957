import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { minute } from '../../../src/kernel/instant.ts'
import { anOrder } from '../../support/payments/orders.ts'
import { merchantKey, startScalapay } from '../../support/protocols/scalapay.ts'

const scalapay = await startScalapay()
const headers = { Authorization: `Bearer ${merchantKey}`, 'Content-Type': 'application/json' }

const post = (url: string, payload: string | object) =>
  scalapay.server.inject({ method: 'POST', url, payload, headers })
const get = (url: string) => scalapay.server.inject({ method: 'GET', url, headers })

async function aToken(overrides: Readonly<Record<string, unknown>> = {}): Promise<string> {
  return (await post('/v2/orders', anOrder(overrides))).json<{ token: string }>().token
}

test('takes a body of exactly 256 KB, and not a byte more', async () => {
  const order = JSON.stringify(anOrder())
  const atLimit = order + ' '.repeat(262_144 - Buffer.byteLength(order))
  assert.equal((await post('/v2/orders', atLimit)).statusCode, 200)
  const refused = await post('/v2/orders', `${atLimit} `)
  assert.deepEqual([refused.statusCode, refused.json().errorCode], [413, 'payload_too_large'])
})

test('refuses a compressed body with 415, in the words of the API', async () => {
  for (const encoding of ['gzip', 'br', 'x-anything']) {
    const compressed = { ...headers, 'content-encoding': encoding }
    const payload = encoding === 'gzip' ? gzipSync(JSON.stringify(anOrder())) : 'x'
    const { statusCode, json } = await scalapay.server.inject({
      method: 'POST',
      url: '/v2/orders',
      payload,
      headers: compressed,
    })
    assert.deepEqual([statusCode, json().errorCode], [415, 'unsupported_media_type'])
    assert.match(json().message, /not compressed/)
  }
  const plain = { ...headers, 'content-encoding': 'identity' }
  assert.equal(
    (await scalapay.server.inject({ method: 'POST', url: '/v2/orders', payload: anOrder(), headers: plain }))
      .statusCode,
    200,
  )
})

test('answers OPTIONS with the methods of a path, where another method is 405', async () => {
  const { statusCode, headers: answered } = await scalapay.server.inject({
    method: 'OPTIONS',
    url: '/v2/orders',
    headers,
  })
  assert.deepEqual([statusCode, answered.allow], [204, 'POST, OPTIONS'])
  const refused = await scalapay.server.inject({ method: 'PUT', url: '/v2/orders', headers })
  assert.deepEqual([refused.statusCode, refused.headers.allow], [405, 'POST'])
  const head = await scalapay.server.inject({ method: 'HEAD', url: '/v2/orders', headers })
  assert.deepEqual([head.statusCode, head.headers.allow], [405, 'POST'])
})

test('says what to do with a number where a reference belongs, and takes a card number as a JSON number', async () => {
  const [error] = (await post('/v2/orders', { ...anOrder(), merchantReference: 7 })).json().message.errors
  assert.deepEqual(error.messages, ['"merchantReference" must be a string: put the number between quotes'])
  const token = await aToken()
  const authorized = await post(`/sandbox/orders/${token}/authorize`, { cardNumber: 4242424242424242 })
  assert.deepEqual(authorized.json(), { token, status: 'authorized' })
})

test('finds at most a hundred orders by their references, newest first, all of the references at once', async () => {
  const tokens: string[] = []
  for (let index = 0; index < 101; index++) {
    tokens.push(await aToken({ merchantReference: 'SAME' }))
    scalapay.advance(minute)
  }
  const last = tokens.at(-1) as string
  await post(`/v2/orders/${last}`, { merchantReference: 'SAME', merchantProcessorReference: 'P-1' })
  const all = (await get('/v2/payments/references?merchantOrderReference=SAME')).json<{ orderToken: string }[]>()
  assert.deepEqual(
    all.map(({ orderToken }) => orderToken),
    tokens.slice(1).reverse(),
  )
  const both = '/v2/payments/references?merchantOrderReference=SAME&merchantProcessorReference='
  const [found] = (await get(`${both}P-1`)).json()
  assert.deepEqual(Object.keys(found), [
    'orderToken',
    'merchantOrderReference',
    'merchantProcessorReference',
    'createdAt',
  ])
  assert.deepEqual([found.orderToken, found.merchantProcessorReference], [last, 'P-1'])
  assert.deepEqual((await get(`${both}P-2`)).json(), [])
})

for (const [cardNumber, feedback] of [
  ['4000000000000341', 'DECLINED_FRAUD'],
  ['4000000000000002', undefined],
] as const) {
  test(`an expired order whose card ${cardNumber} was declined gives ${feedback ?? 'no feedback'}`, async () => {
    const token = await aToken()
    await post(`/sandbox/orders/${token}/authorize`, { cardNumber })
    assert.equal((await get(`/v2/payments/${token}`)).json().lastEligibilityFeedback, undefined, 'not while it is open')
    scalapay.advance(41n * minute)
    await scalapay.runTimer(token)
    const order = (await get(`/v2/payments/${token}`)).json()
    assert.deepEqual(
      [order.status, order.captureStatus, order.lastEligibilityFeedback],
      ['expired', 'pending', feedback],
    )
  })
}
