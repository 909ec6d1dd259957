import assert from 'node:assert/strict'
import { provePayment } from '../../../src/domain/ledger/prove.ts'
import { type Account, accounts, type Transfer } from '../../../src/domain/ledger/transfer.ts'
import type { Payment } from '../../../src/domain/payment/payment.ts'
import type { PaymentState } from '../../../src/domain/payment/state.ts'

const endStates: readonly PaymentState[] = [
  'captured',
  'partially_refunded',
  'refunded',
  'voided',
  'expired',
  'lapsed',
  'failed',
]

/** What must hold of a payment and everything the ledger says of it, after every accepted action. */
export function assertInvariants(payment: Payment, ledger: readonly Transfer[]): void {
  assertDatabaseWouldAccept(payment)
  assertTimers(payment)
  assert.deepEqual(provePayment(payment, ledger), [])
  assertFeesAreFair(payment, ledger)
  assertBalanced(ledger)
  assert.equal(
    payment.captures.reduce((sum, part) => sum + part.amount, 0n),
    payment.captured,
    'the parts add up to what was captured',
  )
}

/** The CHECK constraints of migrations/0001_payments.sql, once more and by the same names. */
export function assertDatabaseWouldAccept(payment: Payment): void {
  const { total, authorized, captured, refunded, reduced } = payment
  assert(total > 0n, 'payment_total_positive')
  assert(captured >= 0n && refunded >= 0n && reduced >= 0n, 'payment_amounts_not_negative')
  assert(authorized >= 0n && authorized <= total, 'payment_authorized_within_total')
  assert(captured + reduced <= authorized, 'payment_captured_within_authorized')
  assert(refunded <= captured, 'payment_refunded_within_captured')
  assert(payment.settled >= 0n && payment.settled <= payment.received, 'payment_settled_within_received')
  assert(payment.received === 0n || payment.funding === 'none', 'payment_receives_where_nobody_collects')
  assert(payment.funding !== 'none' || captured <= payment.settled, 'payment_captured_within_settled')
  assert(stateFitsAmounts(payment), `payment_state_fits_amounts: ${payment.state}`)
}

function stateFitsAmounts(payment: Payment): boolean {
  const { state, total, authorized, captured, refunded } = payment
  const fits = {
    processing: authorized === 0n && captured === 0n && payment.received > 0n,
    created: authorized === 0n && captured === 0n,
    authorized: authorized === total && captured === 0n,
    delayed: refunded === 0n,
    captured: captured > 0n && refunded === 0n,
    partially_refunded: refunded > 0n && refunded < captured,
    refunded: captured > 0n && refunded === captured,
    voided: captured === refunded,
    expired: authorized === 0n,
    lapsed: captured === 0n,
    failed: captured === 0n,
  } satisfies Record<PaymentState, boolean>
  return fits[state]
}

function assertTimers(payment: Payment): void {
  const { state, expiresAt, timerAt, total, reduced, captured, pendingAttempt } = payment
  if (endStates.includes(state)) {
    assert.deepEqual({ expiresAt, timerAt }, { expiresAt: null, timerAt: null }, 'nothing falls due after the end')
    return
  }
  if (state === 'created') {
    const until = pendingAttempt?.waitsFor?.until ?? null
    const first = expiresAt === null || (until !== null && until < expiresAt) ? until : expiresAt
    assert.equal(timerAt, first, 'an order ends with its time, and an attempt with the patience for its shopper')
  }
  if (state === 'authorized' || state === 'delayed') {
    assert(expiresAt !== null && timerAt !== null && timerAt <= expiresAt, 'a hold always ends')
    assert(total - reduced - captured > 0n, 'a hold is for something')
  }
}

/** Fees follow the captured sum, never its parts, and are gone when everything was given back. */
function assertFeesAreFair(payment: Payment, ledger: readonly Transfer[]): void {
  const sum = (kind: Transfer['kind']) =>
    ledger.reduce((total, transfer) => (transfer.kind === kind ? total + transfer.amount : total), 0n)
  const fee = sum('fee')
  const exactFee = payment.captured * BigInt(payment.feePpm)
  assert(2n * distance(fee * 1_000_000n, exactFee) <= 1_000_000n, 'the fee is within half a cent of its rate')
  const tax = sum('fee_tax')
  assert(2n * distance(tax * 1_000_000n, fee * BigInt(payment.feeTaxPpm)) <= 1_000_000n, 'so is its tax')
  if (payment.captured === 0n) return
  const kept = fee - sum('fee_reversal')
  const exactKept = fee * (payment.captured - payment.refunded)
  assert(2n * distance(kept * payment.captured, exactKept) <= payment.captured, 'the fee is kept in proportion')
  if (payment.refunded !== payment.captured) return
  assert.equal(kept, 0n, 'a full refund gives the whole fee back')
  assert.equal(tax, sum('fee_tax_reversal'), 'and its whole tax')
}

function distance(left: bigint, right: bigint): bigint {
  return left > right ? left - right : right - left
}

function assertBalanced(ledger: readonly Transfer[]): void {
  const balances = new Map<Account, bigint>(accounts.map((account) => [account, 0n]))
  for (const { debit, credit, amount } of ledger) {
    assert(amount > 0n, 'transfer_amount_positive')
    assert.notEqual(debit, credit, 'transfer_between_two_accounts')
    balances.set(debit, (balances.get(debit) ?? 0n) + amount)
    balances.set(credit, (balances.get(credit) ?? 0n) - amount)
  }
  assert.equal(
    [...balances.values()].reduce((sum, balance) => sum + balance, 0n),
    0n,
    'debits equal credits',
  )
}
