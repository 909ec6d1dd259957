import assert from 'node:assert/strict'
import { test } from 'node:test'
import { someTime } from '../../../test/support/payments/factories.ts'
import type { DueUnpaidOrder } from '../../db/shop/unpaid-orders.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import { hour, plus } from '../../kernel/instant.ts'
import { nextStep } from './cancel-unpaid-orders.ts'

function anUnpaidOrder(changes: Partial<DueUnpaidOrder>): DueUnpaidOrder {
  return {
    ...{ merchantId: 1 as MerchantId, paymentId: 'TESTAAAAAAAA' as PaymentId, dueAt: someTime, changedAt: someTime },
    ...{ state: 'expired', hasMoney: false, isUnsettled: false, isWanted: true, isReplaced: false, watchedUntil: null },
    ...changes,
  }
}

test('calls off only what has expired, has nothing, and is watched no more', () => {
  const [later, inAnHour] = [plus(someTime, 5n * hour), plus(someTime, hour)]
  const steps = [
    [{}, 'cancel'],
    [{ watchedUntil: later }, later],
    [{ watchedUntil: someTime }, 'cancel'],
    [{ isWanted: false }, 'forget'],
    [{ isReplaced: true }, 'forget'],
    [{ hasMoney: true }, 'forget'],
    [{ hasMoney: true, isUnsettled: true }, inAnHour],
    [{ state: 'created' }, inAnHour],
    [{ state: 'processing', hasMoney: true, isUnsettled: true }, inAnHour],
    [{ state: 'captured', hasMoney: true }, 'forget'],
  ] as const
  for (const [changes, step] of steps)
    assert.equal(nextStep(anUnpaidOrder(changes)), step, JSON.stringify(Object.keys(changes)))
})
