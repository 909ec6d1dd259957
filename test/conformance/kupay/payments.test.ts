import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkLedger } from '../../../src/app/payment/check-ledger.ts'
import { aKupayPayment, ask, create, startKupay } from '../../support/protocols/kupay.ts'

const server = await startKupay()
const { shop, otherShop } = server

function post(changes: Record<string, unknown> = {}, token = shop.token) {
  return ask(server, '/v1/payment/create', { body: aKupayPayment(changes), token })
}

function read(id: string, token = shop.token) {
  return ask(server, `/v1/payment/status/${id}`, { token })
}

test('answers a new request with 200, the address of its page and its id', async () => {
  const { status, type, text, json } = await post({ id: 'first' })
  assert.equal(status, 200)
  assert.equal(type, 'application/json')
  const pay = `http://tercet.test/pay/${shop.merchant.prefix.toLowerCase()}/${json.payment_id}`
  assert.equal(text, `{"pay_url":"${pay}","payment_id":"${json.payment_id}"}`)
})

test('shows a payment with the documented keys in their order, the date in UTC and the amount as a number', async () => {
  const id = await create(server, { id: 'shape' })
  const { status, text } = await read(id)
  assert.equal(status, 200)
  assert.equal(
    text,
    `{"payment_id":"${id}","status":"open","created_at":"2022-05-22 17:58:04","order_number":"1234","currency":"USD","amount":123.45}`,
  )
})

test('answers an empty list to no token, a wrong one, the shop’s key, and for what is not the merchant’s', async () => {
  const id = await create(server, { id: 'hidden' })
  for (const token of [undefined, 'wrong', shop.shopKey]) {
    const options = token === undefined ? {} : { token }
    for (const answer of [
      await ask(server, `/v1/payment/status/${id}`, options),
      await ask(server, '/v1/payment/create', { body: {}, ...options }),
    ]) {
      assert.deepEqual([answer.status, answer.type, answer.text], [401, 'application/json', '[]'])
    }
  }
  for (const unknown of ['nobody', 'ZZZZZZZZZZZZ', '1dabeb8c-d9e7-11ec-a7b6-fd796692aca4']) {
    assert.deepEqual([(await read(unknown)).status, (await read(unknown)).text], [404, '[]'])
  }
  assert.deepEqual([(await read(id, otherShop.token)).status, (await read(id, otherShop.token)).text], [404, '[]'])
})

test('is the same request for the same id, however often and at once, and another for another shop', async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, () => post({ id: 'same' })))
  assert.equal(new Set(answers.map(({ text }) => text)).size, 1)
  assert.notEqual((await post({ id: 'same' }, otherShop.token)).json.payment_id, answers[0]?.json.payment_id)
})

test('asks anew for another amount while nothing was paid, and calls the first request off', async () => {
  const first = await create(server, { id: 'changed' })
  const second = await create(server, { id: 'changed', amount: 99 })
  assert.notEqual(second, first)
  assert.equal((await read(first)).json.status, 'cancelled')
  assert.deepEqual([(await read(second)).json.status, (await read(second)).json.amount], ['open', 99])
  assert.equal(await create(server, { id: 'changed', amount: 99 }), second)
})

test('keeps to what was paid: the same amount is answered, another one refused', async () => {
  const id = await create(server, { id: 'paid' })
  await server.receive(id, 12_345n)
  assert.equal((await read(id)).json.status, 'paid')
  assert.equal((await post({ id: 'paid' })).json.payment_id, id)
  const other = await post({ id: 'paid', amount: 1 })
  assert.equal(other.status, 422)
  assert.deepEqual(other.json, {
    errors: { amount: ['Something was paid for this order already, which is of 123.45 USD.'] },
  })
  assert.deepEqual((await checkLedger(server.database.pool, shop.merchant.id)).discrepancies, [])
})

test('is open until all of it is final', async () => {
  const id = await create(server, { id: 'confirming' })
  await server.receive(id, 12_345n, ['seen'])
  assert.equal((await read(id)).json.status, 'open')
  await server.receive(id, 12_345n, ['final'])
  assert.equal((await read(id)).json.status, 'paid')
})

test('expires after a day, and is paid when the money comes late', async () => {
  const id = await create(server, { id: 'late' })
  await server.expire(id)
  assert.equal((await read(id)).json.status, 'expired')
  await server.receive(id, 12_345n)
  assert.equal((await read(id)).json.status, 'paid')
  assert.equal(await create(server, { id: 'late' }), id)
})

test('is asked for anew once its time is up, and then the newest alone can be paid', async () => {
  const id = await create(server, { id: 'anew' })
  await server.expire(id)
  const next = await create(server, { id: 'anew' })
  assert.notEqual(next, id)
  assert.equal((await read(id)).json.status, 'cancelled')
  await assert.rejects(server.receive(id, 12_345n), /wrong_state/)
  await server.receive(next, 12_345n)
  assert.equal((await read(next)).json.status, 'paid')
})

test('is asked for anew in the moment in which its time is up and no timer has run', async () => {
  const id = await create(server, { id: 'this moment' })
  server.advance(25n * 3_600_000_000n)
  const next = await create(server, { id: 'this moment' })
  assert.notEqual(next, id)
  await assert.rejects(server.receive(id, 12_345n), /wrong_state/)
})

test('reads amounts by their digits: yen and won have none behind the point, and noise of floats is none', async () => {
  for (const [currency, amount, shown] of [
    ['JPY', '1500', 1500],
    ['JPY', '1500.00', 1500],
    ['KRW', '"1500"', 1500],
    ['USD', '"123.40"', 123.4],
    ['EUR', '0.30000000000000004', 0.3],
    ['EUR', '1.1499999999999999', 1.15],
    ['NGN', '999999999999.99', 999999999999.99],
  ] as const) {
    const body = JSON.stringify(aKupayPayment({ id: `${currency}${amount}`, currency, amount: 0 })).replace(
      '"amount":0',
      `"amount":${amount}`,
    )
    const { json } = await ask(server, '/v1/payment/create', { body, token: shop.token })
    assert.equal((await read(json.payment_id)).json.amount, shown, `${amount} ${currency}`)
  }
  for (const [currency, amount] of [
    ['JPY', '1500.50'],
    ['USD', '1.234'],
    ['USD', '0'],
    ['USD', '-1'],
    ['USD', '1e2'],
    ['USD', '"1,5"'],
    ['USD', '1000000000000'],
    ['USD', 'null'],
  ]) {
    const body = JSON.stringify(aKupayPayment({ id: 'bad', currency, amount: 0 })).replace(
      '"amount":0',
      `"amount":${amount}`,
    )
    const { status, json } = await ask(server, '/v1/payment/create', { body, token: shop.token })
    assert.deepEqual([status, Object.keys(json.errors)], [422, ['amount']], `${amount} ${currency}`)
  }
})

test('names everything that is wrong, by field, and makes nothing of it', async () => {
  const { rows: before } = await server.database.pool.query('select count(*) from payment')
  const { status, json } = await ask(server, '/v1/payment/create', { body: {}, token: shop.token })
  assert.equal(status, 422)
  assert.deepEqual(Object.keys(json.errors), [
    ...['id', 'order_number', 'created_at', 'currency', 'cancel_url', 'paid_url', 'callback_url'],
  ])
  for (const [field, value] of [
    ['id', ''],
    ['id', 'x'.repeat(256)],
    ['order_number', {}],
    ['created_at', 'yesterday'],
    ['created_at', '2022-02-30T10:00:00Z'],
    ['currency', 'ISK'],
    ['currency', 'usd'],
    ['cancel_url', 'javascript:alert(1)'],
    ['paid_url', '/done'],
    ['order_status_url', 'ftp://shop.example'],
    ['callback_url', 'http://10.0.0.1/'],
    ['callback_url', 'https://user:pass@shop.example/'],
    ['email', 'nobody'],
  ] as const) {
    const answer = await post({ [field]: value })
    assert.deepEqual([answer.status, Object.keys(answer.json.errors ?? {})], [422, [field]], `${field} ${value}`)
  }
  for (const body of ['', '[]', '{', 'null', `${'['.repeat(100)}${']'.repeat(100)}`]) {
    const answer = await ask(server, '/v1/payment/create', { body, token: shop.token })
    assert.deepEqual([answer.status, Object.keys(answer.json.errors)], [422, ['body']])
  }
  assert.deepEqual((await server.database.pool.query('select count(*) from payment')).rows, before)
})

test('takes any of the eighteen currencies, whatever the merchant’s own is', async () => {
  for (const currency of 'USD EUR JPY GBP AUD CAD CHF CNY HKD NZD SEK KRW SGD NOK MXN INR BRL NGN'.split(' ')) {
    const id = await create(server, { id: currency, currency, amount: 10 })
    assert.deepEqual([(await read(id)).json.currency, (await read(id)).json.amount], [currency, 10])
  }
})

test('answers the same below doubled slashes and with a slash at the end', async () => {
  const options = { body: aKupayPayment({ id: 'slashes' }), token: shop.token }
  const { text } = await ask(server, '/v1/payment/create', options)
  for (const path of ['/v1//payment/create', '//v1/payment/create', '/v1/payment/create/']) {
    assert.equal((await ask(server, path, options)).text, text, path)
  }
  const wrong = await ask(server, '/v1/payment/create', { token: shop.token })
  assert.deepEqual([wrong.status, wrong.text], [405, '[]'])
})

test('mails the link to the shopper, once, when there is an address', async () => {
  const id = await create(server, { id: 'mailed', email: 'Ada@Example.com' })
  await create(server, { id: 'mailed', email: 'Ada@Example.com' })
  const mails = await server.app.messages.list({ merchantId: shop.merchant.id, limit: 10 } as never)
  const mine = mails.filter(({ recipient }) => recipient === 'Ada@Example.com')
  assert.equal(mine.length, 1)
  assert.match(mine[0]?.text ?? '', new RegExp(`http://tercet.test/pay/${shop.merchant.prefix.toLowerCase()}/${id}`))
  assert.match(mine[0]?.text ?? '', /123\.45 USD/)
})
