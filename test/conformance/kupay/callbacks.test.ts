import assert from 'node:assert/strict'
import { test } from 'node:test'
import { create, startKupay } from '../../support/protocols/kupay.ts'
import { answering, startReceiver } from '../../support/protocols/webhooks.ts'

const server = await startKupay()

test('tells the callback once the payment is final: the object of payment/status and the merchant’s id, signed', async () => {
  const shop = await startReceiver()
  const id = await create(server, { id: 'final', callback_url: shop.url })
  await server.receive(id, 12_345n, ['seen'])
  assert.equal(await server.deliver(), 0)
  await server.receive(id, 12_345n, ['final'])
  assert.equal(await server.deliver(), 1)
  const [request] = shop.requests
  assert.deepEqual([request?.method, request?.path], ['POST', '/hooks?shop=7'])
  assert.equal(request?.headers['content-type'], 'application/json')
  assert.equal(
    request?.body,
    `{"payment_id":"${id}","status":"paid","created_at":"2022-05-22 17:58:04","order_number":"1234","currency":"USD","amount":123.45,"id":"final"}`,
  )
  assert.match(String(request?.headers['webhook-signature']), /^v1,/)
  assert.match(String(request?.headers['webhook-timestamp']), /^\d{10}$/)
})

test('tells that the time is up, and that the money came after all', async () => {
  const shop = await startReceiver()
  const id = await create(server, { id: 'too late', callback_url: shop.url })
  await server.expire(id)
  await server.deliver()
  await server.receive(id, 12_345n)
  await server.deliver()
  assert.deepEqual(
    shop.requests.map(({ body }) => JSON.parse(body).status),
    ['expired', 'paid'],
  )
})

test('says that a request was called off when another amount took its place', async () => {
  const shop = await startReceiver()
  await create(server, { id: 'replaced', callback_url: shop.url })
  await create(server, { id: 'replaced', callback_url: shop.url, amount: 5 })
  await server.deliver()
  assert.deepEqual(
    shop.requests.map(({ body }) => JSON.parse(body).status),
    ['cancelled'],
  )
})

test('tells again until it is received with 200', async () => {
  const shop = await startReceiver()
  shop.answer = answering(500)
  const id = await create(server, { id: 'again', callback_url: shop.url })
  await server.receive(id, 12_345n)
  await server.deliver()
  shop.answer = answering(200)
  server.advance(60_000_000n)
  await server.deliver()
  await server.deliver()
  assert.equal(shop.requests.length, 2)
})
