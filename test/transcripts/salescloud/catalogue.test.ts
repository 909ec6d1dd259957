import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approvedCard, ownHeaders, ownPath, payPath, startSalescloud } from '../../support/protocols/salescloud.ts'
import { Recorder } from './recorder.ts'

const [channel, instance] = payPath.split('/').slice(-2)
const tea = '4f7b8e21-0d6c-4935-8ab2-c91d5e3f7064'
const talk = 'e05c7d94-a82f-4b16-b37c-2f9a6e1d8053'
const half = '85a2f4c0-e61b-4d39-97f8-1b3c6d0e7a52'
const location = '0c5e8b7a-62d4-4f19-9b3c-1d7e4a90f526'
const croissant = 'b80e6d25-4f97-4a1c-93d8-7c2f5e0ab146'
const startsAt = '2036-05-04T20:00:00Z'

type Method = 'GET' | 'PUT' | 'DELETE' | 'POST'

async function start() {
  const tape = new Recorder(await startSalescloud())
  const call = (
    title: string,
    method: Method,
    path: string,
    status: number,
    more: { json?: unknown; body?: string } = {},
  ) =>
    tape
      .call(title, { method, path: `${ownPath}/catalogue${path}`, headers: ownHeaders, ...more })
      .then((answer) => assert.equal(answer.status, status, title))
  return { tape, call }
}

test('manages a catalogue entity by entity', async () => {
  const { tape, call } = await start()
  await call('The whole catalogue, as a file', 'GET', '', 200)
  await call('The organization itself', 'GET', '/organization', 200)
  const json = { title: 'Kaffihúsið', timeZone: 'Europe/Copenhagen' }
  await call('Changed; what is left out gets its default', 'PUT', '/organization', 200, { json })
  for (const kind of ['channels', 'instances', 'locations', 'units', 'deliveryServices', 'coupons', 'discountRules'])
    await call(`The ${kind}`, 'GET', `/${kind}`, 200)
  await call('Products, two at a time', 'GET', '/products?limit=2', 200)
  await call('The next page', 'GET', `/products?limit=2&cursor=2ea94c7d-51f8-4b03-86ce-0d9b7f3a5e12`, 200)
  await call('A product', 'GET', `/products/${croissant}`, 200)
  await call('A discount rule, by its machine name', 'GET', '/discountRules/three_croissants', 200)
  await call('A new product', 'PUT', `/products/${tea}`, 200, { json: { title: 'Tea', price: 350 } })
  const dearer = { uuid: tea, title: 'Tea', price: 390, enabled: false }
  await call('Dearer, and not sold at the moment', 'PUT', `/products/${tea}`, 200, { json: dearer })
  await call('Deleted', 'DELETE', `/products/${tea}`, 204)
  await call('Deleted again', 'DELETE', `/products/${tea}`, 404)
  await tape.finish('catalogue')
})

test('words every reason for which a catalogue is not changed', async () => {
  const { tape, call } = await start()
  await call('No such kind', 'GET', '/shops', 404)
  await call('No such coupon', 'GET', `/coupons/${tea}`, 404)
  await call('No uuid', 'GET', '/coupons/summer', 404)
  await call('A page too long', 'GET', '/products?limit=101', 400)
  await call('No cursor', 'GET', '/products?cursor=1', 400)
  await call('Another method', 'POST', '/products', 405)
  await call('No JSON', 'PUT', `/products/${tea}`, 400, { body: '{"title":' })
  await call('Another id than the address', 'PUT', `/products/${tea}`, 400, {
    json: { uuid: talk, title: 'Tea', price: 1 },
  })
  await call('Wrong in several places', 'PUT', `/products/${tea}`, 400, {
    json: { title: '', price: 1.5, colour: 'red' },
  })
  const unit = { title: 'Table 5', location: tea }
  await call('A location that is not there', 'PUT', `/units/${tea}`, 400, { json: unit })
  const rule = { adminTitle: 'A', name: 'A', type: 'product', percent: 5, conditions: { products: [tea] } }
  await call('A product that is not there', 'PUT', '/discountRules/a_rule', 400, { json: rule })
  await call('A uuid as machine name', 'PUT', `/discountRules/${tea}`, 400, { json: rule })
  await call('Another currency', 'PUT', '/organization', 400, { json: { title: 'T', currency: 'EUR' } })
  const starts = [{ startsAt, capacity: 3 }]
  await call('An event', 'PUT', `/products/${talk}`, 200, { json: { title: 'Talk', price: 100, event: { starts } } })
  await call('A coupon', 'PUT', `/coupons/${half}`, 200, { json: { title: 'Half', percent: 50, usageLimit: 2 } })
  const items = [{ uuid: talk, quantity: 2, startsAtTimeInMillis: Date.parse(startsAt) }]
  const sale = { namespace: 'valitor_greidslugatt', amount: 100, currency_code: 'ISK', details: approvedCard }
  const paid = await tape.call('Two seats are sold with it', { json: { ...sale, items, coupon: half } })
  assert.equal(paid.json.errorCode, 0)
  await call('Seats taken stand beside the product', 'GET', `/products/${talk}`, 200)
  const fewer = { title: 'Talk', price: 100, event: { starts: [{ startsAt, capacity: 1 }] } }
  await call('Fewer seats than are sold', 'PUT', `/products/${talk}`, 400, { json: fewer })
  await call('Delete what has sold seats', 'DELETE', `/products/${talk}`, 409)
  await call('Delete a coupon that was used', 'DELETE', `/coupons/${half}`, 409)
  await call('Delete a location with units', 'DELETE', `/locations/${location}`, 409)
  await call('Delete a product that a rule asks for', 'DELETE', `/products/${croissant}`, 409)
  await call('Delete a channel with orders', 'DELETE', `/channels/${channel}`, 409)
  await call('Delete an instance that is enabled', 'DELETE', `/instances/${instance}`, 409)
  await tape.finish('catalogue-refusals')
})
