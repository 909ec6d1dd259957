import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { someTime } from '../../../../test/support/payments/factories.ts'
import {
  aFile,
  anItem,
  anOrder,
  aUuid,
  catalogueOf,
  type FileProduct,
  type FileRule,
} from '../../../../test/support/protocols/catalogue.ts'
import type { CatalogueFile } from '../file/file-schema.ts'
import { factsOf } from './facts.ts'
import { keysOfOrder, type OrderRequest } from './order-request.ts'
import { priceOrder } from './price-order.ts'
import type { PricedOrder } from './priced-order.ts'

const productCount = 4
const percent = fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100)
const value = fc.oneof(
  percent.map((each) => ({ percent: each })),
  fc.integer({ min: 0, max: 5_000 }).map((amount) => ({ amount })),
)

const product = (index: number): fc.Arbitrary<FileProduct> =>
  fc
    .record({
      price: fc.integer({ min: 1_000, max: 1_000_000 }),
      change: fc.integer({ min: -1_000, max: 1_000 }),
      type: fc.constantFrom('a', 'b'),
    })
    .map(({ price, change, type }) => ({
      uuid: aUuid(100 + index),
      title: `Entity ${index}`,
      price,
      type,
      variationTypes: [{ name: 'Size' }],
      variations: [{ uuid: aUuid(200 + index), type: 'Size', title: 'Other', priceChange: change }],
    }))

const conditions: fc.Arbitrary<NonNullable<FileRule['conditions']>> = fc.record(
  {
    productTypes: fc.subarray(['a', 'b'], { minLength: 1 }),
    products: fc.subarray([aUuid(100), aUuid(101)], { minLength: 1 }),
    itemTitle: fc.constantFrom('Entity', 'entity 1'),
    unitQuantity: fc.record({ minimum: fc.integer({ min: 0, max: 3 }) }),
    isPos: fc.boolean(),
  },
  { requiredKeys: [] },
)

const rule = (index: number): fc.Arbitrary<FileRule> =>
  fc
    .record({
      value,
      conditions,
      isOrder: fc.boolean(),
      threeForTwo: fc.boolean(),
      compatibleWithOthers: fc.boolean(),
      sortOrder: fc.integer({ min: 0, max: 3 }),
    })
    .map(({ value: off, conditions: when, isOrder, threeForTwo, compatibleWithOthers, sortOrder }) => ({
      machineName: `rule_${index}`,
      adminTitle: 'Rule',
      name: 'Rule',
      type: isOrder ? 'order' : 'product',
      ...off,
      sortOrder,
      compatibleWithOthers,
      conditions: { ...when, ...(!isOrder && threeForTwo && { threeForTwo }) },
    }))

const several = <T>(count: number, make: (index: number) => fc.Arbitrary<T>) =>
  fc.tuple(...Array.from({ length: count }, (_, index) => make(index)))

const file: fc.Arbitrary<CatalogueFile> = fc
  .record({
    products: several(productCount, product),
    discountRules: several(5, rule),
    coupon: value,
    delivery: fc.integer({ min: 0, max: 3_000 }),
  })
  .map(({ products, discountRules, coupon, delivery }) =>
    aFile({
      products,
      discountRules,
      coupons: [{ uuid: aUuid(50), title: 'Coupon', ...coupon }],
      deliveryServices: [{ uuid: aUuid(60), title: 'Post', price: delivery }],
    }),
  )

const order: fc.Arbitrary<OrderRequest> = fc
  .record({
    items: fc.array(
      fc.record({
        index: fc.nat(productCount - 1),
        quantity: fc.integer({ min: 1, max: 7 }),
        discountPercent: fc.option(percent),
        isVaried: fc.boolean(),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    hasCoupon: fc.boolean(),
    isDelivered: fc.boolean(),
    isPos: fc.boolean(),
  })
  .map(({ items, hasCoupon, isDelivered, isPos }) =>
    anOrder({
      items: items.map(({ index, quantity, discountPercent, isVaried }) =>
        anItem({
          uuid: aUuid(100 + index),
          quantity,
          discountPercent,
          variations: isVaried ? [aUuid(200 + index)] : [],
        }),
      ),
      coupon: hasCoupon ? aUuid(50) : null,
      deliveryServiceUuid: isDelivered ? aUuid(60) : null,
      isPos,
    }),
  )

/** Asked twice: once for the total, once with it. */
function priced(catalogue: ReturnType<typeof catalogueOf>, request: OrderRequest): PricedOrder {
  const facts = factsOf(catalogue, keysOfOrder(request))
  const asked = priceOrder(facts, { ...request, amount: -1n }, someTime)
  assert.ok(!asked.ok && asked.reason.reason === 'amount_mismatch')
  const result = priceOrder(facts, { ...request, amount: asked.reason.computed.minor }, someTime)
  assert.ok(result.ok)
  return result.value
}

test('adds up: lines less discounts plus delivery, nothing ever negative', () => {
  fc.assert(
    fc.property(file, order, (given, request) => {
      const result = priced(catalogueOf(given), request)
      const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n)
      const delivery = result.delivery?.price ?? 0n
      assert.equal(result.subtotal, sum(result.lines.map((line) => line.unitPrice * BigInt(line.quantity))))
      assert.equal(result.discountTotal, sum(result.discounts.map((discount) => discount.amount)))
      assert.equal(result.total, result.subtotal - result.discountTotal + delivery)
      assert.ok(result.total >= delivery, 'delivery is never discounted')
      assert.ok(result.discounts.every((discount) => discount.amount > 0n))
      for (const [index, line] of result.lines.entries()) {
        const own = result.discounts.filter((discount) => discount.line === index)
        assert.ok(sum(own.map((discount) => discount.amount)) <= line.gross, 'no line costs less than nothing')
      }
    }),
    { numRuns: 300 },
  )
})

test('takes off a unit of three for two at most what the steps before left of it', () => {
  fc.assert(
    fc.property(file, order, (given, request) => {
      const catalogue = catalogueOf(given)
      const result = priced(catalogue, request)
      const rules = new Map(catalogue.discountRules.map((each) => [each.machineName, each]))
      const units = result.lines.reduce((total, line) => total + line.quantity, 0)
      const before = result.lines.map((line) => line.gross)
      for (const { source, reference, line: index, amount } of result.discounts) {
        const line = index === null ? undefined : result.lines[index]
        if (index === null || !line) continue
        const left = before[index] ?? 0n
        before[index] = left - amount
        const discount = source === 'rule' ? rules.get(reference ?? '') : undefined
        if (!discount?.conditions.threeForTwo) continue
        const most = BigInt(Math.min(line.quantity, Math.floor(units / 3)))
        const share = discount.value.kind === 'percent' ? BigInt(discount.value.hundredths) : 10_000n
        // Half a unit of the currency is what rounding may add.
        assert.ok(
          amount * 20_000n * BigInt(line.quantity) <= 2n * left * most * share + 10_000n * BigInt(line.quantity),
        )
        if (discount.value.kind === 'amount') assert.ok(amount <= discount.value.minor * most)
      }
    }),
    { numRuns: 300 },
  )
})

test('prices alike in whatever order products and rules are stored', () => {
  fc.assert(
    fc.property(file, order, (given, request) => {
      const catalogue = catalogueOf(given)
      const turned = {
        ...catalogue,
        products: [...catalogue.products].reverse(),
        discountRules: [...catalogue.discountRules].reverse(),
      }
      assert.deepEqual(priced(turned, request), priced(catalogue, request))
    }),
    { numRuns: 150 },
  )
})

test('lets no rule share a line with one that is not compatible with others', () => {
  fc.assert(
    fc.property(file, order, (given, request) => {
      const catalogue = catalogueOf(given)
      const result = priced(catalogue, request)
      const exclusive = new Set(
        catalogue.discountRules.filter((each) => !each.isCompatible).map((each) => each.machineName),
      )
      for (const index of result.lines.keys()) {
        const rules = result.discounts.filter((discount) => discount.source === 'rule' && discount.line === index)
        if (rules.some((discount) => exclusive.has(discount.reference ?? ''))) assert.equal(rules.length, 1)
      }
    }),
    { numRuns: 150 },
  )
})

test('answers any request of the right types with a price or a named refusal', () => {
  const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', '\0', '\ud800', aUuid(100)))
  const anyNumber = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, -0, 2 ** 53, 1e300))
  const item = fc.record({
    uuid: anyText,
    quantity: anyNumber,
    discountPercent: fc.option(anyNumber),
    startsAtMs: fc.option(anyNumber),
    endsAtMs: fc.option(anyNumber),
    variations: fc.array(anyText, { maxLength: 3 }),
  })
  const hostile = fc.record({
    items: fc.array(item, { maxLength: 3 }),
    amount: fc.bigInt(),
    deliveryServiceUuid: fc.option(anyText),
    deliveryServicePrice: fc.option(fc.record({ amount: fc.bigInt(), currency: anyText })),
    coupon: fc.option(anyText),
    location: fc.option(anyText),
    unit: fc.option(anyText),
    deliveryTime: fc.option(anyNumber),
    discounts: fc.array(fc.record({ machineName: anyText, amount: fc.option(fc.bigInt()) }), { maxLength: 3 }),
  })
  const catalogue = catalogueOf(aFile({ products: [{ uuid: aUuid(100), title: 'Entity', price: 100 }] }))
  fc.assert(
    fc.property(hostile, (given) => {
      const request = anOrder(given)
      const result = priceOrder(factsOf(catalogue, keysOfOrder(request)), request, someTime)
      assert.ok(result.ok || typeof result.reason.reason === 'string')
    }),
    { numRuns: 500 },
  )
})
