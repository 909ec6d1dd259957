import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ChainId, coin } from '../../../src/domain/chain/address.ts'
import type { Chain } from '../../../src/domain/chain/chain.ts'
import { anAddress } from '../../support/chain/factories.ts'
import { lyingEndpoint } from '../../support/chain/lying-endpoint.ts'
import { setUp } from '../../support/chain/world.ts'
import { ask, exchange, startKupay } from '../../support/protocols/kupay.ts'
import { startReceiver } from '../../support/protocols/webhooks.ts'

const server = await startKupay()
const { shop } = server

/** What `json_encode` makes of an order, cut down to what differs between shops. */
function anOrder(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 12,
    parent_id: 0,
    status: 'processing',
    currency: 'USD',
    date_created: { date: '2022-05-22 18:58:04.000000', timezone_type: 1, timezone: '+00:00' },
    total: '123.45',
    order_key: 'wc_order_AbCdEf123456',
    billing: { first_name: 'Ada', email: 'ada@example.com', phone: '+393330000001' },
    number: '12',
    meta_data: [],
    line_items: { 7: { legacy_values: null, legacy_cart_item_key: null } },
    tax_lines: [],
    shipping_lines: [],
    ...changes,
  }
}

function aPost(
  order: Record<string, unknown>,
  callback = 'https://shop.example/?wc-api=callback&key=wc_order_AbCdEf123456',
) {
  const back = 'https://shop.example/?page_id=8&#038;order-received=12&#038;key=wc_order_AbCdEf123456&status='
  const body = { order, cancel_url: `${back}cancelled`, paid_url: `${back}completed`, callback_url: callback }
  return JSON.stringify(body).replaceAll('/', '\\/')
}

function post(
  order: Record<string, unknown>,
  { key = shop.shopKey, callback }: { key?: string; callback?: string } = {},
) {
  return ask(server, `/webhook/woocommerce/${key}`, { body: aPost(order, callback) })
}

async function detailsOf(id: string): Promise<Record<string, unknown>> {
  const stored = await server.app.payments.find(shop.merchant.id, id as never)
  return JSON.parse(stored?.details ?? '{}')
}

test('answers the plugin as it speaks: HTTP/1.0, escaped slashes, exactly 200, and the address to pay at', async () => {
  const body = aPost(anOrder())
  const head = `POST /webhook/woocommerce/${shop.shopKey} HTTP/1.0\r\nHost: api.kupay.finance\r\nContent-Type: application/json; charset=utf-8\r\n`
  const answer = await exchange(
    server.port,
    `${head}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  )
  assert.match(answer, /^HTTP\/1\.[01] 200 OK\r\n/)
  const json = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))
  assert.match(json.pay_url, /^http:\/\/tercet\.test\/pay\/[a-z0-9]{4}\/[A-Z0-9]{12}$/)
})

test('asks neither a price nor a chain before it answers: the plugin waits five seconds', async () => {
  const endpoint = await lyingEndpoint('http://127.0.0.1:1')
  endpoint.lie = () => '0x1'
  const chain: Chain = {
    ...{ id: 321 as ChainId, name: 'KCC', coin: 'KCS', explorerUrl: null, walletRpcUrl: null, isLocal: false },
    ...{ confirmations: 3, hasFinality: false, endpoints: [endpoint.url] },
    tokens: [{ address: coin, symbol: 'KCS', decimals: 18, peg: null }],
  }
  await setUp(server.database.pool, chain, shop.merchant, anAddress(60))
  // This server knows no price at all.
  assert.equal((await post(anOrder({ id: 77, order_key: 'wc_order_NoPrice' }))).status, 200)
  assert.equal(endpoint.asked.size, 0)
})

test('is the same request each time the page is shown again, and a new one for another total', async () => {
  const first = await post(anOrder({ id: 13 }))
  assert.equal((await post(anOrder({ id: 13 }))).text, first.text)
  const changed = await post(anOrder({ id: 13, total: '99.00' }))
  assert.deepEqual([changed.status, changed.json.payment_id === first.json.payment_id], [200, false])
  const rebuilt = await post(anOrder({ id: 13, order_key: 'wc_order_another' }))
  assert.notEqual(rebuilt.json.payment_id, first.json.payment_id)
})

test('decodes the addresses that WordPress escaped', async () => {
  const { json } = await post(anOrder({ id: 14 }))
  const { cancelUrl, paidUrl } = await detailsOf(json.payment_id)
  const back = 'https://shop.example/?page_id=8&order-received=12&key=wc_order_AbCdEf123456&status='
  assert.deepEqual([cancelUrl, paidUrl], [`${back}cancelled`, `${back}completed`])
})

test('takes both forms of a date, and none', async () => {
  for (const [date, created] of [
    [{ date: '2022-05-22 18:58:04.000000', timezone_type: 1, timezone: '+02:00' }, '2022-05-22 16:58:04'],
    [{ date: '2022-05-22 18:58:04.000000', timezone_type: 3, timezone: 'Europe/Amsterdam' }, '2022-05-22 16:58:04'],
    [{ date: '2022-01-22 18:58:04.000000', timezone_type: 3, timezone: 'America/New_York' }, '2022-01-22 23:58:04'],
  ] as const) {
    const { json } = await post(
      anOrder({
        id: 15,
        order_key: `wc_order_${created.replace(/\D/g, '')}_${date.timezone_type}`,
        date_created: date,
      }),
    )
    assert.equal((await detailsOf(json.payment_id)).createdAt, created)
  }
  const { status } = await post(anOrder({ id: 16, date_created: null, line_items: [] }))
  assert.equal(status, 200)
})

test('keeps nothing of the shopper', async () => {
  const { json } = await post(anOrder({ id: 17 }))
  assert.doesNotMatch(JSON.stringify(await detailsOf(json.payment_id)), /Ada|ada@|3933/)
})

test('calls back by parameters, with the key among them, once, when the payment is final', async () => {
  const receiver = await startReceiver()
  const callback = `${receiver.url}&key=wc_order_AbCdEf123456`
  const { json } = await post(anOrder({ id: 18 }), { callback })
  await server.receive(json.payment_id, 12_345n, ['seen'])
  await server.deliver()
  assert.equal(receiver.requests.length, 0)
  await server.receive(json.payment_id, 12_345n, ['final'])
  await server.receive(json.payment_id, 500n)
  await server.deliver()
  assert.deepEqual(
    receiver.requests.map(({ method, path, body }) => [method, path, body]),
    [
      [
        'GET',
        `/hooks?shop=7&key=wc_order_AbCdEf123456&order_id=18&status=completed&kupay_callback=${shop.shopKey}`,
        '',
      ],
    ],
  )
})

test('does not tell the plugin what it would not read: an order whose time is up', async () => {
  const receiver = await startReceiver()
  const { json } = await post(anOrder({ id: 19 }), { callback: receiver.url })
  await server.expire(json.payment_id)
  await server.deliver()
  assert.equal(receiver.requests.length, 0)
})

test('refuses a key that is none, the API’s token, and orders that nobody can pay', async () => {
  for (const key of ['nobody', shop.token, shop.shopKey.toUpperCase()]) {
    const { status, text } = await post(anOrder(), { key })
    assert.deepEqual([status, text], [401, '[]'])
  }
  for (const [change, field] of [
    [{ currency: 'ISK' }, 'order.currency'],
    [{ total: '0.00' }, 'order.total'],
    [{ id: '12' }, 'order.id'],
    [{ order_key: 'other' }, 'order.order_key'],
  ] as const) {
    const { status, json } = await post(anOrder(change))
    assert.deepEqual([status, Object.keys(json.errors)], [422, [field]])
  }
  const { status, json } = await post(anOrder(), { callback: 'http://169.254.169.254/' })
  assert.deepEqual([status, Object.keys(json.errors)], [422, ['callback_url']])
})

test('writes the key of a shop into no line of the log', async () => {
  await post(anOrder({ currency: 'ISK' }))
  await ask(server, `/webhook/woocommerce/${shop.shopKey}`, { method: 'PUT' })
  await ask(server, `/webhook/woocommerce/${shop.shopKey}/more`, { body: '{}' })
  assert.doesNotMatch(server.log.join('\n'), new RegExp(shop.shopKey))
})
