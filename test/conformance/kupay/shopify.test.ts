import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { runInNewContext } from 'node:vm'
import { kupayShopifySecret } from '../../../src/main/fixtures.ts'
import { startKupay } from '../../support/protocols/kupay.ts'

const server = await startKupay()
const { shop, app } = server

/** What the shop's webhook tells of an order, cut down to what is read and what must not be kept. */
function anOrder(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 4_532_871_962_785,
    order_number: 1234,
    name: '#1234',
    created_at: '2022-05-22T18:58:04+01:00',
    currency: 'USD',
    total_price: '123.45',
    financial_status: 'pending',
    payment_gateway_names: ['Crypto via KuPay'],
    email: 'ada@example.com',
    order_status_url: 'https://shop.example/4/orders/1234/authenticate?key=1',
    billing_address: { first_name: 'Ada', phone: '+393330000001' },
    ...changes,
  }
}

type Told = { readonly merchant?: string; readonly secret?: string; readonly headers?: Record<string, string> }

async function tell(order: unknown, { merchant = 'kupy', secret = kupayShopifySecret, headers }: Told = {}) {
  const body = typeof order === 'string' ? order : JSON.stringify(order)
  const signature = createHmac('sha256', secret).update(body).digest('base64')
  const response = await fetch(`http://127.0.0.1:${server.port}/webhook/shopify/${merchant}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-shopify-hmac-sha256': signature, ...headers },
    body,
  })
  const text = await response.text()
  return { status: response.status, text, json: text.startsWith('{') ? JSON.parse(text) : undefined }
}

type Box = { readonly title: string; readonly text: string; readonly href: string | undefined; readonly back: string }

/** Runs the script as a shop's page does, and reads what it put into its box; undefined when it put nothing there. */
async function boxOf(query: string, boxId = 'kupay-shopify-status'): Promise<Box | undefined> {
  const response = await fetch(`http://127.0.0.1:${server.port}/pay/api/order/shopify/status/js/?v=1&${query}`)
  assert.equal(response.status, 200)
  assert.match(response.headers.get('content-type') ?? '', /^text\/javascript/)
  assert.equal(response.headers.get('cache-control'), 'no-store')
  const script = await response.text()
  type Element = { tag: string; textContent: string; href?: string; style: string; children: Element[] }
  const made = (tag: string): Element & Record<string, unknown> => {
    const element = { tag, textContent: '', style: '', children: [] as Element[] }
    return {
      ...element,
      setAttribute(_: string, value: string) {
        this.style = value
      },
      appendChild(child: Element) {
        this.children.push(child)
      },
    }
  }
  const box = made('div')
  const page = { getElementById: (id: string) => (id === boxId ? box : null), createElement: made }
  runInNewContext(script, { document: page })
  const [panel] = box.children
  if (!panel) return undefined
  const [title, text, link] = panel.children
  return { title: title?.textContent ?? '', text: text?.textContent ?? '', href: link?.href, back: panel.style }
}

test('makes a payment of a signed order, sends its shopper the link, and keeps nothing else of them', async () => {
  const { status, json } = await tell(anOrder())
  assert.equal(status, 200)
  assert.equal(json.pay_url, `http://tercet.test/pay/kupy/${json.payment_id}`)
  const stored = await app.payments.find(shop.merchant.id, json.payment_id)
  assert.deepEqual([stored?.payment.total, stored?.payment.currency], [12_345n, 'USD'])
  const statusUrl = 'https://shop.example/4/orders/1234/authenticate?key=1'
  assert.deepEqual(JSON.parse(stored?.details ?? ''), {
    ...{ face: 'shopify', id: '4532871962785', orderNumber: '1234', createdAt: '2022-05-22 17:58:04' },
    ...{ cancelUrl: statusUrl, paidUrl: statusUrl, orderStatusUrl: statusUrl },
  })
  const wanted = { merchantId: shop.merchant.id, recipient: 'ada@example.com', limit: 1 }
  assert(inspect(await app.messages.list(wanted)).includes(json.pay_url))
})

test('is the same payment however often the shop tells of the order', async () => {
  const first = await tell(anOrder({ id: 2 }))
  const rivals = await Promise.all([tell(anOrder({ id: 2 })), tell(anOrder({ id: 2 })), tell(anOrder({ id: 2 }))])
  assert.deepEqual(
    rivals.map(({ text }) => text),
    [first.text, first.text, first.text],
  )
})

test('believes nothing that is not signed with the secret of that merchant, byte for byte', async () => {
  const order = anOrder({ id: 3 })
  const other = { ...order, total_price: '1.00' }
  const signature = createHmac('sha256', kupayShopifySecret).update(JSON.stringify(order)).digest('base64')
  const refused = [
    tell(order, { secret: 'shpss_another_secret_1' }),
    tell(order, { headers: { 'x-shopify-hmac-sha256': '' } }),
    tell(other, { headers: { 'x-shopify-hmac-sha256': signature } }),
    tell(order, { headers: { 'x-shopify-hmac-sha256': signature.toLowerCase() } }),
    tell(order, { merchant: 'nope' }),
    tell(order, { merchant: 'ku%00y' }),
    // One without a secret believes nothing at all.
    tell(order, { merchant: server.otherShop.merchant.prefix, secret: '' }),
  ]
  for (const { status, text } of await Promise.all(refused)) assert.deepEqual([status, text], [401, '[]'])
  assert.equal((await tell(order, { merchant: 'KUPY' })).status, 200)
})

test('leaves orders that are paid otherwise to their shop', async () => {
  for (const changes of [
    { payment_gateway_names: ['shopify_payments'] },
    { payment_gateway_names: [] },
    { payment_gateway_names: 'KuPay' },
    { financial_status: 'paid' },
  ])
    assert.deepEqual(await tell(anOrder({ id: 4, ...changes })), { status: 200, text: '[]', json: undefined })
  assert.equal((await tell(anOrder({ id: 4, payment_gateway_names: [], gateway: 'kupay' }))).status, 200)
})

test('says by field what is wrong with an order, and makes nothing of it', async () => {
  const wrong = { id: 5.5, order_number: null, currency: 'CNH', total_price: '1' }
  const { status, json } = await tell(anOrder(wrong))
  assert.deepEqual([status, Object.keys(json.errors)], [422, ['id', 'order_number', 'currency']])
  assert.deepEqual(Object.keys((await tell(anOrder({ id: 5, total_price: '-1' }))).json.errors), ['total_price'])
  assert.deepEqual(Object.keys((await tell('[]')).json.errors), ['body'])
  assert.deepEqual(Object.keys((await tell('{')).json.errors), ['body'])
})

test('shows who knows both numbers of an order its link and its state, and nobody else', async () => {
  const { json } = await tell(anOrder({ id: 6, order_number: 66 }))
  const open = await boxOf('order_number=66&order_id=6')
  assert.deepEqual([open?.title, open?.href], ['Please make your payment via KuPay', json.pay_url])
  assert.match(open?.back ?? '', /#1c1c28/)
  assert.match((await boxOf('order_number=66&order_id=6&theme=light'))?.back ?? '', /background:#ffffff/)
  for (const query of [
    'order_number=67&order_id=6',
    'order_id=6',
    'order_number=66',
    'order_number=66&order_id=6%27',
    '',
  ])
    assert.equal(await boxOf(query), undefined, query)
  assert.equal(await boxOf('order_number=66&order_id=6', 'another-box'), undefined)
  await server.receive(json.payment_id, 12_345n, ['seen'])
  assert.deepEqual(await boxOf('order_number=66&order_id=6').then((box) => [box?.title, box?.href]), [
    'Your payment is being confirmed',
    undefined,
  ])
  await server.receive(json.payment_id, 12_345n, ['final'])
  assert.equal((await boxOf('order_number=66&order_id=6'))?.title, 'Your payment has arrived')
})

test('shows nobody an order that two merchants claim', async () => {
  await tell(anOrder({ id: 7, order_number: 77 }))
  assert.notEqual(await boxOf('order_number=77&order_id=7'), undefined)
  await app.shops.note(server.otherShop.merchant.id, { orderId: '7', orderNumber: '77' })
  assert.equal(await boxOf('order_number=77&order_id=7'), undefined)
})
