import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import {
  approvedCard,
  channel,
  instance,
  organization,
  payPath,
  startSalescloud,
} from '../../support/protocols/salescloud.ts'
import { Recorder } from './recorder.ts'

/** The contract's simple example, as it stands. */
const simple = `{
  "namespace": "valitor_greidslugatt",
  "requestId": "123456",
  "amount": 1000,
  "currency_code": "ISK",
  "details": {
    "cardNumber": "123456789",
    "cardSecurityCode": "123",
    "expiryMonth": "12",
    "expiryYear": "2027"
  }
}`

/** The contract's advanced example, without its comments and with its missing comma. */
const advanced = await readFile(new URL('./advanced-example.txt', import.meta.url), 'utf8')

const withCard = (text: string, requestId: string) =>
  text
    .replace('"123456789",\n    "cardSecurityCode"', `"${approvedCard.cardNumber}",\n    "cardSecurityCode"`)
    .replace('"requestId": "123456"', `"requestId": "${requestId}"`)

test('answers the examples of the contract, each once and again', async () => {
  const tape = new Recorder(await startSalescloud())
  const declined = await tape.call('The simple example: nobody’s card', { body: simple })
  assert.deepEqual(
    [declined.status, declined.json.success, declined.json.errorCode, declined.json.paymentTransaction.message],
    [200, false, 3, 'The card was declined.'],
  )
  const again = await tape.call('The same once more: the first answer', { body: simple })
  assert.equal(again.body, declined.body)
  await tape.call('The advanced example under the same requestId: another request', { body: advanced })
  const other = await tape.call('The advanced example under its own', {
    body: advanced.replace('123456"', 'advanced"'),
  })
  assert.deepEqual([other.status, other.json.errorCode], [200, 3])
  const approved = await tape.call('The simple example with a test card', { body: withCard(simple, 'simple-2') })
  assert.deepEqual(
    [approved.status, approved.json.success, approved.json.errorCode, approved.json.paymentTransaction.message],
    [200, true, 0, 'The payment was approved.'],
  )
  const order = await tape.call('The advanced example with a test card', { body: withCard(advanced, 'advanced-2') })
  assert.deepEqual([order.status, order.json.errorCode], [200, 0])
  assert.deepEqual(Object.keys(order.json), ['success', 'errorCode', 'paymentTransaction'])
  assert.deepEqual(Object.keys(order.json.paymentTransaction), [
    'namespace',
    'amount',
    'currency_code',
    'status',
    'message',
    'payload',
  ])
  const fields = await tape.call('What the form asks for', { method: 'GET', path: `${payPath}/fields` })
  assert.equal(fields.status, 200)
  await tape.finish('examples')
})

test('answers a decline in its own words', async () => {
  const tape = new Recorder(await startSalescloud())
  const body = (details: object) => ({
    json: {
      namespace: 'valitor_greidslugatt',
      amount: 100,
      currency_code: 'ISK',
      details: { ...approvedCard, ...details },
    },
  })
  await tape.call('Declined', body({ cardNumber: '4000000000000002' }))
  await tape.call('Insufficient funds', body({ cardNumber: '4000000000009995' }))
  await tape.call('Suspected fraud', body({ cardNumber: '4000000000000341' }))
  const last = await tape.call('Expired', body({ expiryYear: '2020' }))
  assert.deepEqual([last.status, last.json.errorCode], [200, 20])
  await tape.finish('declines')
})

test('replies 404 and one text when any parameter of the address is wrong', async () => {
  const tape = new Recorder(await startSalescloud())
  const nobody = '11111111-2222-4333-8444-555555555555'
  const json = JSON.parse(simple)
  const paths = {
    'Another version': `/v/2/${organization}/${channel}/${instance}`,
    'An unknown organization': `/v/1/${nobody}/${channel}/${instance}`,
    'An unknown channel': `/v/1/${organization}/${nobody}/${instance}`,
    'An unknown instance': `/v/1/${organization}/${channel}/${nobody}`,
    'No uuid': `/v/1/${organization}/${channel}/1`,
    Nothing: '/v/1',
    More: `${payPath}/more`,
    'No encoding': '/v/1/%zz/a/b',
    'Too long': `/v/1/${'a'.repeat(1_500)}/${channel}/${instance}`,
  }
  const bodies = new Set<string>()
  for (const [title, path] of Object.entries(paths)) {
    const answer = await tape.call(title, { path, json })
    assert.equal(answer.status, 404)
    bodies.add(answer.body)
  }
  for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
    bodies.add((await tape.call(`${method} instead of POST`, { method })).body)
  bodies.add(
    (
      await tape.call('Fields of an unknown instance', {
        method: 'GET',
        path: `/v/1/${organization}/${channel}/${nobody}/fields`,
      })
    ).body,
  )
  assert.equal(bodies.size, 1)
  await tape.finish('addresses')
})

test('words every reason for which no payment is requested', async () => {
  const salescloud = await startSalescloud()
  const tape = new Recorder(salescloud)
  const sound = { namespace: 'valitor_greidslugatt', amount: 1000, currency_code: 'ISK', details: approvedCard }
  const order = { ...JSON.parse(advanced), details: approvedCard, requestId: undefined }
  const [item] = order.items
  const event = { uuid: '2ea94c7d-51f8-4b03-86ce-0d9b7f3a5e12', quantity: 1 }
  const cases: Record<string, object> = {
    'No JSON': { body: '{"namespace":' },
    'A comment, as the contract prints it': { body: '{ // no JSON\n}' },
    'A comma too many': { body: '{\n  "amount": 1000,\n}' },
    'No object': { body: '[]' },
    'No body': {},
    'A key twice': { body: '{"amount":1,"amount":2}' },
    'No UTF-8': { body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) },
    'Nested too deeply': { body: `{"a":${'['.repeat(40)}${']'.repeat(40)}}` },
    'Too large': { body: JSON.stringify({ ...sound, comment: 'x'.repeat(270_000) }) },
    'Another content type': { json: sound, headers: { 'Content-Type': 'text/xml' } },
    'No content type that can be read': { json: sound, headers: { 'Content-Type': ';' } },
    'No namespace': { json: { ...sound, namespace: undefined } },
    'Another namespace': { json: { ...sound, namespace: 'netgiro' } },
    'An amount as text': { json: { ...sound, amount: '1000' } },
    'A fraction': { json: { ...sound, amount: 10.5 } },
    'A negative amount': { json: { ...sound, amount: -1 } },
    Zero: { json: { ...sound, amount: 0 } },
    'An exponent': { body: JSON.stringify(sound).replace('1000', '1e3') },
    'More than 2^53': { body: JSON.stringify(sound).replace('1000', '9007199254740993') },
    'Another currency': { json: { ...sound, currency_code: 'EUR' } },
    'A currency by its name': { json: { ...sound, currency_code: 'krónur' } },
    'No details': { json: { ...sound, details: undefined } },
    'No card number': { json: { ...sound, details: { ...approvedCard, cardNumber: 'none' } } },
    'No such month': { json: { ...sound, details: { ...approvedCard, expiryMonth: '13' } } },
    'A year of another century': { json: { ...sound, details: { ...approvedCard, expiryYear: '9999' } } },
    'A number as requestId': { json: { ...sound, requestId: 1 } },
    'NUL in requestId': { json: { ...sound, requestId: 'a\0b' } },
    'billingInfo as text': { json: { ...sound, billingInfo: 'John' } },
    'The card number again in the comment': { json: { ...sound, comment: `card ${approvedCard.cardNumber}` } },
    'The card number again in full-width digits and dots': {
      json: { ...sound, billingInfo: { note: '４２４２.4242.4242.4242' } },
    },
    'A security code in billingInfo': { json: { ...sound, billingInfo: { card: { cvc: '123' } } } },
    'An amount that is not the total': { json: { ...order, amount: 999 } },
    'An unknown item': { json: { ...order, items: [{ ...item, uuid: instance }] } },
    'No quantity': { json: { ...order, items: [{ ...item, quantity: undefined }] } },
    'A negative quantity': { json: { ...order, items: [{ ...item, quantity: -1 }] } },
    'A discount above a hundred': { json: { ...order, items: [{ ...item, discountPercent: 101 }] } },
    'A variation of something else': { json: { ...order, items: [{ ...item, variations: [{ uuid: item.uuid }] }] } },
    'An event without a start': { json: { ...sound, items: [event] } },
    'Too many seats': {
      json: { ...sound, amount: 14_700, items: [{ ...event, quantity: 3, startsAtTimeInMillis: 2_066_324_400_000 }] },
    },
    'A coupon below its minimum': {
      json: {
        ...sound,
        coupon: '71f3d0c8-2ab6-4c95-8e4d-f05b6a9c1e73',
        items: [{ uuid: 'b80e6d25-4f97-4a1c-93d8-7c2f5e0ab146', quantity: 1 }],
      },
    },
    'An unknown coupon': { json: { ...order, coupon: instance } },
    'Another delivery price': { json: { ...order, deliveryServicePrice: { amount: 11, currency_code: 'ISK' } } },
    'A delivery time in milliseconds': { json: { ...order, deliveryTime: 1_800_000_000_000 } },
    'A discount that nobody granted': { json: { ...order, discounts: ['discount_happyhour'] } },
    'A number among the discounts': { json: { ...order, discounts: ['three_croissants', 5] } },
    'An unknown location': { json: { ...sound, location: instance } },
    'An unknown unit': { json: { ...sound, unit: instance } },
  }
  for (const [title, call] of Object.entries(cases)) {
    const answer = await tape.call(title, call)
    assert.deepEqual(
      [answer.status, answer.json.success, answer.json.paymentTransaction.status],
      [404, false, 'failure'],
      title,
    )
  }
  assert.deepEqual(salescloud.calls, [])
  await tape.finish('refusals')
})
