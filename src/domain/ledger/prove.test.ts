import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aPayment, aWallet } from '../../../test/support/payments/factories.ts'
import { ISK } from '../../kernel/currency.ts'
import type { PaymentId } from '../../kernel/ids.ts'
import { booksOf } from '../payment/books.ts'
import type { Payment } from '../payment/payment.ts'
import { authorizationPostings, capturePostings, receiptPostings, refundPostings, releasePostings } from './postings.ts'
import { type Discrepancy, provePayment } from './prove.ts'
import type { Transfer } from './transfer.ts'

/** 100.00 captured, 50.00 given back. */
const payment = aPayment({ state: 'partially_refunded' })

function ledgerOf({ currency, total, captured, ...rest }: Payment): Transfer[] {
  const books = booksOf({ ...rest, currency, captured, refunded: 0n })
  return [
    ...authorizationPostings(currency, total),
    ...releasePostings(currency, total),
    ...capturePostings({ ...books, captured: 0n }, captured),
    ...refundPostings(books, 5_000n),
  ]
}

const ledger = ledgerOf(payment)

function names(found: readonly Discrepancy[]): string[] {
  return found.map((each) => each.name)
}

test('payments and ledger that agree are proved by an empty list', () => {
  const untouched = aPayment({ id: 'A7K2AAAAAAAA' as PaymentId })
  assert.deepEqual(provePayment(untouched, []), [])
  assert.deepEqual(provePayment(payment, ledger), [])
})

for (const kind of [...new Set(ledger.map((transfer) => transfer.kind))]) {
  const figure = {
    authorization: 'hold_differs',
    authorization_release: 'hold_differs',
    capture: 'captured_differs',
    refund: 'refunded_differs',
    receipt: 'settled_differs',
    fee: 'fee_differs',
    fee_tax: 'fee_tax_differs',
    fee_reversal: 'fee_reversal_differs',
    fee_tax_reversal: 'fee_tax_reversal_differs',
    // In the books of plans alone (domain/instalments).
    ...{ instalment: '', instalment_refund: '', write_off: '', write_off_reversal: '' },
    ...{ late_fee: '', late_fee_charge: '', late_fee_waiver: '', late_fee_refund: '' },
    ...{ late_fee_write_off: '', late_fee_write_off_reversal: '' },
  }[kind]
  test(`names a ${kind} that is one cent off, missing or there twice`, () => {
    const off = ledger.map((each) => (each.kind === kind ? { ...each, amount: each.amount + 1n } : each))
    const missing = ledger.filter((each) => each.kind !== kind)
    const twice = [...ledger, ...ledger.filter((each) => each.kind === kind)]
    for (const wrong of [off, missing, twice]) assert.deepEqual(names(provePayment(payment, wrong)), [figure])
  })

  test(`names a ${kind} between the wrong accounts or in another currency`, () => {
    const turned = ledger.map((each) =>
      each.kind === kind ? { ...each, debit: each.credit, credit: each.debit } : each,
    )
    const foreign = ledger.map((each) => (each.kind === kind ? { ...each, currency: ISK } : each))
    for (const wrong of [turned, foreign]) assert.deepEqual(names(provePayment(payment, wrong)), ['misplaced_transfer'])
  })
}

test('says which payment, what it claims and what the ledger holds', () => {
  const wrong = { ...payment, captured: 9_000n, feePpm: 0 }
  assert.deepEqual(provePayment(wrong, ledger)[0], {
    merchantId: 1,
    sourceKind: 'payment',
    sourceId: payment.id,
    name: 'captured_differs',
    claimed: 9_000n,
    ledger: 10_000n,
  })
})

test('a hold that outlives its payment is named', () => {
  const lapsed = aPayment({ state: 'lapsed' })
  const found = provePayment(lapsed, authorizationPostings(lapsed.currency, lapsed.total))
  const source = { merchantId: 1, sourceKind: 'payment', sourceId: lapsed.id }
  assert.deepEqual(found, [{ ...source, name: 'hold_differs', claimed: 0n, ledger: 10_000n }])
})

test('what lies in a wallet of the merchant’s own is proved by its receipts, and nobody owes it', () => {
  const paid = aPayment({ state: 'captured', funding: 'none', received: 12_000n, settled: 12_000n, feePpm: 0 })
  const receipts = [
    ...receiptPostings(paid.currency, aWallet(), 10_000n),
    ...receiptPostings(paid.currency, aWallet({ network: '56' }), 2_000n),
  ]
  assert.deepEqual(provePayment(paid, receipts), [])
  assert.deepEqual(names(provePayment(paid, receipts.slice(1))), ['settled_differs'])
  const owed = capturePostings({ ...booksOf(paid), captured: 0n, funding: 'acquirer_receivable' }, 10_000n)
  assert(names(provePayment(paid, [...receipts, ...owed])).includes('misplaced_transfer'))
})

test('a payment whose transfers are all gone differs in every figure it claims', () => {
  assert.equal(names(provePayment(payment, [])).length, 6)
})

test('a row that claims more refunds than captures is named and does not stop the proof', () => {
  const impossible = { ...payment, captured: 0n, refunded: 5_000n }
  assert(names(provePayment(impossible, ledger)).includes('captured_differs'))
})
