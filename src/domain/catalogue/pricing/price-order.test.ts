import assert from 'node:assert/strict'
import { test } from 'node:test'
import { someTime } from '../../../../test/support/payments/factories.ts'
import {
  aFile,
  anItem,
  anOrder,
  aProduct,
  aUuid,
  computedTotal,
  priceBy,
  sandboxFacts,
  theAdvancedExample,
} from '../../../../test/support/protocols/catalogue.ts'
import { EUR } from '../../../kernel/currency.ts'
import { day, instantFromMillis, millisOf, plus } from '../../../kernel/instant.ts'
import type { CatalogueFile } from '../file/file-schema.ts'
import type { OrderRequest } from './order-request.ts'
import { priceOrder } from './price-order.ts'
import type { CatalogueRefusal } from './refusal.ts'

const start = Date.UTC(2030, 0, 1, 20)
const end = Date.UTC(2030, 0, 1, 22)
const anEvent = (capacity = 3) =>
  aProduct({
    event: { starts: [{ startsAt: new Date(start).toISOString(), endsAt: new Date(end).toISOString(), capacity }] },
  })

function refusalOf(file: CatalogueFile, order: Partial<OrderRequest>): CatalogueRefusal | undefined {
  const result = priceBy(file, order)
  return result.ok ? undefined : result.reason
}

test("prices the contract's advanced example at its own amount, as it stands", () => {
  const request = theAdvancedExample()
  const result = priceOrder(sandboxFacts(request), request, someTime)
  assert.ok(result.ok)
  assert.equal(result.value.total, 1000n)
  assert.equal(result.value.subtotal, 990n)
  assert.deepEqual(result.value.delivery?.title, 'Home Delivery')
  assert.deepEqual(result.value.discounts, [])
  assert.deepEqual(result.value.reservations, [])
})

test('answers the computed total when the amount is another', () => {
  const refusal = refusalOf(aFile({ products: [aProduct()] }), { amount: 999n })
  assert.deepEqual(refusal, {
    reason: 'amount_mismatch',
    computed: { currency: 'ISK', minor: 1000n },
    given: { currency: 'ISK', minor: 999n },
  })
})

test('takes the amount as given without items, and still refuses a uuid that is nobody’s', () => {
  const given = priceBy(aFile(), { items: [], amount: 5n })
  assert.ok(given.ok)
  assert.equal(given.value.total, 5n)
  assert.equal(given.value.isPriced, false)
  for (const [name, entity] of [
    ['coupon', 'coupon'],
    ['location', 'location'],
    ['unit', 'unit'],
  ] as const)
    assert.deepEqual(refusalOf(aFile(), { items: [], [name]: aUuid(9) }), { reason: 'not_found', entity, path: name })
})

test('keeps the currency of the request for an order without items', () => {
  const given = priceBy(aFile(), { items: [], currency: EUR })
  assert.ok(given.ok && given.value.currency === EUR)
})

test('refuses items in another currency than the catalogue’s', () => {
  const refusal = refusalOf(aFile({ products: [aProduct()] }), { currency: EUR })
  assert.deepEqual(refusal, { reason: 'currency_mismatch', path: 'currency_code', expected: 'ISK' })
})

test('cannot tell a malformed uuid from an unknown or a withdrawn one', () => {
  const file = aFile({ products: [aProduct({ enabled: false })] })
  for (const uuid of [
    aUuid(100),
    aUuid(7),
    '',
    'x',
    '__proto__',
    '\0',
    `${aUuid(100)} `,
    '00000000-0000-4000-8000-00000000010g',
  ])
    assert.deepEqual(refusalOf(file, { items: [anItem({ uuid })] }), {
      reason: 'not_found',
      entity: 'product',
      path: 'items[0].uuid',
    })
})

test('finds a uuid in capital letters', () => {
  const uuid = 'abcdef00-0000-4000-8000-00000000000a'
  assert.ok(priceBy(aFile({ products: [aProduct({ uuid })] }), { items: [anItem({ uuid: uuid.toUpperCase() })] }).ok)
})

test('refuses a quantity that is not a positive integer within reason', () => {
  for (const quantity of [0, -1, 1.5, 10_001, Number.NaN, Number.POSITIVE_INFINITY])
    assert.deepEqual(refusalOf(aFile({ products: [aProduct()] }), { items: [anItem({ quantity })] }), {
      reason: 'quantity_invalid',
      path: 'items[0].quantity',
      maximum: 10_000,
    })
})

test('takes at most two hundred items', () => {
  const items = Array.from({ length: 201 }, () => anItem())
  const refusal = refusalOf(aFile({ products: [aProduct()] }), { items })
  assert.deepEqual(refusal, { reason: 'too_many_items', maximum: 200 })
  assert.equal(computedTotal(aFile({ products: [aProduct()] }), { items: items.slice(1) }), 200_000n)
})

test('takes a discount percent of 0 to 100 with two decimals, half up on the whole line', () => {
  const file = aFile({ products: [aProduct({ price: 15 })] })
  const totalAt = (discountPercent: number, quantity = 1) =>
    computedTotal(file, { items: [anItem({ discountPercent, quantity })] })
  assert.equal(totalAt(10), 13n) // 1.5 rounds to 2
  assert.equal(totalAt(10, 3), 40n) // 4.5 rounds to 5, not three times 2
  assert.equal(totalAt(12.5, 2), 26n)
  assert.equal(totalAt(100), 0n)
  for (const discountPercent of [-1, 100.01, 101, 12.345, Number.NaN, 1e-7])
    assert.deepEqual(refusalOf(file, { items: [anItem({ discountPercent })] }), {
      reason: 'discount_percent_invalid',
      path: 'items[0].discountPercent',
    })
})

const sized = aFile({
  products: [
    aProduct({
      variationTypes: [{ name: 'Size', required: true }, { name: 'Cover' }],
      variations: [
        { uuid: aUuid(11), type: 'Size', title: 'Small', priceChange: -200 },
        { uuid: aUuid(12), type: 'Size', title: 'Large', priceChange: 300 },
        { uuid: aUuid(13), type: 'Cover', title: 'Hard', priceChange: 500 },
      ],
    }),
    aProduct({
      uuid: aUuid(101),
      variationTypes: [{ name: 'Size' }],
      variations: [{ uuid: aUuid(21), type: 'Size', title: 'Other' }],
    }),
  ],
})

test('adds the variations’ price changes to each unit', () => {
  const items = [anItem({ quantity: 2, variations: [aUuid(11), aUuid(13)] })]
  assert.equal(computedTotal(sized, { items }), 2600n)
})

test('refuses a variation of another item, two of one type, and a required type without one', () => {
  const refusalWith = (variations: string[]) => refusalOf(sized, { items: [anItem({ variations })] })
  assert.deepEqual(refusalWith([aUuid(12), aUuid(21)]), {
    reason: 'variation_not_of_item',
    path: 'items[0].variations[1].uuid',
  })
  assert.deepEqual(refusalWith([aUuid(11), aUuid(12)]), {
    reason: 'variation_type_repeated',
    path: 'items[0].variations[1].uuid',
    type: 'Size',
  })
  assert.deepEqual(refusalWith([aUuid(13)]), {
    reason: 'variation_required',
    path: 'items[0].variations',
    type: 'Size',
  })
})

test('reserves the seats of an event, lines of one start together', () => {
  const result = priceBy(aFile({ products: [anEvent()] }), {
    amount: 3000n,
    items: [anItem({ startsAtMs: start, quantity: 2 }), anItem({ startsAtMs: start, endsAtMs: end })],
  })
  assert.ok(result.ok)
  assert.deepEqual(result.value.reservations, [
    { productUuid: aUuid(100), startsAt: instantFromMillis(start), quantity: 3 },
  ])
  assert.equal(result.value.lines[0]?.endsAt, instantFromMillis(end))
})

test('says how many seats are left when there are not enough', () => {
  const items = [anItem({ startsAtMs: start, quantity: 2 }), anItem({ startsAtMs: start, quantity: 2 })]
  assert.deepEqual(refusalOf(aFile({ products: [anEvent()] }), { items }), {
    reason: 'sold_out',
    path: 'items[1].quantity',
    left: 3,
  })
})

test('wants a start that is on sale for an event, and none for anything else', () => {
  const event = aFile({ products: [anEvent()] })
  const startPath = 'items[0].startsAtTimeInMillis'
  const withStart = (startsAtMs: number | null) => refusalOf(event, { items: [anItem({ startsAtMs })] })
  assert.deepEqual(withStart(null), { reason: 'start_required', path: startPath })
  assert.deepEqual(withStart(0), { reason: 'start_required', path: startPath })
  assert.deepEqual(withStart(start + 1), { reason: 'start_unknown', path: startPath, looksLikeSeconds: false })
  assert.deepEqual(withStart(start / 1000), { reason: 'start_unknown', path: startPath, looksLikeSeconds: true })
  for (const hostile of [-1, 0.5, Number.MAX_VALUE, Number.NaN])
    assert.equal(withStart(hostile)?.reason, 'start_unknown')
  const plain = aFile({ products: [aProduct()] })
  assert.deepEqual(refusalOf(plain, { items: [anItem({ startsAtMs: start })] }), {
    reason: 'not_an_event',
    path: startPath,
  })
})

test('sells a start until it ends', () => {
  const file = aFile({ products: [anEvent()] })
  const items = [anItem({ startsAtMs: start })]
  assert.ok(priceBy(file, { items }, { now: instantFromMillis(end - 1) }).ok)
  const late = priceBy(file, { items }, { now: instantFromMillis(end) })
  assert.ok(!late.ok && late.reason.reason === 'start_passed')
})

test('refuses an end that is not the start’s', () => {
  const refusal = refusalOf(aFile({ products: [anEvent()] }), {
    items: [anItem({ startsAtMs: start, endsAtMs: end + 1 })],
  })
  assert.deepEqual(refusal, {
    reason: 'end_invalid',
    path: 'items[0].endsAtTimeInMillis',
    expected: instantFromMillis(end),
  })
})

const delivering = aFile({
  products: [aProduct()],
  deliveryServices: [{ uuid: aUuid(30), title: 'Post', price: 490 }],
})

test('adds the catalogue’s price of delivery, which a given one must equal', () => {
  assert.equal(computedTotal(delivering, { deliveryServiceUuid: aUuid(30) }), 1490n)
  const wrong = { deliveryServiceUuid: aUuid(30), deliveryServicePrice: { amount: 10n, currency: 'ISK' } }
  assert.deepEqual(refusalOf(delivering, wrong), {
    reason: 'delivery_price_mismatch',
    path: 'deliveryServicePrice.amount',
    expected: { currency: 'ISK', minor: 490n },
  })
  const euros = { ...wrong, deliveryServicePrice: { amount: 490n, currency: 'EUR' } }
  assert.equal(refusalOf(delivering, euros)?.reason, 'currency_mismatch')
  const alone = { deliveryServicePrice: { amount: 490n, currency: 'ISK' } }
  assert.equal(refusalOf(delivering, alone)?.reason, 'delivery_price_without_service')
  assert.deepEqual(refusalOf(delivering, { deliveryServiceUuid: aUuid(31) }), {
    reason: 'not_found',
    entity: 'delivery_service',
    path: 'deliveryService.uuid',
  })
})

test('takes a delivery time in seconds and knows one in milliseconds', () => {
  const file = aFile({ products: [aProduct()] })
  const nowSeconds = Math.floor(millisOf(someTime) / 1000)
  assert.equal(refusalOf(file, { deliveryTime: nowSeconds + 3600 }), undefined)
  const invalid = (looksLikeMilliseconds: boolean) => ({
    reason: 'delivery_time_invalid',
    path: 'deliveryTime',
    daysBack: 1,
    daysAhead: 730,
    looksLikeMilliseconds,
  })
  assert.deepEqual(refusalOf(file, { deliveryTime: nowSeconds * 1000 }), invalid(true))
  for (const deliveryTime of [0, -1, 1.5, nowSeconds - 90_000, nowSeconds + 800 * 86_400])
    assert.deepEqual(refusalOf(file, { deliveryTime }), invalid(false))
})

test('refuses a unit of another location', () => {
  const locations = [
    { uuid: aUuid(41), title: 'North' },
    { uuid: aUuid(42), title: 'South' },
  ]
  const file = aFile({
    products: [aProduct()],
    locations,
    units: [{ uuid: aUuid(43), title: 'Bike', location: aUuid(41) }],
  })
  assert.equal(refusalOf(file, { unit: aUuid(43), location: aUuid(41) }), undefined)
  assert.equal(refusalOf(file, { unit: aUuid(43) }), undefined)
  assert.deepEqual(refusalOf(file, { unit: aUuid(43), location: aUuid(42) }), {
    reason: 'unit_not_at_location',
    path: 'unit',
  })
})

test('takes the coupon off the goods, never off delivery', () => {
  const file = { ...delivering, coupons: [{ uuid: aUuid(50), title: 'All', amount: 5000 }] }
  assert.equal(computedTotal(file, { coupon: aUuid(50), deliveryServiceUuid: aUuid(30) }), 490n)
})

test('refuses a coupon before and after its days, below its minimum, and once it is used up', () => {
  const coupon = {
    uuid: aUuid(50),
    title: 'Ten',
    percent: 10,
    validFrom: '2024-11-08T00:00:00Z',
    validUntil: '2024-11-09T00:00:00Z',
    minimum: 1000,
    usageLimit: 1,
  }
  const file = aFile({ products: [aProduct()], coupons: [coupon] })
  const order = { coupon: aUuid(50), amount: 900n }
  const paid = priceBy(file, order)
  assert.ok(paid.ok)
  assert.equal(paid.value.couponUse, aUuid(50))
  for (const now of [plus(someTime, -day), plus(someTime, day)]) {
    const refused = priceBy(file, order, { now })
    assert.deepEqual(!refused.ok && refused.reason, { reason: 'coupon_not_valid_now', path: 'coupon' })
  }
  const below = refusalOf(file, { ...order, items: [anItem({ discountPercent: 1 })] })
  assert.deepEqual(below, {
    reason: 'coupon_below_minimum',
    path: 'coupon',
    minimum: { currency: 'ISK', minor: 1000n },
  })
  const request = anOrder(order)
  const used = { uuid: aUuid(50), title: 'Ten', value: { kind: 'percent', hundredths: 1000 }, validFrom: null } as const
  const facts = { coupon: { ...used, validUntil: null, minimum: 0n, usageLimit: 1, isEnabled: true, used: 1 } }
  const exhausted = priceBy(file, request, { facts })
  assert.deepEqual(!exhausted.ok && exhausted.reason, { reason: 'coupon_used_up', path: 'coupon' })
})
