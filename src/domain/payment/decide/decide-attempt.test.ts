import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  aNewPayment,
  anAttempt,
  anAttemptId,
  anInstrument,
  aPayment,
  aPendingAttempt,
  someTime,
} from '../../../../test/support/payments/factories.ts'
import { ask, movesOf, refusal } from '../../../../test/support/protocols/ask.ts'
import { day, minute, plus } from '../../../kernel/instant.ts'
import type { AttemptOutcome, StartAttempt } from '../action.ts'

const succeeded = { kind: 'succeeded', railReference: 'rail-7' } as const
const declined = { kind: 'declined', reason: 'insufficient_funds', code: '51' } as const
const abandoned = { kind: 'abandoned' } as const
const reversalId = anAttemptId(9)

function start(overrides: Partial<StartAttempt> = {}) {
  return { kind: 'start_attempt', ...anAttempt(overrides) } as const
}

function finish(outcome: AttemptOutcome, attemptId = anAttemptId()) {
  return { kind: 'finish_attempt', attemptId, reversalId, outcome } as const
}

const captured = aPayment({ state: 'captured', railReference: 'rail-1' })
const requested = ask(undefined, {
  kind: 'request',
  ...aNewPayment({ protocol: 'salescloud', funding: 'acquirer', expiryMs: null }),
  attempt: anAttempt({ purpose: 'sale' }),
}).payment

test('an attempt is recorded before the rail is called', () => {
  const instrument = anInstrument({ last4: '4444' })
  const accepted = ask(aPayment(), start({ instrument }))
  assert.deepEqual(accepted.payment.pendingAttempt, aPendingAttempt({ amount: 3_334n }))
  assert.deepEqual(accepted.payment.instrument, instrument)
  assert.deepEqual(
    accepted.attempts.map((each) => each.kind),
    ['started'],
  )
  assert.deepEqual(accepted.transfers, [])
})

test('a product that the shopper chose becomes the order’s, and decides what is held', () => {
  const { payment } = ask(aPayment(), start({ product: 'pay-in-4' }))
  assert.deepEqual([payment.product, payment.pendingAttempt?.amount], ['pay-in-4', 2_500n])
  assert.equal(ask(aPayment(), start({ product: 'later' })).payment.pendingAttempt?.amount, 0n)
  for (const product of ['pay-in-5', '__proto__'])
    assert.deepEqual(refusal(aPayment(), start({ product })), { reason: 'product_not_agreed', product })
  const cheap = aPayment({ total: 1n })
  assert.equal(refusal(cheap, start({ product: 'pay-in-4' }))?.reason, 'amount_below_minimum')
  assert.equal(refusal(captured, start({ purpose: 'refund', product: 'later' }))?.reason, 'product_not_agreed')
})

test('while a rail is asked, nothing else may happen', () => {
  const waiting = aPayment({ pendingAttempt: aPendingAttempt() })
  for (const action of [start(), { kind: 'timer' }, { kind: 'void' }, { kind: 'refund', amount: 1n }] as const) {
    assert.deepEqual(refusal(waiting, action, { now: plus(someTime, day) }), { reason: 'operation_in_progress' })
  }
})

test('an approval authorizes the whole order for five days', () => {
  const now = plus(someTime, minute)
  const accepted = ask(aPayment({ pendingAttempt: aPendingAttempt() }), finish(succeeded), { now })
  const { payment } = accepted
  assert.deepEqual([payment.state, payment.authorized, payment.railReference], ['authorized', 10_000n, 'rail-7'])
  assert.equal(payment.pendingAttempt, null)
  assert.equal(payment.expiresAt, plus(now, 5n * day))
  assert.equal(payment.timerAt, plus(now, 4n * day))
  assert.deepEqual(movesOf(accepted), ['authorization 10000'])
  assert.deepEqual(
    accepted.attempts.map((each) => each.kind === 'finished' && each.state),
    ['succeeded'],
  )
})

test('an approval that arrives after the order should have expired still counts', () => {
  const waiting = aPayment({ pendingAttempt: aPendingAttempt() })
  assert.equal(ask(waiting, finish(succeeded), { now: plus(someTime, day) }).payment.state, 'authorized')
})

test('a decline leaves the order open for another card and says why', () => {
  const accepted = ask(aPayment({ pendingAttempt: aPendingAttempt() }), finish(declined))
  const { payment } = accepted
  assert.deepEqual([payment.state, payment.failure, payment.pendingAttempt], ['created', 'insufficient_funds', null])
  assert.equal(accepted.events[0]?.note, 'insufficient_funds')
  assert.deepEqual(accepted.transfers, [])
  const second = ask(payment, start({ attemptId: anAttemptId(2) })).payment
  assert.equal(ask(second, finish(succeeded, anAttemptId(2))).payment.failure, null)
})

test('a sale that is approved is captured at once', () => {
  const accepted = ask(requested, finish(succeeded))
  const { payment } = accepted
  assert.deepEqual([payment.state, payment.captured, payment.timerAt], ['captured', 10_000n, null])
  assert.deepEqual(movesOf(accepted), ['capture 10000', 'fee 500', 'fee_tax 110'])
  assert.equal(accepted.transfers[0]?.debit, 'acquirer_receivable')
})

test('a sale that is declined has failed', () => {
  const { payment, transfers } = ask(requested, finish(declined))
  assert.deepEqual([payment.state, payment.failure, payment.pendingAttempt], ['failed', 'insufficient_funds', null])
  assert.deepEqual(transfers, [])
})

test('a sale that is given up has failed, and is still waited for', () => {
  const { payment, attempts } = ask(requested, finish(abandoned))
  assert.deepEqual([payment.state, payment.failure], ['failed', 'outcome_unknown'])
  assert.equal(payment.pendingAttempt?.abandoned, true)
  assert.deepEqual(attempts, [])
  assert.deepEqual(refusal(payment, finish(abandoned)), { reason: 'nothing_due' })
})

test('a late approval of a sale that was given up is reversed, and nothing is booked', () => {
  const given = ask(requested, finish(abandoned)).payment
  const late = ask(given, finish(succeeded))
  assert.equal(late.payment.state, 'failed')
  assert.deepEqual(
    late.attempts.map((each) => [each.kind, each.id, 'railReference' in each && each.railReference]),
    [
      ['finished', anAttemptId(), 'rail-7'],
      ['started', reversalId, 'rail-7'],
    ],
  )
  assert.equal(late.payment.pendingAttempt?.purpose, 'void')
  const reversed = ask(late.payment, finish(succeeded, reversalId))
  assert.deepEqual([reversed.payment.state, reversed.payment.pendingAttempt], ['failed', null])
  assert.equal(reversed.events[0]?.kind, 'reversed')
  assert.deepEqual([...late.transfers, ...reversed.transfers], [])
})

test('a reversal whose void comes too late becomes a refund, so that no money stays taken', () => {
  const late = ask(ask(requested, finish(abandoned)).payment, finish(succeeded)).payment
  const instead = ask(late, { ...finish(declined, reversalId), reversalId: anAttemptId(9) })
  assert.deepEqual([instead.payment.state, instead.payment.pendingAttempt?.purpose], ['failed', 'refund'])
  assert.deepEqual(
    instead.attempts.map((each) => [each.kind, each.id]),
    [
      ['finished', reversalId],
      ['started', anAttemptId(9)],
    ],
  )
  const reversed = ask(instead.payment, finish(succeeded, anAttemptId(9)))
  assert.deepEqual(
    [reversed.events[0]?.kind, reversed.payment.pendingAttempt, reversed.transfers],
    ['reversed', null, []],
  )
  assert.equal(reversed.payment.failure, 'outcome_unknown')
})

test('a late decline of a sale that was given up settles it', () => {
  const { payment } = ask(ask(requested, finish(abandoned)).payment, finish(declined))
  assert.deepEqual([payment.state, payment.pendingAttempt], ['failed', null])
})

test('a refund through the rail moves money when it is answered, under the name the merchant gave it', () => {
  const asked = ask(captured, start({ purpose: 'refund', amount: 2_500n, reference: 'R-1', instrument: null }))
  assert.deepEqual([asked.payment.state, asked.payment.refunded, movesOf(asked)], ['captured', 0n, []])
  const started = asked.attempts[0]
  assert(started?.kind === 'started' && started.railReference === 'rail-1')
  const done = ask(asked.payment, finish(succeeded))
  assert.deepEqual([done.payment.state, done.payment.refunded], ['partially_refunded', 2_500n])
  assert.equal(done.payment.railReference, 'rail-1')
  assert.equal(done.events[0]?.note, 'R-1')
})

test('a refund that the rail declines changes no amount; one that is unknown cannot be given up', () => {
  const { payment } = ask(captured, start({ purpose: 'refund', amount: 2_500n }))
  const refused = ask(payment, finish(declined)).payment
  assert.deepEqual([refused.state, refused.refunded, refused.pendingAttempt], ['captured', 0n, null])
  assert.deepEqual(refusal(payment, finish(abandoned)), { reason: 'nothing_due' })
})

test('a refund through the rail stays within what was captured', () => {
  for (const amount of [10_001n, 10n ** 40n]) {
    assert.equal(refusal(captured, start({ purpose: 'refund', amount })).reason, 'amount_exceeds_open')
  }
  assert.equal(refusal(captured, start({ purpose: 'refund', amount: 0n })).reason, 'amount_not_positive')
  assert.equal(refusal(aPayment(), start({ purpose: 'refund' })).reason, 'wrong_state')
})

test('a void through the rail undoes the sale, fee and all', () => {
  const { payment } = ask(captured, start({ purpose: 'void' }))
  const done = ask(payment, finish(succeeded))
  assert.deepEqual([done.payment.state, done.payment.refunded, done.payment.voidedAt], ['voided', 10_000n, someTime])
  assert.deepEqual(movesOf(done), ['refund 10000', 'fee_reversal 500', 'fee_tax_reversal 110'])
})

test('only a refund may be for less than the whole, and the authorization of what the operator funds', () => {
  for (const purpose of ['authorize', 'sale', 'void'] as const) {
    const payment = purpose === 'void' ? captured : aPayment({ funding: 'acquirer' })
    assert.equal(refusal(payment, start({ purpose, amount: 9_999n })).reason, 'amount_below_minimum')
    assert.equal(refusal(payment, start({ purpose, amount: 10_001n })).reason, 'amount_exceeds_open')
    assert.equal(ask(payment, start({ purpose, amount: 10_000n })).payment.pendingAttempt?.amount, 10_000n)
  }
  for (const amount of [0n, 3_334n, 10_000n]) {
    const held = ask(aPayment(), start({ amount })).payment
    assert.equal(held.pendingAttempt?.amount, amount)
    assert.equal(ask(held, finish(succeeded)).payment.authorized, 10_000n)
  }
  assert.equal(refusal(aPayment(), start({ amount: -1n })).reason, 'amount_not_positive')
  assert.equal(refusal(aPayment(), start({ amount: 10_001n })).reason, 'amount_exceeds_open')
})

test('a partly refunded sale cannot be voided any more', () => {
  const refused = refusal(aPayment({ state: 'partially_refunded' }), start({ purpose: 'void' }))
  assert.equal(refused.reason, 'wrong_state')
})

test('an answer that came before, or for another attempt, is nothing to do', () => {
  const waiting = aPayment({ pendingAttempt: aPendingAttempt() })
  assert.deepEqual(refusal(waiting, finish(succeeded, anAttemptId(2))), { reason: 'nothing_due' })
  const { payment } = ask(waiting, finish(succeeded))
  assert.deepEqual(refusal(payment, finish(succeeded)), { reason: 'nothing_due' })
})
