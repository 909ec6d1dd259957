import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aPlan, linesOf, planStart, withStep } from '../../../test/support/payments/plans.ts'
import { collectedPlan } from './collected.ts'

/** 30.00 in three, of which `count` are charged. */
function paid(count: number) {
  let plan = aPlan({ captured: 3_000n })
  for (let instalment = 1; instalment <= count; instalment++)
    plan = withStep(plan, { purpose: instalment === 1 ? 'capture' : 'charge', instalment, amount: 1_000n })
  return plan
}

test('a plan that nobody has given anything back of is as it was made', () => {
  assert.deepEqual(linesOf(paid(1)), [
    '1 2026-01-15 1000 paid',
    '2 2026-02-15 1000 scheduled',
    '3 2026-03-15 1000 scheduled',
  ])
  assert.equal(collectedPlan(paid(1)).owed, 2_000n)
})

test('a refund of 15 with one of three paid cancels the third and makes the second 5', () => {
  const plan = { ...paid(1), refunded: 1_500n }
  assert.deepEqual(linesOf(plan), [
    '1 2026-01-15 1000 paid',
    '2 2026-02-15 500 scheduled',
    '3 2026-03-15 1000 cancelled',
  ])
  assert.equal(collectedPlan(plan).toReturn, 0n)
})

test('a refund of 15 with two of three paid cancels the third and gives 5 back on the second', () => {
  const plan = { ...paid(2), refunded: 1_500n }
  assert.equal(collectedPlan(plan).toReturn, 500n)
  const back = withStep(plan, { purpose: 'refund', instalment: 2, amount: 500n })
  assert.deepEqual(linesOf(back), ['1 2026-01-15 1000 paid', '2 2026-02-15 500 paid', '3 2026-03-15 1000 cancelled'])
  assert.deepEqual([collectedPlan(back).toReturn, collectedPlan(back).owed], [0n, 0n])
})

test('a refund of 50 of 90 with one paid leaves 10 to pay', () => {
  const plan = withStep(aPlan({ captured: 9_000n, refunded: 5_000n }), {
    purpose: 'capture',
    instalment: 1,
    amount: 3_000n,
  })
  assert.deepEqual(linesOf(plan), [
    '1 2026-01-15 3000 paid',
    '2 2026-02-15 1000 scheduled',
    '3 2026-03-15 3000 cancelled',
  ])
})

test('everything given back before anything was charged leaves nothing to pay and nothing to return', () => {
  const plan = aPlan({ captured: 3_000n, refunded: 3_000n })
  assert.deepEqual(
    linesOf(plan).map((line) => line.split(' ')[3]),
    ['cancelled', 'cancelled', 'cancelled'],
  )
  assert.deepEqual([collectedPlan(plan).toReturn, collectedPlan(plan).owed], [0n, 0n])
})

test('a charge under way is neither unpaid nor paid', () => {
  const plan = withStep(paid(1), { purpose: 'charge', instalment: 2, amount: 1_000n, state: 'pending' })
  const [, second] = collectedPlan(plan).instalments
  assert.deepEqual([second?.unpaid, second?.underWay, second?.status], [0n, 1_000n, 'scheduled'])
  assert.equal(collectedPlan(plan).owed, 2_000n)
})

test('whatever is captured, given back and charged: nothing is negative, and it adds up to what was captured less refunds', () => {
  const charges = fc.array(
    fc.record({ instalment: fc.integer({ min: 1, max: 4 }), part: fc.integer({ min: 0, max: 100 }) }),
    {
      maxLength: 8,
    },
  )
  fc.assert(
    fc.property(
      fc.constantFrom('pay-in-3' as const, 'pay-in-4' as const, 'later' as const),
      fc.bigInt(1n, 1_000_000n),
      fc.integer({ min: 0, max: 100 }),
      charges,
      (product, captured, givenBack, made) => {
        let plan = aPlan({ product, captured, refunded: (captured * BigInt(givenBack)) / 100n })
        for (const { instalment, part } of made) {
          const unpaid = collectedPlan(plan).instalments.find(({ number }) => number === instalment)?.unpaid ?? 0n
          const amount = (unpaid * BigInt(part)) / 100n
          if (amount > 0n) plan = withStep(plan, { purpose: 'charge', instalment, amount, startedAt: planStart })
        }
        const { instalments, toReturn, owed } = collectedPlan(plan)
        const total = (of: (each: (typeof instalments)[number]) => bigint) =>
          instalments.reduce((sum, each) => sum + of(each), 0n)
        for (const each of instalments)
          assert(each.unpaid >= 0n && each.cancelled >= 0n && each.cancelled <= each.planned)
        assert(toReturn >= 0n)
        assert.equal(total((each) => each.charged) + owed - toReturn, captured - plan.refunded)
        assert.equal(total((each) => each.planned - each.cancelled) - toReturn, captured - plan.refunded)
      },
    ),
  )
})
