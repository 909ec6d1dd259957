import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MerchantId } from '../../../src/kernel/ids.ts'
import { anOrder } from '../../support/payments/orders.ts'
import { startPortal } from '../../support/portal/portal.ts'
import { merchantKey, startScalapay } from '../../support/protocols/scalapay.ts'
import { startReceiver } from '../../support/protocols/webhooks.ts'

const scalapay = await startScalapay()
const portal = await startPortal({ database: scalapay.database, sealer: scalapay.sealer })
const receiver = await startReceiver()
const { pool } = scalapay.database
const shop = (await pool.query(`select id from merchant where prefix = 'SHOP'`)).rows[0].id as MerchantId
const developer = await portal.cookieOf('developer', shop)
portal.delivery.start()

let presses = 0
const press = () => `press-of-a-webhook-${++presses}`

function call(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) {
  return portal.server.inject({
    method,
    url: `/portal/api/merchants/${shop}/webhooks${path}`,
    headers: { cookie: developer, origin: portal.app.publicUrl },
    ...(payload && { payload }),
  })
}

const { usual } = (await call('GET', '/endpoints')).json()

async function anEndpoint(url = receiver.url): Promise<{ id: string; secret: string }> {
  const answer = await call('POST', '/endpoints', { url, description: 'orders', events: usual, press: press() })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json()
}

async function deliveriesTo(endpoint: string) {
  return (await call('GET', `/deliveries?endpoint=${endpoint}`)).json().deliveries
}

/** Asks until the endpoint's newest delivery is in the state: an attempt is recorded a moment after it was received. */
async function newestThatIs(state: string, endpoint: string) {
  for (;;) {
    const [newest] = await deliveriesTo(endpoint)
    if (newest?.state === state) return newest
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('a test message says what a real one would, is signed in the same way, and stands in the log', async () => {
  const { id } = await anEndpoint()
  const before = receiver.requests.length
  const wish = { event: 'captured', press: press() }
  const [sent, again] = [
    await call('POST', `/endpoints/${id}/test`, wish),
    await call('POST', `/endpoints/${id}/test`, wish),
  ]
  assert.equal(sent.statusCode, 200, sent.body)
  assert.deepEqual(again.json(), sent.json())
  await receiver.received(before + 1)
  const [received] = receiver.requests.slice(before)
  const { orderToken, status, merchantReference } = JSON.parse(received?.body ?? '')
  assert.deepEqual({ status, merchantReference }, { status: 'charged', merchantReference: 'TEST' })
  assert.match(orderToken, /^SHOP[A-Z0-9]{8}$/)
  assert(received?.headers['x-scalapay-hmac-v1'] && received.headers['webhook-signature'])
  const delivery = await newestThatIs('delivered', id)
  assert.deepEqual([delivery.id, delivery.isTest, delivery.order], [sent.json().delivery, true, null])
  assert.deepEqual([delivery.attempts.length, delivery.attempts[0].status, delivery.attempts[0].answer], [1, 200, 'ok'])
  const request = (await call('GET', `/deliveries/${delivery.id}/request`)).json()
  assert.equal(request.body, received.body)
  const { rows } = await pool.query(`select count(*)::int as count from payment where payment_id = $1`, [orderToken])
  assert.equal(rows[0].count, 0)
  await call('DELETE', `/endpoints/${id}`)
})

test('a delivery, and a range of them, is sent again under the same id', async () => {
  const { id } = await anEndpoint()
  const headers = { authorization: `Bearer ${merchantKey}` }
  const payload = anOrder() as object
  const order = await scalapay.server.inject({ method: 'POST', url: '/v2/orders', headers, payload })
  const first = await newestThatIs('delivered', id)
  assert.equal(first.order, order.json().token)
  const before = receiver.requests.length
  assert.equal((await call('POST', `/deliveries/${first.id}/replay`)).json().replayed, 1)
  await receiver.received(before + 1)
  await newestThatIs('delivered', id)
  const range = { from: '2020-01-01T00:00:00Z', to: '2040-01-01T00:00:00Z', endpoint: id }
  assert.equal((await call('POST', '/replay', range)).json().replayed, 1)
  await receiver.received(before + 2)
  const ids = receiver.requests.slice(before - 1).map((each) => each.headers['webhook-id'])
  assert.equal(new Set(ids).size, 1)
  assert.equal((await call('POST', '/replay', { ...range, to: range.from })).statusCode, 400)
  await call('DELETE', `/endpoints/${id}`)
})

test('tells of an order with every digit that was sent, as the order itself reads', async () => {
  const { id } = await anEndpoint()
  const before = receiver.requests.length
  const order = JSON.stringify(anOrder({ merchantReference: 'digits' }))
  const payload = `${order.slice(0, -1)},"cart":{"id":9007199254740993,"weight":1.50}}`
  const headers = { authorization: `Bearer ${merchantKey}`, 'content-type': 'application/json' }
  const made = await scalapay.server.inject({ method: 'POST', url: '/v2/orders', headers, payload })
  await receiver.received(before + 1)
  const told = receiver.requests.slice(before).find(({ body }) => body.includes('"merchantReference":"digits"'))
  const read = await scalapay.server.inject({ url: `/v2/payments/${made.json().token}`, headers })
  for (const text of [told?.body ?? '', read.body])
    assert.match(text, /"cart":\{"id":9007199254740993,"weight":1\.50\}/)
  await newestThatIs('delivered', id)
  await call('DELETE', `/endpoints/${id}`)
})

test('an endpoint is changed, paused and deleted, and each of it stands in the audit log', async () => {
  const { id, secret } = await anEndpoint()
  assert.match(secret, /^whsec_/)
  const change = { enabled: false, events: ['captured'], description: 'books' }
  assert.equal((await call('PATCH', `/endpoints/${id}`, change)).statusCode, 200)
  const { endpoints } = (await call('GET', '/endpoints')).json()
  const { enabled, events } = endpoints.find((each: { id: string }) => each.id === id)
  assert.deepEqual({ enabled, events }, { enabled: false, events: ['captured'] })
  const rotated = (await call('POST', `/endpoints/${id}/rotate`, { press: press() })).json()
  assert.notEqual(rotated.secret, secret)
  assert.equal((await call('DELETE', `/endpoints/${id}`)).statusCode, 200)
  assert.equal((await call('DELETE', `/endpoints/${id}`)).statusCode, 404)
  const owner = await portal.cookieOf('owner', shop)
  const log = await portal.server.inject({ url: `/portal/api/merchants/${shop}/audit-log`, headers: { cookie: owner } })
  const mine = log.json().entries.filter(({ subject }: { subject: string }) => subject === id)
  assert.deepEqual(
    mine.map(({ action }: { action: string }) => action),
    ['delete_webhook_endpoint', 'rotate_webhook_secret', 'change_webhook_endpoint', 'add_webhook_endpoint'],
  )
  assert.equal(JSON.parse(mine[2].before).enabled, true)
  assert.equal(JSON.parse(mine[2].after).enabled, false)
  assert(!log.body.includes(secret) && !log.body.includes(rotated.secret))
})

test('what cannot be an endpoint is refused with a sentence, and one press adds one', async () => {
  for (const [url, events, code] of [
    ['ftp://shop.example', ['captured'], 'url_scheme'],
    ['https://10.0.0.1/hooks', ['captured'], 'url_address_not_public'],
    [receiver.url, [], 'no_event'],
    [receiver.url, ['nothing'], 'unknown_event'],
    ...['received', 'delayed', 'part_captured', 'failed'].map(
      (never) => [receiver.url, ['captured', never], 'unknown_event'] as const,
    ),
  ]) {
    const answer = await call('POST', '/endpoints', { url, description: '', events, press: press() })
    assert(answer.statusCode === 422 || answer.statusCode === 400, answer.body)
    assert.equal(answer.json().errorCode, code)
  }
  const body = { url: receiver.url, description: '', events: ['captured'], press: press() }
  const answers = await Promise.all([call('POST', '/endpoints', body), call('POST', '/endpoints', body)])
  assert.deepEqual(answers[0]?.json(), answers[1]?.json())
  assert.equal((await call('POST', '/endpoints', { ...body, description: 'other' })).statusCode, 409)
})

test('deliveries that were given up are counted for the first page', async () => {
  const owner = await portal.cookieOf('owner', shop)
  const failed = async () =>
    (
      await portal.server.inject({ url: `/portal/api/merchants/${shop}/webhooks/failed`, headers: { cookie: owner } })
    ).json().failed
  const before = await failed()
  const { id } = await anEndpoint()
  await call('POST', `/endpoints/${id}/test`, { event: 'captured', press: press() })
  const { id: delivery } = await newestThatIs('delivered', id)
  await pool.query(`update webhook_message set state = 'dead' where message_id = $1`, [delivery])
  assert.equal(await failed(), before + 1)
})
