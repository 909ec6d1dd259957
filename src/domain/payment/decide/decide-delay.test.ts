import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aMerchant, aPayment, aPendingAttempt, someTime } from '../../../../test/support/payments/factories.ts'
import { ask, assertRepeats, movesOf, refusal } from '../../../../test/support/protocols/ask.ts'
import { day, type Instant, minute, plus } from '../../../kernel/instant.ts'
import type { Payment } from '../payment.ts'

const authorized = aPayment({ state: 'authorized' })
const timer = { kind: 'timer' } as const

/** The payment's next due time as an instant. */
function due(payment: Payment): Instant {
  assert(payment.timerAt !== null)
  return payment.timerAt
}

test('a delay keeps the hold for its period, counted from now', () => {
  const now = plus(someTime, day)
  const { payment, transfers } = ask(authorized, { kind: 'delay', periodMs: 432_000_000 }, { now })
  assert.equal(payment.state, 'delayed')
  assert.equal(payment.delayedAt, now)
  assert.equal(payment.expiresAt, plus(now, 5n * day))
  assert.equal(payment.timerAt, plus(now, 4n * day))
  assert.deepEqual(transfers, [])
})

test('a delay lasts from one minute to twenty-five days', () => {
  for (const periodMs of [60_000, 2_160_000_000]) {
    assert.equal(ask(authorized, { kind: 'delay', periodMs }).payment.state, 'delayed')
  }
  for (const periodMs of [59_999, 2_160_000_001, 0, -1, 60_000.5, 1e300, Number.NaN, Number.NEGATIVE_INFINITY]) {
    const refused = refusal(authorized, { kind: 'delay', periodMs })
    assert.deepEqual(refused, { reason: 'period_out_of_range', minimumMs: 60_000, maximumMs: 2_160_000_000 })
  }
})

test('the same delay again is a repeat, another is refused', () => {
  const { payment } = ask(authorized, { kind: 'delay', periodMs: 432_000_000 })
  assertRepeats(payment, { kind: 'delay', periodMs: 432_000_000 })
  assert.equal(refusal(payment, { kind: 'delay', periodMs: 60_000 }).reason, 'wrong_state')
})

test('an order can be delayed only once its shopper has authorized it', () => {
  const refused = refusal(aPayment(), { kind: 'delay', periodMs: 60_000 })
  assert.deepEqual(refused, { reason: 'wrong_state', state: 'created', action: 'delay' })
})

test('an authorization warns first, then lapses and releases the hold', () => {
  const warned = ask(authorized, timer, { now: due(authorized) })
  assert.equal(warned.payment.state, 'authorized')
  assert.equal(warned.payment.timerAt, authorized.expiresAt)
  assert.deepEqual(
    warned.events.map((event) => [event.kind, event.amount]),
    [['expiring_soon', 10_000n]],
  )
  const lapsed = ask(warned.payment, timer, { now: due(warned.payment) })
  assert.deepEqual([lapsed.payment.state, lapsed.payment.timerAt], ['lapsed', null])
  assert.deepEqual(movesOf(lapsed), ['authorization_release 10000'])
  assert.equal(refusal(lapsed.payment, timer).reason, 'nothing_due')
})

test('a delay shorter than the lead of the warning has none', () => {
  const { payment } = ask(authorized, { kind: 'delay', periodMs: 60_000 })
  assert.equal(payment.timerAt, payment.expiresAt)
  const merchant = aMerchant({ expiryWarningLeadMs: 0 })
  const without = ask(authorized, { kind: 'delay', periodMs: 432_000_000 }, { merchant }).payment
  assert.equal(without.timerAt, without.expiresAt)
})

test('a delayed payment whose time is over keeps what was captured of it', () => {
  const { payment } = ask(aPayment({ state: 'delayed' }), { kind: 'capture_part', amount: 4_000n })
  assert(payment.expiresAt !== null)
  const ended = ask({ ...payment, timerAt: payment.expiresAt }, timer, { now: payment.expiresAt })
  assert.deepEqual([ended.payment.state, ended.payment.captured], ['captured', 4_000n])
  assert.equal(ended.events[0]?.kind, 'closed')
  assert.deepEqual(movesOf(ended), ['authorization_release 6000'])
  assertRepeats(ended.payment, { kind: 'capture' })
})

test('an order nobody authorized expires, a microsecond too early it does not', () => {
  const order = aPayment()
  assert.equal(refusal(order, timer, { now: plus(due(order), -1n) }).reason, 'nothing_due')
  const expired = ask(order, timer, { now: due(order) })
  assert.deepEqual([expired.payment.state, expired.payment.timerAt], ['expired', null])
  assert.deepEqual(expired.transfers, [])
})

test('a capture that comes after the end finds it ended, also before the timer ran', () => {
  assert(authorized.expiresAt !== null)
  for (const action of [{ kind: 'capture' }, { kind: 'void' }, { kind: 'delay', periodMs: 60_000 }] as const) {
    const refused = refusal(authorized, action, { now: authorized.expiresAt })
    assert.deepEqual(refused, { reason: 'wrong_state', state: 'expired', action: action.kind })
    assert.equal(ask(authorized, action, { now: plus(authorized.expiresAt, -1n) }).payment.sequence, 4)
  }
})

test('references can be changed in any state, also while a rail is asked, and removed', () => {
  const waiting = aPayment({ pendingAttempt: aPendingAttempt() })
  for (const payment of [waiting, authorized, aPayment({ state: 'refunded' }), aPayment({ state: 'expired' })]) {
    const now = plus(someTime, 999n * minute)
    const named = ask(payment, { kind: 'update_references', processorReference: 'PSP-1' }, { now }).payment
    assert.deepEqual([named.merchantReference, named.processorReference], ['ORDER-1', 'PSP-1'])
    assert.equal(named.state, payment.state)
    assert.equal(ask(named, { kind: 'update_references', merchantReference: null }).payment.merchantReference, null)
  }
})
