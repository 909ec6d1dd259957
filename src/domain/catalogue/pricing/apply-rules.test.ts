import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  aFile,
  anItem,
  aProduct,
  aRule,
  aUuid,
  computedTotal,
  type FileRule,
  priceBy,
} from '../../../../test/support/protocols/catalogue.ts'
import { instantFromMillis } from '../../../kernel/instant.ts'
import type { OrderRequest } from './order-request.ts'

const tea = aProduct({
  uuid: aUuid(101),
  title: 'Green Tea',
  price: 300,
  type: 'drink',
  department: 'Café',
  categories: ['hot', 'leaf'],
  attributes: ['organic'],
})
const shop = (...discountRules: FileRule[]) => aFile({ products: [aProduct(), tea], discountRules })
const book = anItem()
const aTea = anItem({ uuid: aUuid(101) })

/** What is off an order of one book and one tea, 1300 kr. */
function off(rules: FileRule[], order: Partial<OrderRequest> = {}, now?: number): bigint {
  const options = now === undefined ? {} : { now: instantFromMillis(now) }
  return 1300n - computedTotal(shop(...rules), { items: [book, aTea], ...order }, options)
}

test('takes a percentage of each matching line, and kr off each unit', () => {
  assert.equal(off([aRule({ percent: 10 })]), 130n)
  const twice = { items: [book, anItem({ uuid: aUuid(101), quantity: 2 })] }
  assert.equal(1600n - computedTotal(shop(aRule({ amount: 50, conditions: { productTypes: ['drink'] } })), twice), 100n)
})

test('never takes more than the line costs', () => {
  assert.equal(off([aRule({ amount: 5000, conditions: { productTypes: ['drink'] } })]), 300n)
  assert.equal(off([aRule({ amount: 900_000, type: 'order' })]), 1300n)
})

test('matches a line by type, department, category, attribute, and part of the title in any case', () => {
  for (const conditions of [
    { productTypes: ['drink', 'x'] },
    { departments: ['Café'] },
    { categories: ['leaf'] },
    { attributes: ['organic'] },
    { itemTitle: 'green' },
    { products: [aUuid(101)] },
  ])
    assert.equal(off([aRule({ percent: 100, conditions })]), 300n, JSON.stringify(conditions))
  assert.equal(off([aRule({ percent: 100, conditions: { productTypes: ['other'] } })]), 0n)
})

test('applies a rule of several products only when the order contains all of them', () => {
  const rule = aRule({ percent: 10, conditions: { products: [aUuid(100), aUuid(101)] } })
  assert.equal(off([rule]), 130n)
  assert.equal(computedTotal(shop(rule), { items: [book] }), 1000n)
})

test('asks who buys, where, and with which label', () => {
  assert.equal(off([aRule({ conditions: { users: ['anna'] } })]), 0n)
  assert.equal(off([aRule({ conditions: { users: ['anna'] } })], { user: 'anna' }), 130n)
  assert.equal(off([aRule({ conditions: { isPos: true } })]), 0n)
  assert.equal(off([aRule({ conditions: { isPos: true } })], { isPos: true }), 130n)
  assert.equal(off([aRule({ conditions: { orderTags: ['fair'] } })], { tags: ['fair'] }), 130n)
  assert.equal(off([aRule({ conditions: { orderTags: ['fair'] } })], { tags: ['other'] }), 0n)
})

test('holds on its days and between its whole hours, also over midnight', () => {
  const friday = (hour: number, minute = 0) => Date.UTC(2024, 10, 8, hour, minute)
  const happy = [aRule({ conditions: { daysOfWeek: [5], hours: { from: 16, to: 18 } } })]
  assert.equal(off(happy, {}, friday(15, 59)), 0n)
  assert.equal(off(happy, {}, friday(16)), 130n)
  assert.equal(off(happy, {}, friday(17, 59)), 130n)
  assert.equal(off(happy, {}, friday(18)), 0n)
  assert.equal(off(happy, {}, friday(16 + 24)), 0n)
  const night = [aRule({ conditions: { hours: { from: 22, to: 4 } } })]
  assert.deepEqual(
    [21, 22, 23, 0, 3, 4].map((hour) => off(night, {}, friday(hour))),
    [0n, 130n, 130n, 130n, 130n, 0n],
  )
})

test('counts hours in the organization’s time zone', () => {
  const file = {
    ...shop(aRule({ conditions: { daysOfWeek: [6], hours: { from: 0, to: 1 } } })),
    organization: { uuid: aUuid(1), title: 'Butik', currency: 'ISK', timeZone: 'Europe/Copenhagen' },
  }
  const fridayLate = { now: instantFromMillis(Date.UTC(2024, 10, 8, 23, 30)) }
  assert.equal(computedTotal(file, { items: [book] }, fridayLate), 900n)
})

test('asks for a quantity of all matching lines, or of one line', () => {
  const items = [anItem({ quantity: 2 }), anItem({ quantity: 3 })]
  const totalWith = (conditions: FileRule['conditions']) =>
    computedTotal(shop(aRule({ conditions: conditions ?? {} })), { items })
  assert.equal(totalWith({ quantity: { minimum: 5 } }), 4500n)
  assert.equal(totalWith({ quantity: { minimum: 6 } }), 5000n)
  assert.equal(totalWith({ quantity: { maximum: 4 } }), 5000n)
  assert.equal(totalWith({ unitQuantity: { minimum: 3 } }), 4700n)
})

test('gives the cheapest of every three units for nothing', () => {
  const rule = aRule({ percent: 100, conditions: { threeForTwo: true } })
  const totalOf = (books: number, teas: number) =>
    computedTotal(shop(rule), {
      items: [anItem({ quantity: books }), anItem({ uuid: aUuid(101), quantity: teas })],
    })
  assert.equal(totalOf(1, 1), 1300n)
  assert.equal(totalOf(2, 1), 2000n)
  assert.equal(totalOf(4, 1), 4300n - 300n)
  assert.equal(totalOf(5, 1), 5300n - 300n - 1000n)
})

test('gives the third unit at what is left of its price when the till has taken something off before', () => {
  const rule = aRule({ percent: 100, conditions: { threeForTwo: true } })
  const catalogue = aFile({ products: [{ uuid: aUuid(100), title: 'Tea', price: 450 }], discountRules: [rule] })
  const totalOf = (...items: { quantity: number; discountPercent?: number }[]) =>
    computedTotal(catalogue, { items: items.map((item) => anItem({ uuid: aUuid(100), ...item })) })
  assert.equal(totalOf({ quantity: 3, discountPercent: 50 }), 450n)
  assert.equal(totalOf({ quantity: 3, discountPercent: 10 }), 810n)
  assert.equal(totalOf({ quantity: 3, discountPercent: 67 }), 297n)
  assert.equal(totalOf({ quantity: 2, discountPercent: 50 }, { quantity: 1 }), 675n)
  assert.equal(totalOf({ quantity: 1 }, { quantity: 2, discountPercent: 50 }), 675n)
})

test('takes no more off a free unit than it is worth', () => {
  const rule = aRule({ amount: 1_000, conditions: { threeForTwo: true } })
  const catalogue = aFile({ products: [{ uuid: aUuid(100), title: 'Tea', price: 450 }], discountRules: [rule] })
  assert.equal(computedTotal(catalogue, { items: [anItem({ uuid: aUuid(100), quantity: 3 })] }), 900n)
})

test('keeps a rule that is not compatible with others to itself, line by line', () => {
  const only = aRule({
    machineName: 'a_only',
    percent: 50,
    compatibleWithOthers: false,
    conditions: { productTypes: ['drink'] },
  })
  const general = aRule({ machineName: 'b_general', percent: 10, sortOrder: 1 })
  assert.equal(off([only, general]), 150n + 100n)
  assert.equal(off([{ ...only, sortOrder: 2 }, general]), 130n)
  const order = aRule({ machineName: 'c_order', type: 'order', percent: 10, sortOrder: 3 })
  assert.equal(off([only, order]), 150n + 100n)
  assert.equal(off([general, { ...order, compatibleWithOthers: false }]), 130n)
})

test('applies product rules before order rules, each on what the one before left', () => {
  const order = aRule({ machineName: 'a', type: 'order', percent: 50, sortOrder: -1 })
  const first = aRule({ machineName: 'b', percent: 10 })
  const second = aRule({ machineName: 'c', percent: 10 })
  assert.equal(off([order, second, first]), 100n + 30n + 90n + 27n + 527n) // 526.5 rounds up
})

test('lists what applied, and refuses a listed discount that did not', () => {
  const file = shop(aRule({ machineName: 'drinks', conditions: { productTypes: ['drink'] } }))
  const order = { items: [book, aTea], amount: 1270n }
  const priced = priceBy(file, { ...order, discounts: [{ machineName: 'drinks', amount: 30n }] })
  assert.ok(priced.ok)
  assert.deepEqual(priced.value.discounts, [
    { source: 'rule', reference: 'drinks', name: 'A for you', line: 1, amount: 30n },
  ])
  const other = priceBy(file, { ...order, discounts: [{ machineName: 'drinks', amount: 31n }] })
  assert.deepEqual(!other.ok && other.reason, {
    reason: 'discount_not_granted',
    path: 'discounts[0]',
    granted: { currency: 'ISK', minor: 30n },
  })
  const none = priceBy(file, { ...order, discounts: [{ machineName: '__proto__', amount: null }] })
  assert.deepEqual(!none.ok && none.reason, { reason: 'discount_not_granted', path: 'discounts[0]', granted: null })
})

test('passes over a disabled rule', () => {
  assert.equal(off([aRule({ enabled: false })]), 0n)
})
