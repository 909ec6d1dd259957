import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  aMerchant,
  anAttempt,
  anAttemptId,
  aPayment,
  aPendingAttempt,
  someTime,
} from '../../../../test/support/payments/factories.ts'
import { ask, refusal } from '../../../../test/support/protocols/ask.ts'
import { minute, plus } from '../../../kernel/instant.ts'

const merchant = aMerchant({ isDisabled: true })
const closed = { merchant }

test('takes no shopper’s money for a merchant that was closed', () => {
  const created = aPayment({ state: 'created', instrument: null })
  assert.equal(
    refusal(created, { kind: 'start_attempt', ...anAttempt({ purpose: 'authorize' }) }, closed).reason,
    'wrong_state',
  )
  const waitsFor = { action: { kind: 'redirect', url: 'https://bank.example' } as const, until: plus(someTime, minute) }
  const atTheBank = aPayment({ state: 'created', pendingAttempt: aPendingAttempt({ waitsFor }) })
  const resume = { kind: 'resume_attempt', attemptId: anAttemptId() } as const
  assert.equal(ask(atTheBank, resume).payment.state, 'created')
  assert.equal(refusal(atTheBank, resume, closed).reason, 'nothing_due')
  const authorized = aPayment({ state: 'authorized' })
  assert.equal(refusal(authorized, { kind: 'capture' }, closed).reason, 'wrong_state')
  assert.equal(refusal(authorized, { kind: 'delay', periodMs: 1_000 }, closed).reason, 'wrong_state')
  const delayed = aPayment({ state: 'delayed' })
  assert.equal(refusal(delayed, { kind: 'capture_part', amount: 1n }, closed).reason, 'wrong_state')
})

test('gives back what was sold before it was closed', () => {
  const authorized = aPayment({ state: 'authorized' })
  assert.equal(ask(authorized, { kind: 'void' }, closed).payment.state, 'voided')
  const captured = ask(authorized, { kind: 'capture' }).payment
  assert.equal(ask(captured, { kind: 'refund', amount: captured.captured }, closed).payment.state, 'refunded')
})
