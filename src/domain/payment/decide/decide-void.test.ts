import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aPayment } from '../../../../test/support/payments/factories.ts'
import { ask, movesOf, refusal } from '../../../../test/support/protocols/ask.ts'

test('an order that nobody paid ends as if its time were up, and moves no money', () => {
  const accepted = ask(aPayment({ state: 'created' }), { kind: 'void' })
  const { state, voidedAt, expiresAt, timerAt } = accepted.payment
  assert.deepEqual([state, expiresAt, timerAt], ['expired', null, null])
  assert.notEqual(voidedAt, null)
  assert.deepEqual(
    accepted.events.map(({ kind }) => kind),
    ['expired'],
  )
  assert.deepEqual(movesOf(accepted), [])
})

test('a void again is answered as the first, and moves nothing', () => {
  for (const state of ['created', 'authorized'] as const) {
    const { payment } = ask(aPayment({ state }), { kind: 'void' })
    const again = ask(payment, { kind: 'void' })
    assert.deepEqual([again.payment, again.events], [payment, []])
  }
})

test('an order whose time was up by itself cannot be voided', () => {
  const expired = { reason: 'wrong_state', state: 'expired', action: 'void' }
  assert.deepEqual(refusal(aPayment({ state: 'expired' }), { kind: 'void' }), expired)
})
