import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { EUR } from '../../kernel/currency.ts'
import {
  authorizationPostings,
  type Books,
  capturePostings,
  feesOn,
  refundPostings,
  releasePostings,
  reversedBy,
} from './postings.ts'
import type { Transfer } from './transfer.ts'

function books(overrides: Partial<Books> = {}): Books {
  return {
    currency: EUR,
    captured: 0n,
    refunded: 0n,
    feePpm: 50_000,
    feeTaxPpm: 220_000,
    funding: 'shopper_receivable',
    ...overrides,
  }
}

function lines(transfers: readonly Transfer[]): string[] {
  return transfers.map(({ kind, debit, credit, amount }) => `${kind}: ${debit} <- ${credit} ${amount}`)
}

test('a hold and its release undo each other in the memo accounts', () => {
  const [hold] = authorizationPostings(EUR, 100n)
  const [release] = releasePostings(EUR, 100n)
  assert.equal(hold?.debit, release?.credit)
  assert.equal(hold?.credit, release?.debit)
})

test('a release of nothing is not a transfer', () => assert.deepEqual(releasePostings(EUR, 0n), []))

test('a capture owes the merchant the amount less 5 % and 22 % of that', () => {
  assert.deepEqual(lines(capturePostings(books(), 10_000n)), [
    'capture: shopper_receivable <- merchant_payable 10000',
    'fee: merchant_payable <- fee_income 500',
    'fee_tax: merchant_payable <- fee_tax_payable 110',
  ])
})

test('a direct sale is owed by the acquirer', () => {
  assert.equal(capturePostings(books({ funding: 'acquirer_receivable' }), 1n)[0]?.debit, 'acquirer_receivable')
})

test('a refund gives the fee and its tax back in proportion', () => {
  assert.deepEqual(lines(refundPostings(books({ captured: 10_000n }), 2_500n)), [
    'refund: merchant_payable <- shopper_receivable 2500',
    'fee_reversal: fee_income <- merchant_payable 125',
    'fee_tax_reversal: fee_tax_payable <- merchant_payable 28',
  ])
})

test('a fee that rounds to nothing is left out', () => {
  assert.deepEqual(
    capturePostings(books(), 1n).map((transfer) => transfer.kind),
    ['capture'],
  )
})

test('a refund beyond what was captured is a bug', () => {
  assert.throws(() => refundPostings(books({ captured: 100n }), 101n), /refunds stay within captures/)
})

const parts = fc.array(fc.bigInt(1n, 50_000n), { minLength: 1, maxLength: 12 })
const rates = fc.record({ feePpm: fc.nat(1_000_000), feeTaxPpm: fc.nat(1_000_000) })

function sum(transfers: readonly Transfer[], kind: Transfer['kind']): bigint {
  return transfers.filter((each) => each.kind === kind).reduce((total, each) => total + each.amount, 0n)
}

test('many captures cost what one large one does, and many refunds give all of it back', () => {
  fc.assert(
    fc.property(parts, rates, (amounts, terms) => {
      const ledger: Transfer[] = []
      let captured = 0n
      for (const amount of amounts) {
        ledger.push(...capturePostings(books({ ...terms, captured }), amount))
        captured += amount
      }
      const { fee, tax } = feesOn(terms, captured)
      assert.deepEqual([sum(ledger, 'fee'), sum(ledger, 'fee_tax')], [fee, tax])
      let refunded = 0n
      for (const amount of [...amounts].reverse()) {
        ledger.push(...refundPostings(books({ ...terms, captured, refunded }), amount))
        refunded += amount
        const reversed = reversedBy(books({ ...terms, captured }), refunded)
        assert.deepEqual([sum(ledger, 'fee_reversal'), sum(ledger, 'fee_tax_reversal')], [reversed.fee, reversed.tax])
      }
      assert.deepEqual([sum(ledger, 'fee_reversal'), sum(ledger, 'fee_tax_reversal')], [fee, tax])
      assert(ledger.every((transfer) => transfer.amount > 0n))
    }),
  )
})
