import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aPayment, someTime } from '../../../../test/support/payments/factories.ts'
import { ask, assertRepeats, movesOf, refusal } from '../../../../test/support/protocols/ask.ts'
import { minute, plus } from '../../../kernel/instant.ts'

const authorized = aPayment({ state: 'authorized' })
const delayed = aPayment({ state: 'delayed' })
const later = plus(someTime, minute)

/** 40.00 of 100.00 captured, the rest open. */
const partCaptured = ask(delayed, { kind: 'capture_part', amount: 4_000n }).payment

test('captures everything when no amount is given', () => {
  const { payment, events } = ask(authorized, { kind: 'capture' }, { now: later })
  assert.equal(payment.state, 'captured')
  assert.equal(payment.captured, 10_000n)
  assert.equal(payment.capturedAt, later)
  assert.deepEqual([payment.expiresAt, payment.timerAt], [null, null])
  assert.deepEqual(payment.captures, [{ amount: 10_000n, at: later }])
  assert.deepEqual(
    events.map((event) => [event.kind, event.amount, event.sequence]),
    [['captured', 10_000n, authorized.sequence + 1]],
  )
})

test('captures less than authorized and releases the rest', () => {
  const accepted = ask(authorized, { kind: 'capture', amount: 4_000n })
  assert.equal(accepted.payment.captured, 4_000n)
  assert.equal(accepted.payment.state, 'captured')
  assert.deepEqual(movesOf(accepted), ['authorization_release 10000', 'capture 4000', 'fee 200', 'fee_tax 44'])
})

test('takes the reference that comes with the capture, and keeps the old one when none comes', () => {
  const named = ask(authorized, { kind: 'capture', merchantReference: 'ORDER-2' })
  assert.equal(named.payment.merchantReference, 'ORDER-2')
  assert.equal(named.events[0]?.merchantReference, 'ORDER-2')
  assert.equal(ask(authorized, { kind: 'capture' }).payment.merchantReference, 'ORDER-1')
})

for (const amount of [0n, -1n, -(10n ** 40n)]) {
  test(`refuses to capture ${amount}`, () => {
    assert.deepEqual(refusal(authorized, { kind: 'capture', amount }), { reason: 'amount_not_positive' })
  })
}

test('refuses more than is open and says how much that is', () => {
  for (const amount of [10_001n, 10n ** 40n]) {
    assert.deepEqual(refusal(authorized, { kind: 'capture', amount }), {
      reason: 'amount_exceeds_open',
      open: 10_000n,
      currency: 'EUR',
    })
  }
})

for (const state of ['captured', 'partially_refunded', 'refunded'] as const) {
  test(`a repeated capture of a payment that is ${state} answers the first and moves nothing`, () => {
    const payment = aPayment({ state })
    assertRepeats(payment, { kind: 'capture' })
    assertRepeats(payment, { kind: 'capture', amount: 10_000n })
  })

  test(`another capture of a payment that is ${state} is refused`, () => {
    for (const amount of [4_000n, 10_001n, 0n]) {
      assert.deepEqual(refusal(aPayment({ state }), { kind: 'capture', amount }), {
        reason: 'wrong_state',
        state,
        action: 'capture',
      })
    }
  })
}

test('a repeated part capture of an authorization repeats by its own amount', () => {
  const { payment } = ask(authorized, { kind: 'capture', amount: 4_000n })
  assertRepeats(payment, { kind: 'capture', amount: 4_000n })
  assert.equal(refusal(payment, { kind: 'capture', amount: 6_000n }).reason, 'wrong_state')
})

test('several parts of a delayed payment are captured one after the other; the last closes it', () => {
  assert.equal(partCaptured.state, 'delayed')
  const last = ask(partCaptured, { kind: 'capture_part', amount: 6_000n }, { now: later })
  assert.equal(last.payment.state, 'captured')
  assert.equal(last.payment.captured, 10_000n)
  assert.deepEqual(last.payment.captures, [
    { amount: 4_000n, at: someTime },
    { amount: 6_000n, at: later },
  ])
  assert.equal(last.payment.timerAt, null)
  assert.deepEqual(movesOf(last), ['authorization_release 6000', 'capture 6000', 'fee 300', 'fee_tax 66'])
})

test('a part needs a delay first, and something open', () => {
  assert.equal(refusal(authorized, { kind: 'capture_part', amount: 1n }).reason, 'wrong_state')
  assert.deepEqual(refusal(partCaptured, { kind: 'capture_part', amount: 6_001n }), {
    reason: 'amount_exceeds_open',
    open: 6_000n,
    currency: 'EUR',
  })
})

test('a capture after parts takes its own amount on top and releases what is left', () => {
  const accepted = ask(partCaptured, { kind: 'capture', amount: 1_000n })
  assert.equal(accepted.payment.captured, 5_000n)
  assert.equal(accepted.payment.state, 'captured')
  assert.deepEqual(movesOf(accepted), ['authorization_release 6000', 'capture 1000', 'fee 50', 'fee_tax 11'])
})

test('after parts, a repeat is a capture of nothing named or of their sum, never of one part', () => {
  const { payment } = ask(partCaptured, { kind: 'close' })
  assertRepeats(payment, { kind: 'capture' })
  assertRepeats(payment, { kind: 'capture', amount: 4_000n })
  const { payment: twice } = ask(partCaptured, { kind: 'capture_part', amount: 6_000n })
  assertRepeats(twice, { kind: 'capture', amount: 10_000n })
  assert.equal(refusal(twice, { kind: 'capture', amount: 6_000n }).reason, 'wrong_state')
})

test('a reduction lowers the total and what is open, and what was captured stays', () => {
  const accepted = ask(partCaptured, { kind: 'reduce', amount: 1_000n })
  assert.equal(accepted.payment.state, 'delayed')
  assert.equal(accepted.events[0]?.total, 9_000n)
  assert.deepEqual(movesOf(accepted), ['authorization_release 1000'])
  assert.deepEqual(refusal(accepted.payment, { kind: 'capture_part', amount: 5_001n }), {
    reason: 'amount_exceeds_open',
    open: 5_000n,
    currency: 'EUR',
  })
})

test('a reduction by all that is open ends the payment: captured, or voided when nothing was captured', () => {
  assert.equal(ask(partCaptured, { kind: 'reduce', amount: 6_000n }).payment.state, 'captured')
  const { payment } = ask(delayed, { kind: 'reduce', amount: 10_000n }, { now: later })
  assert.deepEqual([payment.state, payment.voidedAt, payment.timerAt], ['voided', later, null])
})

test('refuses to reduce by nothing or by more than is open', () => {
  assert.equal(refusal(delayed, { kind: 'reduce', amount: 0n }).reason, 'amount_not_positive')
  assert.equal(refusal(partCaptured, { kind: 'reduce', amount: 6_001n }).reason, 'amount_exceeds_open')
})

test('closing ends a delayed payment with what was captured and releases the rest', () => {
  const accepted = ask(partCaptured, { kind: 'close' })
  assert.deepEqual([accepted.payment.state, accepted.payment.captured], ['captured', 4_000n])
  assert.equal(accepted.payment.capturedAt, someTime)
  assert.deepEqual(movesOf(accepted), ['authorization_release 6000'])
  assert.equal(ask(delayed, { kind: 'close' }).payment.state, 'voided')
})

test('a void lets the whole hold go; a void of a voided payment answers the first', () => {
  const accepted = ask(authorized, { kind: 'void', merchantReference: 'ORDER-2' }, { now: later })
  assert.deepEqual([accepted.payment.state, accepted.payment.voidedAt], ['voided', later])
  assert.deepEqual(movesOf(accepted), ['authorization_release 10000'])
  assertRepeats(accepted.payment, { kind: 'void' })
})

test('a void after a reduction releases only what was still held', () => {
  const reduced = ask(delayed, { kind: 'reduce', amount: 3_000n }).payment
  const accepted = ask(reduced, { kind: 'void' })
  assert.deepEqual(movesOf(accepted), ['authorization_release 7000'])
  assert.equal(accepted.events[0]?.amount, 7_000n)
})

test('a void after a part capture is refused: that payment is closed, not undone', () => {
  assert.deepEqual(refusal(partCaptured, { kind: 'void' }), { reason: 'partly_captured', action: 'void' })
})
