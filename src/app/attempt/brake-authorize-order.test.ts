import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  aCard,
  aMerchant,
  anAttemptId,
  aPayment,
  aPendingAttempt,
  somePaymentId,
} from '../../../test/support/payments/factories.ts'
import type { AuthorizationResult } from '../app.ts'
import { createOrderBrake } from './brake-authorize-order.ts'

const merchant = aMerchant()
const address = '192.0.2.7'

/** An order's two halves behind a brake of two declines an address; every card is asked for a step at its bank. */
function atTheBank(second: 'authorized' | 'declined' | 'unknown') {
  let attempts = 0
  const brake = createOrderBrake({ declinesPerHourPerAddress: 2 })
  const start = brake.authorize(async () => {
    attempts += 1
    const payment = aPayment({ pendingAttempt: aPendingAttempt({ id: anAttemptId(attempts) }) })
    return { kind: 'action_required', payment, action: { kind: 'redirect', url: 'https://bank.example' } }
  })
  const complete = brake.complete(async () => {
    const payment = aPayment()
    return second === 'declined' ? { kind: second, payment, reason: 'card_declined' } : { kind: second, payment }
  })
  const wayOut = async (comesBack: boolean): Promise<AuthorizationResult['kind']> => {
    const first = await start({ merchant, paymentId: somePaymentId, card: aCard(), address })
    if (first.kind !== 'action_required' || !comesBack) return first.kind
    return (await complete({ merchant, paymentId: somePaymentId, attemptId: anAttemptId(attempts) })).kind
  }
  return { wayOut, attempts: () => attempts }
}

test('a card that is declined after the step at its bank counts as one that was declined at once', async () => {
  const { wayOut, attempts } = atTheBank('declined')
  assert.deepEqual([await wayOut(true), await wayOut(true), await wayOut(true)], ['declined', 'declined', 'refused'])
  assert.equal(attempts(), 2)
})

test('whoever does not come back from the bank, or nobody knows of, has used the place as well', async () => {
  const away = atTheBank('authorized')
  assert.deepEqual(
    [await away.wayOut(false), await away.wayOut(false), await away.wayOut(false)],
    ['action_required', 'action_required', 'refused'],
  )
  const silent = atTheBank('unknown')
  assert.deepEqual(
    [await silent.wayOut(true), await silent.wayOut(true), await silent.wayOut(true)],
    ['unknown', 'unknown', 'refused'],
  )
})

test('shoppers who come back and pay use up nothing', async () => {
  const { wayOut } = atTheBank('authorized')
  for (let count = 0; count < 5; count++) assert.equal(await wayOut(true), 'authorized')
})
