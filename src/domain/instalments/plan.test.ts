import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { EUR, ISK } from '../../kernel/currency.ts'
import { instantFromMillis } from '../../kernel/instant.ts'
import { instalmentPlan } from './plan.ts'
import { type Frequency, type InstalmentProduct, instalmentProducts } from './products.ts'

function at(iso: string) {
  return instantFromMillis(Date.parse(iso))
}

function plan(product: InstalmentProduct, minor: bigint, start = '2024-11-08T13:06:17Z', frequency?: Frequency) {
  const made = instalmentPlan({
    product,
    total: { currency: EUR, minor },
    start: at(start),
    frequency,
    zone: 'Europe/Rome',
  })
  return made.map(({ number, dueAt, amount }) => `${number} ${dueAt} ${amount.minor}`)
}

test('pay in 3 starts today and goes on monthly', () => {
  assert.deepEqual(plan('pay-in-3', 9_000n), ['1 2024-11-08 3000', '2 2024-12-08 3000', '3 2025-01-08 3000'])
})

test('pay in 4 has four', () => {
  const expected = ['1 2024-11-08 2500', '2 2024-12-08 2500', '3 2025-01-08 2500', '4 2025-02-08 2500']
  assert.deepEqual(plan('pay-in-4', 10_000n), expected)
})

test('pay later is the whole amount after fourteen days', () => {
  assert.deepEqual(plan('later', 10_001n), ['1 2024-11-22 10001'])
})

test('the first instalment takes the cents that do not divide', () => {
  assert.deepEqual(plan('pay-in-3', 10_000n), ['1 2024-11-08 3334', '2 2024-12-08 3333', '3 2025-01-08 3333'])
  assert.equal(plan('pay-in-4', 10_003n)[0], '1 2024-11-08 2503')
})

test('a total of fewer cents than instalments makes no instalment of nothing', () => {
  assert.deepEqual(plan('pay-in-3', 2n), ['1 2024-11-08 2'])
})

test('a short month shortens only itself', () => {
  const dates = (start: string) => plan('pay-in-4', 400n, start).map((line) => line.split(' ')[1])
  assert.deepEqual(dates('2024-01-31T12:00:00Z'), ['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30'])
  assert.deepEqual(dates('2023-01-31T12:00:00Z'), ['2023-01-31', '2023-02-28', '2023-03-31', '2023-04-30'])
  assert.deepEqual(dates('2024-11-30T12:00:00Z'), ['2024-11-30', '2024-12-30', '2025-01-30', '2025-02-28'])
})

test('counts from the day it is in the zone', () => {
  const start = at('2024-06-30T23:30:00Z')
  const first = (zone: string) =>
    instalmentPlan({ product: 'pay-in-3', total: { currency: ISK, minor: 3n }, start, zone })[0]?.dueAt
  assert.equal(first('Europe/Rome'), '2024-07-01')
  assert.equal(first('Atlantic/Reykjavik'), '2024-06-30')
})

test('pay later waits as long as the order says, within ninety days', () => {
  const wait = (number: number, frequencyType: Frequency['frequencyType']) =>
    plan('later', 100n, '2024-01-31T12:00:00Z', { number, frequencyType })[0]
  assert.equal(wait(30, 'daily'), '1 2024-03-01 100')
  assert.equal(wait(2, 'weekly'), '1 2024-02-14 100')
  assert.equal(wait(1, 'monthly'), '1 2024-02-29 100')
  for (const absurd of [0, -1, 0.5, 91, 1e300, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.equal(wait(absurd, 'daily'), '1 2024-02-14 100', String(absurd))
  }
})

test('pay in 3 takes no notice of a frequency', () => {
  assert.deepEqual(plan('pay-in-3', 9_000n, undefined, { number: 1, frequencyType: 'daily' }), plan('pay-in-3', 9_000n))
})

test('refuses to plan for nothing', () => {
  assert.throws(() => plan('later', 0n), /a plan is for something/)
})

test('always adds up, differs by less than the count, and never goes back in time', () => {
  const products = fc.constantFrom(...instalmentProducts)
  const starts = fc.integer({ min: 0, max: 4_102_444_800_000 })
  fc.assert(
    fc.property(products, fc.bigInt(1n, 2n ** 63n - 1n), starts, (product, minor, start) => {
      const made = instalmentPlan({
        product,
        total: { currency: EUR, minor },
        start: instantFromMillis(start),
        zone: 'UTC',
      })
      assert.equal(
        made.reduce((sum, each) => sum + each.amount.minor, 0n),
        minor,
      )
      const [first, ...rest] = made
      assert(first !== undefined)
      for (const each of rest) {
        assert(each.amount.minor > 0n && first.amount.minor - each.amount.minor < 4n)
        assert(each.dueAt > first.dueAt)
      }
      assert.deepEqual(
        made.map((each) => each.number),
        made.map((_, index) => index + 1),
      )
    }),
  )
})
