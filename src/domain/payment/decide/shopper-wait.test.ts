import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  aNewPayment,
  anAttempt,
  anAttemptId,
  aPayment,
  aPendingAttempt,
  someTime,
} from '../../../../test/support/payments/factories.ts'
import { ask, refusal } from '../../../../test/support/protocols/ask.ts'
import { minute, plus } from '../../../kernel/instant.ts'
import type { AttemptOutcome } from '../action.ts'

const bank = { kind: 'redirect', url: 'https://bank.example/step' } as const
const asks = { kind: 'action_required', action: bank, lifeMs: 600_000 } as const
const until = plus(someTime, 10n * minute)

function finish(outcome: AttemptOutcome, attemptId = anAttemptId()) {
  return { kind: 'finish_attempt', attemptId, reversalId: anAttemptId(9), outcome } as const
}

const asked = ask(aPayment({ pendingAttempt: aPendingAttempt() }), finish(asks))
const waiting = asked.payment
const resume = { kind: 'resume_attempt', attemptId: anAttemptId() } as const

test('an attempt whose rail asks for the shopper stands with what is to be done, and nobody asks the rail', () => {
  assert.deepEqual(waiting.pendingAttempt, aPendingAttempt({ waitsFor: { action: bank, until } }))
  assert.equal(waiting.timerAt, until)
  assert.equal(waiting.state, 'created')
  assert.deepEqual(asked.attempts, [{ kind: 'waits_for_shopper', id: anAttemptId() }])
})

test('the shopper who comes back resumes it, once, and then its answer counts', () => {
  const resumed = ask(waiting, resume)
  assert.equal(resumed.payment.pendingAttempt?.waitsFor, undefined)
  assert.equal(resumed.payment.timerAt, waiting.expiresAt)
  assert.deepEqual(resumed.attempts, [{ kind: 'resumed', id: anAttemptId(), at: someTime }])
  assert.deepEqual(refusal(resumed.payment, resume), { reason: 'nothing_due' })
  assert.deepEqual(refusal(resumed.payment, { kind: 'timer' }), { reason: 'operation_in_progress' })
  const done = ask(resumed.payment, finish({ kind: 'succeeded', railReference: 'rail-7' }))
  assert.equal(done.payment.state, 'authorized')
})

test('a shopper who does not come back leaves an order that is open for another card', () => {
  assert.deepEqual(refusal(waiting, { kind: 'timer' }), { reason: 'nothing_due' })
  const ended = ask(waiting, { kind: 'timer' }, { now: until })
  assert.deepEqual(
    [ended.payment.state, ended.payment.pendingAttempt, ended.payment.failure, ended.payment.timerAt],
    ['created', null, 'authentication_required', waiting.expiresAt],
  )
  assert.deepEqual(
    ended.attempts.map((each) => each.kind === 'finished' && each.state),
    ['declined'],
  )
  assert.deepEqual(refusal(ended.payment, resume, { now: until }), { reason: 'nothing_due' })
})

test('the end of the order ends the wait with it', () => {
  const short = aPayment({ expiresAt: plus(someTime, minute), pendingAttempt: aPendingAttempt() })
  const { payment } = ask(short, finish(asks))
  assert.equal(payment.timerAt, payment.expiresAt)
  const now = plus(someTime, minute)
  assert.equal(refusal(payment, resume, { now }).reason, 'wrong_state')
  const ended = ask(payment, { kind: 'timer' }, { now })
  assert.deepEqual([ended.payment.state, ended.payment.pendingAttempt], ['expired', null])
  assert.equal(ended.attempts.length, 1)
})

test('another card takes the place of one that waits', () => {
  const next = anAttempt({ attemptId: anAttemptId(2) })
  const { payment, attempts } = ask(waiting, { kind: 'start_attempt', ...next })
  assert.equal(payment.pendingAttempt?.id, anAttemptId(2))
  assert.equal(payment.timerAt, payment.expiresAt)
  assert.deepEqual(
    attempts.map(({ kind, id }) => [kind, id]),
    [
      ['finished', anAttemptId()],
      ['started', anAttemptId(2)],
    ],
  )
})

test('a payment that was one attempt has failed when its shopper does not come back', () => {
  const { payment } = ask(undefined, {
    kind: 'request',
    ...aNewPayment({ funding: 'acquirer', expiryMs: null }),
    attempt: anAttempt({ purpose: 'sale' }),
  })
  const ended = ask(ask(payment, finish(asks)).payment, { kind: 'timer' }, { now: until })
  assert.deepEqual([ended.payment.state, ended.payment.timerAt], ['failed', null])
})
