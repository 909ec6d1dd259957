import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aMerchant, aPayment } from '../../../test/support/payments/factories.ts'
import { instantFromMillis } from '../../kernel/instant.ts'
import type { Payment } from '../payment/payment.ts'
import { paymentPlan } from './payment-plan.ts'
import type { Frequency } from './products.ts'

const now = instantFromMillis(Date.UTC(2026, 0, 31, 23, 30))

function plan(overrides: Partial<Payment>, timeZone = 'Europe/Rome', frequency?: Frequency) {
  return paymentPlan(aPayment(overrides), aMerchant({ timeZone }), frequency, now).map(
    ({ dueAt, amount }) => `${dueAt} ${amount.minor}`,
  )
}

test('an open order is planned as if it were authorized now', () => {
  assert.deepEqual(plan({ total: 100n }), ['2026-02-01 34', '2026-03-01 33', '2026-04-01 33'])
})

test('counts in the zone of the merchant', () => {
  assert.deepEqual(plan({ total: 3n }, 'Europe/Lisbon'), ['2026-01-31 1', '2026-02-28 1', '2026-03-31 1'])
})

test('an authorized order keeps the day of its authorization', () => {
  const authorizedAt = instantFromMillis(Date.UTC(2025, 0, 31, 12))
  assert.equal(plan({ state: 'authorized', authorizedAt })[0], '2025-01-31 3334')
})

test('after a partial capture the plan is for what was captured', () => {
  assert.deepEqual(
    plan({ state: 'captured', captured: 3_001n, authorizedAt: now }).map((line) => line.split(' ')[1]),
    ['1001', '1000', '1000'],
  )
  assert.equal(plan({ state: 'delayed', product: 'later', reduced: 1n, authorizedAt: now })[0], '2026-02-15 9999')
})

test('pay later follows the frequency of the order', () => {
  assert.deepEqual(plan({ product: 'later' }, undefined, { number: 30, frequencyType: 'daily' }), ['2026-03-03 10000'])
})

test('what is not sold in instalments, or has nothing left, has no plan', () => {
  assert.deepEqual(plan({ product: '5b2e9f04-7c31-4a8d-91f6-d3a0b8c4e275' }), [])
  assert.deepEqual(plan({ state: 'delayed', reduced: 10_000n }), [])
})
