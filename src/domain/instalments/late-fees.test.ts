import assert from 'node:assert/strict'
import { test } from 'node:test'
import { someLateFees } from '../../../test/support/payments/late-fees.ts'
import { aPlan, collectAll, nextOf, planStart, withStep } from '../../../test/support/payments/plans.ts'
import { type Instant, instantFromMillis } from '../../kernel/instant.ts'
import type { FailureReason } from '../payment/failure.ts'
import { collectedPlan } from './collected.ts'
import { comingLateFee, dueLateFees, mostLateFees } from './late-fees.ts'
import type { PlanFacts } from './plan-facts.ts'

function at(iso: string): Instant {
  return instantFromMillis(Date.parse(iso))
}

const paidOnce = collectAll(aPlan({ lateFeeTerms: someLateFees }), planStart)

/** The second instalment, due on 15 February, with a card that refused it. */
function refused(facts: PlanFacts = paidOnce, time = '2026-02-15T07:00:00Z', failure: FailureReason = 'card_declined') {
  return withStep(facts, {
    ...{ purpose: 'charge', instalment: 2, amount: 3_000n, state: 'declined', failure },
    ...{ cardId: 'order', startedAt: at(time) },
  })
}

function feesOf(facts: PlanFacts, now: string): string[] {
  const { due } = dueLateFees(facts, collectedPlan(facts), at(now))
  return due.map(({ instalment, stage, amount }) => `${instalment}/${stage} ${amount}`)
}

function withFees(facts: PlanFacts, now: string): PlanFacts {
  return { ...facts, lateFees: [...facts.lateFees, ...dueLateFees(facts, collectedPlan(facts), at(now)).due] }
}

test('a fee comes once a whole day has passed after the day on which a card refused, and another after nine', () => {
  const late = refused()
  assert.deepEqual(feesOf(late, '2026-02-16T22:59:59Z'), [])
  assert.deepEqual(feesOf(late, '2026-02-16T23:00:00Z'), ['2/1 120'])
  assert.deepEqual(feesOf(withFees(late, '2026-02-17T00:00:00Z'), '2026-02-24T22:59:59Z'), [])
  assert.deepEqual(feesOf(withFees(late, '2026-02-17T00:00:00Z'), '2026-02-24T23:00:00Z'), ['2/2 120'])
  assert.deepEqual(feesOf(late, '2026-04-01T00:00:00Z'), ['2/1 120', '2/2 120'], 'both when nobody looked in between')
  assert.deepEqual(feesOf(withFees(late, '2026-04-01T00:00:00Z'), '2026-05-01T00:00:00Z'), [], 'each stage once')
})

test('says when the next one would come, and tells of it before', () => {
  const late = refused()
  const next = (now: string) => dueLateFees(late, collectedPlan(late), at(now)).nextAt
  assert.equal(next('2026-02-15T08:00:00Z'), at('2026-02-16T23:00:00Z'))
  assert.equal(next('2026-02-16T23:00:00Z'), at('2026-02-24T23:00:00Z'))
  assert.equal(next('2026-03-01T00:00:00Z'), null)
  assert.deepEqual(comingLateFee(late, 2, at('2026-02-15T08:00:00Z')), { amount: 120n, from: '2026-02-17' })
  assert.equal(comingLateFee(paidOnce, 2, at('2026-02-15T08:00:00Z')), null, 'it is not late')
})

test('nobody pays for a day on which nobody tried, or the acquirer could not', () => {
  assert.deepEqual(feesOf(paidOnce, '2026-03-10T00:00:00Z'), [])
  for (const failure of ['processing_error', 'issuer_unavailable', 'not_permitted'] as const)
    assert.deepEqual(feesOf(refused(paidOnce, '2026-02-15T07:00:00Z', failure), '2026-03-01T00:00:00Z'), [], failure)
  const tried = refused(paidOnce, '2026-02-20T07:00:00Z')
  assert.deepEqual(feesOf(tried, '2026-02-21T22:59:59Z'), [], 'late from the first try on, not from the due day')
  assert.deepEqual(feesOf(tried, '2026-02-21T23:00:00Z'), ['2/1 120'])
  assert.deepEqual(
    feesOf(refused(paidOnce, '2026-02-01T07:00:00Z'), '2026-03-01T00:00:00Z'),
    [],
    'a try before its day',
  )
})

test('what is paid, on its way, cancelled or written off is not late', () => {
  const late = refused()
  const now = '2026-03-01T00:00:00Z'
  const charge = { purpose: 'charge', instalment: 2, amount: 3_000n, startedAt: at('2026-02-16T07:00:00Z') } as const
  assert.deepEqual(feesOf(withStep(late, charge), now), [])
  assert.deepEqual(feesOf(withStep(late, { ...charge, state: 'pending' }), now), [])
  assert.deepEqual(feesOf({ ...late, refunded: 6_000n }, now), [])
  assert.deepEqual(feesOf({ ...late, isWrittenOff: true }, now), [])
  assert.deepEqual(feesOf({ ...late, lateFeeTerms: null }, now), [])
})

test('an instalment that was late, was paid, and grew by a further capture is not late until a card refuses it again', () => {
  const paid = withStep(refused(), {
    purpose: 'charge',
    instalment: 2,
    amount: 3_000n,
    startedAt: at('2026-02-16T07:00:00Z'),
  })
  const { schedule } = aPlan({ captured: 12_000n })
  const grown = { ...paid, schedule }
  assert.deepEqual(feesOf(grown, '2026-03-01T00:00:00Z'), [])
  assert.deepEqual(feesOf(refused(grown, '2026-03-01T07:00:00Z'), '2026-03-02T23:00:00Z'), ['2/1 120'])
})

test('fees stay within the most of an instalment and of the order, waived ones counted', () => {
  // As in Italy: up to 6 EUR, up to 6 more, at most 12 for a payment and 15 % of the order.
  const large = {
    ...someLateFees,
    stages: someLateFees.stages.map((stage) => ({ ...stage, amount: 600n })),
    mostPerInstalment: 1_000n,
  }
  const late = { ...refused(), lateFeeTerms: large }
  assert.equal(mostLateFees(late), 1_350n)
  assert.deepEqual(feesOf(late, '2026-03-01T00:00:00Z'), ['2/1 600', '2/2 400'])
  const other = { instalment: 3, stage: 1, amount: 600n, isWaived: true }
  assert.deepEqual(feesOf({ ...late, lateFees: [other] }, '2026-03-01T00:00:00Z'), ['2/1 600', '2/2 150'])
  assert.deepEqual(
    feesOf({ ...late, refunded: 3_500n }, '2026-03-01T00:00:00Z'),
    ['2/1 600', '2/2 225'],
    'of what is left',
  )
})

test('a fee is charged with its instalment, goes back once it is waived, and makes no instalment paid twice', () => {
  const late = withFees(refused(), '2026-02-17T00:00:00Z')
  assert.equal(nextOf(late, at('2026-02-18T07:00:00Z')), 'charge 3120 for 2 on order')
  assert.equal(collectedPlan(late).owed, 6_120n)
  const paid = withStep(late, {
    ...{ purpose: 'charge', instalment: 2, amount: 3_120n, lateFee: 120n, startedAt: at('2026-02-18T07:00:00Z') },
  })
  const [, second] = collectedPlan(paid).instalments
  assert.deepEqual([second?.charged, second?.unpaid, second?.payable, second?.status], [3_000n, 0n, 0n, 'paid'])
  const waived = { ...paid, lateFees: paid.lateFees.map((fee) => ({ ...fee, isWaived: true })) }
  assert.equal(nextOf(waived, at('2026-02-18T08:00:00Z')), 'refund 120 for 2')
  const back = collectAll(waived, at('2026-02-18T08:00:00Z'))
  assert.equal(nextOf(back, at('2026-02-18T08:00:00Z')), 'wait until 2026-03-15T07:00:00.000Z')
  assert.equal(collectedPlan(back).owed, 3_000n)
})

test('a refund gives back what was paid for the goods and leaves the fee', () => {
  const late = withFees(refused(), '2026-02-17T00:00:00Z')
  const paid = withStep(late, {
    ...{ purpose: 'charge', instalment: 2, amount: 3_120n, lateFee: 120n, startedAt: at('2026-02-18T07:00:00Z') },
  })
  const back = collectAll({ ...paid, refunded: 9_000n }, at('2026-02-19T00:00:00Z'))
  assert.deepEqual(
    back.steps.filter(({ purpose }) => purpose === 'refund').map(({ instalment, amount }) => `${instalment} ${amount}`),
    ['2 3000', '1 3000'],
  )
})
