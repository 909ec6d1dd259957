import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aContext, aPayment, aReceipt, someTime } from '../../../../test/support/payments/factories.ts'
import { minute, plus } from '../../../kernel/instant.ts'
import type { Transfer } from '../../ledger/transfer.ts'
import type { Receipt } from '../action.ts'
import type { Payment } from '../payment.ts'
import { decide } from './decide.ts'
import type { Accepted } from './decision.ts'

const open = aPayment({ funding: 'none', feePpm: 0 })

function receive(payment: Payment, receipt: Partial<Receipt>, now = someTime): Accepted {
  const decision = decide(payment, { kind: 'receive', ...aReceipt(receipt) }, aContext({ now }))
  return decision.ok ? decision.value : assert.fail(decision.reason.reason)
}

/** What became of a payment after several receipts, and everything that was booked. */
function life(payment: Payment, receipts: readonly Partial<Receipt>[], now = someTime) {
  const transfers: Transfer[] = []
  const events: string[] = []
  let after = payment
  for (const receipt of receipts) {
    const accepted = receive(after, receipt, now)
    after = accepted.payment
    transfers.push(...accepted.transfers)
    events.push(...accepted.events.map((event) => event.kind))
  }
  return { payment: after, transfers, events, booked: transfers.reduce((sum, { amount }) => sum + amount, 0n) }
}

test('is processing once the whole has arrived, and captured once it is final', () => {
  const seen = receive(open, {}).payment
  assert.deepEqual([seen.state, seen.captured, seen.timerAt], ['processing', 0n, null])
  const { payment, transfers, events } = receive(seen, { step: 'final' })
  assert.deepEqual([payment.state, payment.captured, payment.settled], ['captured', 10_000n, 10_000n])
  assert.deepEqual(
    transfers.map(({ kind, debit, credit }) => [kind, debit, credit]),
    [['receipt', `wallet/321/0x${'a'.repeat(40)}`, 'wallet_contra_memo']],
  )
  assert.equal(events[0]?.note, '321/0xabc/0')
})

test('stays open for a part, and adds up what tops it up', () => {
  const part = life(open, [{ amount: 4_000n }, { step: 'final', amount: 4_000n }])
  assert.deepEqual([part.payment.state, part.payment.captured, part.booked], ['created', 0n, 4_000n])
  const whole = life(part.payment, [{ amount: 6_000n }, { step: 'final', amount: 6_000n }])
  assert.deepEqual([whole.payment.state, whole.payment.captured, whole.booked], ['captured', 10_000n, 6_000n])
})

test('waits for every part to be final', () => {
  const both = [{ amount: 4_000n }, { amount: 6_000n }]
  const { payment } = life(open, [...both, { step: 'final', amount: 6_000n }])
  assert.equal(payment.state, 'processing')
  assert.equal(receive(payment, { step: 'final', amount: 4_000n }).payment.state, 'captured')
})

test('captures what was asked for when more arrives, and books all of it', () => {
  const { payment, booked } = life(open, [{ amount: 12_000n }, { step: 'final', amount: 12_000n }])
  assert.deepEqual([payment.captured, payment.received, booked], [10_000n, 12_000n, 12_000n])
  const more = life(payment, [{ amount: 500n }, { step: 'final', amount: 500n }])
  assert.deepEqual([more.payment.state, more.payment.captured, more.booked], ['captured', 10_000n, 500n])
})

test('forgives what may be missing, and captures no more than came', () => {
  const short = { amount: 9_990n, tolerance: 10n }
  const { payment } = life(open, [short, { ...short, step: 'final' }])
  assert.deepEqual([payment.state, payment.captured], ['captured', 9_990n])
  assert.equal(receive(open, { ...short, tolerance: 9n }).payment.state, 'created')
})

test('is open again when its network took the money back in time, and expired when it was too late', () => {
  const seen = receive(open, {}).payment
  const inTime = receive(seen, { step: 'undone' }).payment
  assert.deepEqual([inTime.state, inTime.received, inTime.timerAt], ['created', 0n, open.expiresAt])
  const late = receive(seen, { step: 'undone' }, plus(someTime, 60n * minute)).payment
  assert.deepEqual([late.state, late.timerAt], ['expired', null])
})

test('takes the whole after it has expired, and keeps count of a part', () => {
  const expired = aPayment({ state: 'expired', funding: 'none' })
  assert.equal(receive(expired, { amount: 4_000n }).payment.state, 'expired')
  const { payment, events } = life(expired, [{}, { step: 'final' }])
  assert.deepEqual([payment.state, events], ['captured', ['received', 'captured']])
})

test('undoes nothing that is final, and settles nothing that has not arrived', () => {
  const { payment } = life(open, [{}, { step: 'final' }])
  for (const step of ['undone', 'final'] as const) {
    const decision = decide(payment, { kind: 'receive', ...aReceipt({ step, amount: 1n }) }, aContext())
    assert.equal(!decision.ok && decision.reason.reason, 'amount_exceeds_open')
  }
})

test('is called off while nothing has come, and not after', () => {
  const voided = decide(open, { kind: 'void' }, aContext())
  const after = voided.ok ? voided.value.payment : assert.fail()
  assert.equal(after.state, 'expired')
  const late = decide(after, { kind: 'receive', ...aReceipt() }, aContext())
  assert.equal(!late.ok && late.reason.reason, 'wrong_state')
  const { payment } = receive(open, { amount: 1n })
  const refused = decide(payment, { kind: 'void' }, aContext())
  assert.equal(!refused.ok && refused.reason.reason, 'wrong_state')
})

test('is not for payments that a rail collects', () => {
  const decision = decide(aPayment(), { kind: 'receive', ...aReceipt() }, aContext())
  assert.equal(!decision.ok && decision.reason.reason, 'wrong_state')
})
