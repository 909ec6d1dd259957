import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aPayment } from '../../../../test/support/payments/factories.ts'
import { ask, movesOf, refusal } from '../../../../test/support/protocols/ask.ts'
import { authorizationPostings } from '../../ledger/postings.ts'
import { provePayment } from '../../ledger/prove.ts'

const captured = aPayment({ state: 'captured' })

test('a refund of everything gives the whole fee and its tax back', () => {
  const accepted = ask(captured, { kind: 'refund', amount: 10_000n, refundReference: 'R-1' })
  assert.equal(accepted.payment.state, 'refunded')
  assert.equal(accepted.events[0]?.note, 'R-1')
  assert.deepEqual(movesOf(accepted), ['refund 10000', 'fee_reversal 500', 'fee_tax_reversal 110'])
})

test('refunds in thirds add up exactly to what was captured and what it cost', () => {
  const { payment, transfers } = ask(aPayment({ state: 'authorized' }), { kind: 'capture' })
  const ledger = [...authorizationPostings(payment.currency, payment.total), ...transfers]
  let refunded = payment
  for (const amount of [3_333n, 3_333n, 3_333n, 1n]) {
    const accepted = ask(refunded, { kind: 'refund', amount })
    refunded = accepted.payment
    ledger.push(...accepted.transfers)
    assert.deepEqual(provePayment(refunded, ledger), [])
  }
  assert.equal(refunded.state, 'refunded')
})

test('the same refund again is another refund, for only an idempotency key says that it is not', () => {
  const action = { kind: 'refund', amount: 4_000n, refundReference: 'R-1' } as const
  const twice = ask(ask(captured, action).payment, action).payment
  assert.deepEqual([twice.state, twice.refunded], ['partially_refunded', 8_000n])
  assert.deepEqual(refusal(twice, action), { reason: 'amount_exceeds_open', open: 2_000n, currency: 'EUR' })
})

test('never more than was captured, whatever was authorized', () => {
  const { payment } = ask(aPayment({ state: 'authorized' }), { kind: 'capture', amount: 4_000n })
  assert.deepEqual(refusal(payment, { kind: 'refund', amount: 4_001n }), {
    reason: 'amount_exceeds_open',
    open: 4_000n,
    currency: 'EUR',
  })
  assert.equal(ask(payment, { kind: 'refund', amount: 4_000n }).payment.state, 'refunded')
})

test('refuses nothing and less than nothing', () => {
  for (const amount of [0n, -1n]) {
    assert.deepEqual(refusal(captured, { kind: 'refund', amount }), { reason: 'amount_not_positive' })
  }
})

for (const state of [
  'created',
  'authorized',
  'delayed',
  'refunded',
  'voided',
  'expired',
  'lapsed',
  'failed',
] as const) {
  test(`refuses to refund a payment that is ${state}`, () => {
    const refused = refusal(aPayment({ state }), { kind: 'refund', amount: 1n })
    assert.deepEqual(refused, { reason: 'wrong_state', state, action: 'refund' })
  })
}
