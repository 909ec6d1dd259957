import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aKupayPayment, startKupay } from '../../support/protocols/kupay.ts'
import { type Received, startReceiver } from '../../support/protocols/webhooks.ts'
import { Recorder } from './recorder.ts'

test('speaks the API as it is documented', async () => {
  const server = await startKupay()
  const tape = new Recorder(server)
  const receiver = await startReceiver()
  const headers = [`Host: api.kupay.finance`, `Authorization: Bearer ${server.shop.token}`]
  const json = [...headers, 'Content-Type: application/json']
  const body = JSON.stringify(aKupayPayment({ callback_url: receiver.url }), null, 2)
  const create = ['POST /v1/payment/create HTTP/1.1', ...json]
  const created = await tape.call('Ask for a payment', create, body)
  const status = [`GET /v1/payment/status/${created.payment_id} HTTP/1.1`, ...headers]
  await tape.call('Ask again: the same request', create, body)
  await tape.call('Read it', status)
  await server.receive(String(created.payment_id), 12_345n)
  await server.deliver()
  tape.heard('What callback_url is told', receiver.requests[0] as Received)
  await tape.call('Read it paid', status)
  await tape.call('Ask for another amount', create, body.replace('123.45', '99.00'))
  await tape.call('Without a token', ['GET /v1/payment/status/KUPY00000000 HTTP/1.1', 'Host: api.kupay.finance'])
  await tape.call('What is not there', [
    'GET /v1/payment/status/1dabeb8c-d9e7-11ec-a7b6-fd796692aca4 HTTP/1.1',
    ...headers,
  ])
  await tape.call(
    'What cannot be',
    create,
    '{"id":"","currency":"JPY","amount":1500.50,"callback_url":"http://10.0.0.1/"}',
  )
  await tape.finish('api')
})

test('speaks with the WooCommerce plugin 0.1.3 as it is shipped', async () => {
  const server = await startKupay()
  const tape = new Recorder(server)
  const receiver = await startReceiver()
  const post = (key: string) => [
    `POST /webhook/woocommerce/${key} HTTP/1.0`,
    'Host: api.kupay.finance',
    'User-Agent: WordPress/6.4.3; https://shop.example',
    'Content-Type: application/json; charset=utf-8',
  ]
  const body = anOrder(`${receiver.url}&wc-api=callback&key=wc_order_AbCdEf123456`)
  const created = await tape.call('The thank-you page is shown', post(server.shop.shopKey), body)
  await tape.call('It is shown again', post(server.shop.shopKey), body)
  const key = server.shop.shopKey.toUpperCase()
  await tape.call('A key in other letters is another key', post(key), body)
  await tape.call(
    'A shop in a currency that nobody can pay in',
    post(server.shop.shopKey),
    body.replace('"USD"', '"ISK"'),
  )
  await server.receive(String(created.payment_id), 12_345n)
  await server.deliver()
  assert.equal(receiver.requests.length, 1)
  tape.heard('The callback, once it is final', receiver.requests[0] as Received)
  await server.app.chains.settings.changeTerms(server.shop.merchant.id, { cancelUnpaid: true }, by)
  const unpaid = body.replace('"id":12', '"id":13').replaceAll('AbCdEf', 'GhIjKl')
  const waiting = await tape.call('An order that nobody pays', post(server.shop.shopKey), unpaid)
  await server.expire(String(waiting.payment_id))
  while ((await server.lookAtUnpaid()) > 0);
  await server.deliver()
  assert.equal(receiver.requests.length, 2)
  tape.heard('The callback that calls it off, where the shop wants that', receiver.requests[1] as Received)
  await tape.finish('woocommerce')
})

const by = { actor: { kind: 'system', name: 'test' }, address: null } as const

/** `json_encode` of `WC_Order::get_data()`, without most of its addresses. */
function anOrder(callbackUrl: string): string {
  const back = 'https://shop.example/checkout/order-received/12/?key=wc_order_AbCdEf123456&#038;status='
  const date = { date: '2022-05-22 18:58:04.000000', timezone_type: 3, timezone: 'Europe/Amsterdam' }
  const order = {
    ...{ id: 12, parent_id: 0, status: 'processing', currency: 'USD', version: '6.3.1', prices_include_tax: false },
    ...{
      date_created: date,
      date_modified: date,
      discount_total: '0',
      total: '123.45',
      total_tax: '0',
      customer_id: 0,
    },
    order_key: 'wc_order_AbCdEf123456',
    billing: { first_name: 'Ada', last_name: 'Verdi', country: 'NL', email: 'ada@example.com', phone: '' },
    ...{ payment_method: 'kupay', payment_method_title: 'KuPay', number: '12', meta_data: [] },
    line_items: { 7: { legacy_values: null, legacy_cart_item_key: null } },
    ...{ tax_lines: [], shipping_lines: [], fee_lines: [], coupon_lines: [] },
  }
  const sent = { order, cancel_url: `${back}cancelled`, paid_url: `${back}completed`, callback_url: callbackUrl }
  return JSON.stringify(sent).replaceAll('/', '\\/')
}
