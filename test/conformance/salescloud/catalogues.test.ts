import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { importCatalogue } from '../../../src/app/catalogue/import-catalogue.ts'
import type { CatalogueFile } from '../../../src/domain/catalogue/file/file-schema.ts'
import { sandboxCatalogue } from '../../../src/domain/catalogue/file/sandbox-catalogue.ts'
import { aUuid } from '../../support/protocols/catalogue.ts'
import { aPayment, requestPayment, rowCounts, startSalescloud } from '../../support/protocols/salescloud.ts'

const salescloud = await startSalescloud()
const price = fc.integer({ min: 0, max: 100_000 })
const startsAt = '2035-01-01T12:00:00Z'
const startsAtTimeInMillis = Date.parse(startsAt)

/** Four products with two variations each; the last is an event with few seats. */
const catalogue = fc
  .record({
    prices: fc.array(price, { minLength: 4, maxLength: 4 }),
    changes: fc.array(price, { minLength: 8, maxLength: 8 }),
    capacity: fc.integer({ min: 0, max: 6 }),
    delivery: price,
    percent: fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100),
  })
  .map(
    ({ prices, changes, capacity, delivery, percent }): CatalogueFile => ({
      organization: sandboxCatalogue.organization,
      deliveryServices: [{ uuid: aUuid(50), title: 'Bike', price: delivery }],
      coupons: [{ uuid: aUuid(60), title: 'Some', percent }],
      products: prices.map((each, index) => ({
        uuid: aUuid(100 + index),
        title: `Product ${index}`,
        price: each,
        variationTypes: [{ name: 'Size' }],
        variations: [0, 1].map((which) => ({
          uuid: aUuid(200 + index * 2 + which),
          type: 'Size',
          title: `Size ${which}`,
          priceChange: changes[index * 2 + which] ?? 0,
        })),
        ...(index === 3 && { event: { starts: [{ startsAt, capacity }] } }),
      })),
    }),
  )

/** Mostly right: of what the catalogue has, with a variation of its own. */
const rarely = <T>(wrong: T) =>
  fc.oneof({ weight: 15, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constant(wrong) })

const item = fc
  .record({
    product: fc.integer({ min: 0, max: 3 }),
    quantity: fc.integer({ min: 1, max: 4 }),
    variation: fc.constantFrom(null, 0, 1),
    discountPercent: fc.constantFrom(0, 10, 33.33, 100),
    wrong: fc.record({
      product: rarely(4),
      quantity: rarely(0),
      variation: rarely(8),
      percent: rarely(101),
      start: rarely(1),
    }),
  })
  .map(({ product, quantity, variation, discountPercent, wrong }) => ({
    uuid: aUuid(100 + (wrong.product ?? product)),
    quantity: wrong.quantity ?? quantity,
    discountPercent: wrong.percent ?? discountPercent,
    ...(variation !== null && { variations: [{ uuid: aUuid(200 + (wrong.variation ?? product * 2 + variation)) }] }),
    ...((product === 3) === (wrong.start === null) && { startsAtTimeInMillis }),
  }))

const order = fc.record({
  items: fc.array(item, { minLength: 1, maxLength: 3 }),
  coupon: fc.oneof(fc.constantFrom(null, aUuid(60)), rarely(aUuid(61))),
  deliveryService: fc.constantFrom(null, { uuid: aUuid(50) }),
})

/** What the catalogue says it costs; undefined when it is not sold like this. */
async function totalOf(body: object): Promise<number | undefined> {
  const { status, json } = await requestPayment(salescloud, aPayment({ ...body, amount: 9_007_199_254_740_991 }))
  assert.equal(status, 404)
  const { computedTotal } = json.paymentTransaction.payload
  return json.errorCode === 5 ? Number(computedTotal) : undefined
}

test('charges random orders from random catalogues their computed total, or leaves no trace', async () => {
  let paid = 0
  let refused = 0
  await fc.assert(
    fc.asyncProperty(catalogue, fc.array(order, { minLength: 1, maxLength: 6 }), async (file, orders) => {
      const text = JSON.stringify(file)
      const imported = await importCatalogue(salescloud.database.pool, { text, seal: (plain) => Buffer.from(plain) })
      for (const body of orders) {
        const before = await rowCounts(salescloud)
        const calls = salescloud.calls.length
        const total = await totalOf(body)
        assert.deepEqual(await rowCounts(salescloud), before)
        assert.equal(salescloud.calls.length, calls)
        const { status, json } = await requestPayment(salescloud, aPayment({ ...body, amount: total ?? 1000 }))
        const isPayable = total !== undefined && total > 0
        assert.deepEqual([status, json.success], isPayable ? [200, true] : [404, false], JSON.stringify(json))
        assert.equal(salescloud.calls.length - calls, isPayable ? 1 : 0)
        if (!isPayable) assert.deepEqual(await rowCounts(salescloud), before)
        paid += isPayable ? 1 : 0
        refused += isPayable ? 0 : 1
      }
      return imported.ok || imported.reason.every(({ path }) => path.includes('capacity'))
    }),
    { numRuns: 60 },
  )
  assert(paid > 10 && refused > 10, `${paid} were paid and ${refused} refused`)
  const { rows } = await salescloud.database.pool.query('select 1 from event_capacity where taken > capacity')
  assert.deepEqual(rows, [])
})
