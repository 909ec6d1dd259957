import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkLedger } from '../../../src/app/payment/check-ledger.ts'
import { sandboxCatalogue } from '../../../src/domain/catalogue/file/sandbox-catalogue.ts'
import type { CardAcquirer, RailOutcome } from '../../../src/rails/rail.ts'
import { aUuid } from '../../support/protocols/catalogue.ts'
import {
  aPayment,
  ownHeaders,
  ownPath,
  requestPayment,
  type SalescloudServer,
  startSalescloud,
} from '../../support/protocols/salescloud.ts'

const salescloud = await startSalescloud()

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
type Options = { server?: SalescloudServer; method?: Method; body?: object | string; headers?: Record<string, string> }

async function own(path: string, { server = salescloud, method = 'GET', body, headers = ownHeaders }: Options = {}) {
  const type = body === undefined ? {} : { 'content-type': 'application/json' }
  const payload = body === undefined ? {} : { payload: body }
  const answer = await server.server.inject({
    method,
    url: ownPath + path,
    headers: { ...type, ...headers },
    ...payload,
  })
  return { status: answer.statusCode, text: answer.body, json: answer.json<Record<string, unknown>>() }
}

async function paid(server: SalescloudServer = salescloud, overrides: object = {}): Promise<string> {
  const { json } = await requestPayment(server, aPayment(overrides))
  assert.equal(json.errorCode, 0)
  return String(json.paymentTransaction.payload.transactionId)
}

const refund = (id: string, body: object = {}, more: Options = {}) =>
  own(`/orders/${id}/refund`, { method: 'POST', body, ...more })

test('reads an order back with everything that was sent but the card', async () => {
  const id = await paid(salescloud, {
    requestId: 'read-back',
    comment: 'Þetta er bara test',
    billingInfo: { name: 'John Doe', visits: 1.5 },
    deliveryTime: Math.trunc(Date.now() / 1000),
    items: [{ uuid: 'b80e6d25-4f97-4a1c-93d8-7c2f5e0ab146', quantity: 3, discountPercent: 0 }],
    amount: 900,
  })
  const { status, json, text } = await own(`/orders/${id}`)
  assert.equal(status, 200)
  assert.deepEqual([json.status, json.amount, json.captured, json.requestId], ['captured', 900, 900, 'read-back'])
  const order = json.order as { lines: { gross: number }[]; asSent: Record<string, unknown> }
  assert.equal(order.lines[0]?.gross, 1350)
  assert.deepEqual(order.asSent.billingInfo, { name: 'John Doe', visits: 1.5 })
  assert.equal(order.asSent.comment, 'Þetta er bara test')
  assert(!text.includes('4242424242424242') && !text.includes('cardSecurityCode'))
  assert.equal((json.transactions as object[]).length, 1)
})

test('pages orders newest first and finds them by requestId', async () => {
  const ids: string[] = []
  for (const requestId of ['page-1', 'page-2', 'page-3']) ids.unshift(await paid(salescloud, { requestId }))
  const seen: unknown[] = []
  let cursor = ''
  for (let pages = 0; pages < 2; pages++) {
    const { json } = await own(`/orders?limit=2${cursor}`)
    seen.push(...(json.orders as { id: string }[]).map(({ id }) => id))
    cursor = `&cursor=${json.next}`
  }
  assert.deepEqual(seen.slice(0, 3), ids)
  const found = await own('/orders?requestId=page-2')
  assert.deepEqual(
    (found.json.orders as { id: string }[]).map(({ id }) => id),
    [ids[1]],
  )
  for (const bad of ['limit=0', 'limit=501', 'limit=x', 'cursor=1_x', 'requestId=a&requestId=b', 'requestId=%00'])
    assert.equal((await own(`/orders?${bad}`)).status, 400, bad)
})

test('refunds in parts, never more than was paid, and once per key', async () => {
  const id = await paid()
  const headers = { ...ownHeaders, 'idempotency-key': 'refund-1' }
  const first = await refund(id, { amount: 300, reference: 'R-1' }, { headers })
  assert.deepEqual([first.status, first.json.status, first.json.amount], [200, 'succeeded', 300])
  assert.equal((await refund(id, { amount: 300, reference: 'R-1' }, { headers })).text, first.text)
  assert.equal((await refund(id, { amount: 301 }, { headers })).status, 409)
  assert.equal((await refund(id, { amount: 701 })).json.errorCode, 'amount_too_high')
  const rest = await refund(id)
  assert.deepEqual([rest.status, rest.json.amount], [200, 700])
  assert.equal((await refund(id)).status, 409)
  const { json } = await own(`/orders/${id}`)
  assert.deepEqual([json.status, json.refunded], ['refunded', 1000])
  for (const body of [{ amount: '1' }, { amount: 0 }, { amount: 1.5 }, { sum: 1 }, { reference: 'a\0' }, '[]'])
    assert.equal((await own(`/orders/${id}/refund`, { method: 'POST', body })).status, 400, JSON.stringify(body))
})

test('refunds once when the same key comes twenty times at once', async () => {
  const id = await paid()
  const headers = { ...ownHeaders, 'idempotency-key': 'refund-parallel' }
  const answers = await Promise.all(Array.from({ length: 20 }, () => refund(id, { amount: 100 }, { headers })))
  const accepted = answers.filter(({ status }) => status === 200 || status === 202)
  assert.equal(new Set(accepted.map(({ json }) => json.id)).size, 1)
  assert.equal((await own(`/orders/${id}`)).json.refunded, 100)
})

test('voids a whole sale, gives its seats back, and answers the request as before', async () => {
  const seat = { uuid: '2ea94c7d-51f8-4b03-86ce-0d9b7f3a5e12', quantity: 2, startsAtTimeInMillis: 2_066_324_400_000 }
  const sale = { amount: 9800, items: [seat], requestId: 'voided' }
  const id = await paid(salescloud, sale)
  const voided = await own(`/orders/${id}/void`, { method: 'POST' })
  assert.deepEqual([voided.status, voided.json.status, voided.json.purpose], [200, 'succeeded', 'void'])
  assert.equal((await own(`/orders/${id}`)).json.status, 'voided')
  assert.equal((await own(`/orders/${id}/void`, { method: 'POST' })).status, 409)
  assert.equal((await requestPayment(salescloud, aPayment(sale))).json.errorCode, 0, 'the first answer')
  await paid(salescloud, { ...sale, requestId: 'seats again' })
})

test('leaves a refund pending whose outcome the acquirer does not tell', async () => {
  const answers: RailOutcome[] = [{ kind: 'succeeded', railReference: 'r-1', code: '00', payload: {} }]
  const acquirer: CardAcquirer = {
    name: 'forgetful',
    perform: async () => answers.shift() ?? { kind: 'unknown', detail: 'cut' },
    find: async () => ({ kind: 'unknown', detail: 'cut' }),
  }
  const server = await startSalescloud({ acquirer })
  const id = await paid(server)
  const pending = await refund(id, { amount: 400 }, { server })
  assert.deepEqual([pending.status, pending.json.status, pending.json.amount], [202, 'pending', 400])
  assert.equal((await refund(id, { amount: 400 }, { server })).json.errorCode, 'operation_in_progress')
  assert.equal((await own(`/orders/${id}`, { server })).json.refunded, 0)
})

test('imports a catalogue whole or not at all', async () => {
  const { organization } = sandboxCatalogue
  const body = { organization, products: [{ uuid: aUuid(500), title: 'Tea', price: 350 }] }
  assert.equal((await own('/catalogue', { method: 'PUT', body })).status, 200)
  await paid(salescloud, { amount: 350, items: [{ uuid: aUuid(500), quantity: 1 }] })
  const wrong = { organization, products: [{ uuid: aUuid(501), title: 'Tea', price: -1 }] }
  const refused = await own('/catalogue', { method: 'PUT', body: wrong })
  assert.deepEqual([refused.status, refused.json.errorCode], [400, 'invalid_catalogue'])
  const foreign = { organization: { ...organization, uuid: aUuid(600) } }
  assert.equal((await own('/catalogue', { method: 'PUT', body: foreign })).status, 400)
  for (const noFile of ['', '[]', 'null', '{"organization":null}'])
    assert.equal((await own('/catalogue', { method: 'PUT', body: noFile })).status, 400, noFile)
})

test('opens no route without the organization’s own key, and none of another organization', async () => {
  const id = await paid()
  const calls: [Method, string][] = [
    ['GET', '/orders'],
    ['GET', `/orders/${id}`],
    ['POST', `/orders/${id}/refund`],
    ['POST', `/orders/${id}/void`],
    ['GET', '/catalogue'],
    ['PUT', '/catalogue'],
    ['GET', '/catalogue/organization'],
    ['PUT', '/catalogue/organization'],
    ['GET', '/catalogue/products'],
    ['GET', `/catalogue/products/${aUuid(1)}`],
    ['PUT', `/catalogue/products/${aUuid(1)}`],
    ['DELETE', `/catalogue/products/${aUuid(1)}`],
  ]
  for (const [method, path] of calls) {
    for (const authorization of ['', 'Bearer wrong', 'Bearer qhtfs87hjnc12kkos', 'Basic c2M6'])
      assert.equal((await own(path, { method, headers: { authorization } })).status, 401, `${method} ${path}`)
    const url = `/salescloud/v1/organizations/${aUuid(1)}${path}`
    const answer = await salescloud.server.inject({ method, url, headers: ownHeaders })
    assert.equal(answer.statusCode, 404, `${method} ${url}`)
  }
  assert.equal((await own('/orders/SCLDAAAAAAAA')).status, 404)
  assert.equal((await own('/orders/nope')).status, 404)
  assert.equal((await own('/orders', { method: 'POST' })).status, 405)
})

test('keeps payments and ledger in agreement through all of the above', async () => {
  const { discrepancies, payments } = await checkLedger(salescloud.database.pool)
  assert.deepEqual(discrepancies, [])
  assert(payments > 0)
})
