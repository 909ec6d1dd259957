import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  aMerchant,
  aNewPayment,
  anAttempt,
  aPayment,
  somePaymentId,
  someTime,
} from '../../../../test/support/payments/factories.ts'
import { ask, refusal } from '../../../../test/support/protocols/ask.ts'
import { ISK } from '../../../kernel/currency.ts'
import type { MerchantId } from '../../../kernel/ids.ts'
import { minute, plus, second } from '../../../kernel/instant.ts'
import type { NewPayment } from '../action.ts'
import { decide } from './decide.ts'

function create(overrides: Partial<NewPayment> = {}) {
  return { kind: 'create', ...aNewPayment(overrides) } as const
}

test('a new order waits for its shopper until it expires', () => {
  const { payment, events, transfers, attempts } = ask(undefined, create())
  assert.deepEqual(payment, aPayment())
  assert.equal(payment.id, somePaymentId)
  assert.equal(payment.expiresAt, plus(someTime, 40n * minute))
  assert.deepEqual(
    events.map((event) => `${event.sequence} ${event.kind}`),
    ['1 created'],
  )
  assert.deepEqual([transfers, attempts], [[], []])
})

test('keeps the rates the merchant had when the order was made', () => {
  const merchant = aMerchant({ feePpm: 1, feeTaxPpm: 2 })
  const { payment } = ask(undefined, create(), { merchant })
  assert.deepEqual([payment.feePpm, payment.feeTaxPpm], [1, 2])
})

test('an order lives no longer than the merchant agreed', () => {
  const { payment } = ask(undefined, create({ expiryMs: 9e15 }))
  assert.equal(payment.expiresAt, plus(someTime, 6_000n * second))
})

test('refuses a life that is not a whole number of milliseconds', () => {
  for (const expiryMs of [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.equal(refusal(undefined, create({ expiryMs })).reason, 'period_out_of_range', String(expiryMs))
  }
})

test('keeps to the limits of the product, both ends included', () => {
  for (const total of [500n, 200_000n]) assert.equal(ask(undefined, create({ total })).payment.total, total)
  assert.deepEqual(refusal(undefined, create({ total: 499n })), {
    reason: 'amount_below_minimum',
    minimum: 500n,
    currency: 'EUR',
  })
  for (const total of [200_001n, 10n ** 40n]) {
    assert.deepEqual(refusal(undefined, create({ total })), {
      reason: 'amount_above_maximum',
      maximum: 200_000n,
      currency: 'EUR',
    })
  }
})

test('refuses nothing, another currency and a product that was not agreed', () => {
  assert.equal(refusal(undefined, create({ total: 0n })).reason, 'amount_not_positive')
  assert.equal(refusal(undefined, create({ total: -1n })).reason, 'amount_not_positive')
  assert.deepEqual(refusal(undefined, create({ currency: ISK })), { reason: 'currency_mismatch', currency: 'EUR' })
  assert.deepEqual(refusal(undefined, create({ product: '__proto__' })), {
    reason: 'product_not_agreed',
    product: '__proto__',
  })
})

test('an order that leaves its product to the shopper is sold as the first that its amount allows', () => {
  const products = [
    { product: 'pay-in-3', minimum: 500n, maximum: 10_000n },
    { product: 'later', minimum: 100n, maximum: 50_000n },
  ]
  const merchant = aMerchant({ products })
  const open = (total: bigint) => create({ total, orProducts: ['pay-in-4', 'later'] })
  for (const [total, product] of [
    [100n, 'later'],
    [500n, 'pay-in-3'],
    [10_000n, 'pay-in-3'],
    [10_001n, 'later'],
  ] as const)
    assert.equal(ask(undefined, open(total), { merchant }).payment.product, product, String(total))
  const below = refusal(undefined, open(99n), { merchant })
  assert.deepEqual(below, { reason: 'amount_below_minimum', minimum: 100n, currency: 'EUR' })
  const above = refusal(undefined, open(50_001n), { merchant })
  assert.deepEqual(above, { reason: 'amount_above_maximum', maximum: 50_000n, currency: 'EUR' })
  assert.equal(refusal(undefined, create({ total: 100n }), { merchant }).reason, 'amount_below_minimum')
})

test('a payment that is attempted at once is created with its attempt standing', () => {
  const attempt = anAttempt({ purpose: 'sale' })
  const accepted = ask(undefined, { kind: 'request', ...aNewPayment({ expiryMs: null }), attempt })
  assert.equal(accepted.payment.state, 'created')
  assert.equal(accepted.payment.timerAt, null)
  assert.deepEqual(accepted.payment.pendingAttempt?.purpose, 'sale')
  assert.deepEqual(
    accepted.attempts.map((each) => [each.kind, each.id]),
    [['started', attempt.attemptId]],
  )
  assert.deepEqual(accepted.transfers, [])
})

test('a request needs no agreement on its product, and keeps to its limits where there are some', () => {
  const attempt = anAttempt({ purpose: 'sale' })
  const request = (changes: object) => ({ kind: 'request', ...aNewPayment(changes), attempt }) as const
  assert.equal(ask(undefined, request({ product: 'a_method_of_payment', total: 1n })).payment.state, 'created')
  assert.equal(refusal(undefined, request({ total: 1n })).reason, 'amount_below_minimum')
  assert.equal(refusal(undefined, request({ total: 200_001n })).reason, 'amount_above_maximum')
})

test('a request is of something', () => {
  const attempt = anAttempt({ purpose: 'sale' })
  const refused = refusal(undefined, { kind: 'request', ...aNewPayment({ total: 0n }), attempt })
  assert.equal(refused.reason, 'amount_not_positive')
})

test('there is nothing to give back of a payment that is only asked for', () => {
  const attempt = anAttempt({ purpose: 'refund' })
  assert.throws(() => ask(undefined, { kind: 'request', ...aNewPayment(), attempt }), /nothing to give back/)
})

test('refuses an action on a payment that does not exist', () => {
  assert.deepEqual(refusal(undefined, { kind: 'capture' }), { reason: 'unknown_payment' })
})

test('another merchant with that payment in hand is a bug', () => {
  const merchant = aMerchant({ id: 2 as MerchantId })
  const context = { merchant, paymentId: somePaymentId, now: someTime }
  assert.throws(() => decide(aPayment(), { kind: 'timer' }, context), /its own merchant/)
})
