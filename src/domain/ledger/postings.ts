import { assert } from '../../kernel/assert.ts'
import type { Currency } from '../../kernel/currency.ts'
import { atRate, roundHalfEven } from '../../kernel/money.ts'
import type { WalletInstrument } from '../payment/instrument.ts'
import { type Account, type Transfer, type TransferKind, walletAccount } from './transfer.ts'

/** What postings need of a payment: its books before the movement. */
export type Books = {
  readonly currency: Currency
  readonly captured: bigint
  readonly refunded: bigint
  readonly feePpm: number
  readonly feeTaxPpm: number
  /** where what was captured is to come from; null when the merchant has it already and nobody owes it */
  readonly funding: 'shopper_receivable' | 'acquirer_receivable' | null
}

export function authorizationPostings(currency: Currency, amount: bigint): Transfer[] {
  return transfers(currency, ['authorization', 'authorization_memo', 'authorization_contra_memo', amount])
}

/** The end of a hold, whatever ended it: capture, void, reduction or lapse. */
export function releasePostings(currency: Currency, amount: bigint): Transfer[] {
  return transfers(currency, ['authorization_release', 'authorization_contra_memo', 'authorization_memo', amount])
}

/** Capture of `amount`: the merchant is owed it, less the fee and the tax on that fee. */
export function capturePostings(books: Books, amount: bigint): Transfer[] {
  const before = feesOn(books, books.captured)
  const after = feesOn(books, books.captured + amount)
  return transfers(
    books.currency,
    ...principal(books, (funding) => ['capture', funding, 'merchant_payable', amount]),
    ['fee', 'merchant_payable', 'fee_income', after.fee - before.fee],
    ['fee_tax', 'merchant_payable', 'fee_tax_payable', after.tax - before.tax],
  )
}

/** Refund of `amount`: the merchant gives it back and gets the fee and its tax back in proportion. */
export function refundPostings(books: Books, amount: bigint): Transfer[] {
  const before = reversedBy(books, books.refunded)
  const after = reversedBy(books, books.refunded + amount)
  return transfers(
    books.currency,
    ...principal(books, (funding) => ['refund', 'merchant_payable', funding, amount]),
    ['fee_reversal', 'fee_income', 'merchant_payable', after.fee - before.fee],
    ['fee_tax_reversal', 'fee_tax_payable', 'merchant_payable', after.tax - before.tax],
  )
}

/** What arrived for good in a wallet of the merchant's own. It passes no account of the operator's. */
export function receiptPostings(currency: Currency, wallet: WalletInstrument, amount: bigint): Transfer[] {
  return transfers(currency, ['receipt', walletAccount(wallet), 'wallet_contra_memo', amount])
}

function principal({ funding }: Books, leg: (funding: Account) => Leg): Leg[] {
  return funding === null ? [] : [leg(funding)]
}

/** Fee and tax on everything captured so far. Taken on the sum, so many small captures cost what one large one does. */
export function feesOn(books: Pick<Books, 'feePpm' | 'feeTaxPpm'>, captured: bigint): { fee: bigint; tax: bigint } {
  const fee = atRate(captured, books.feePpm)
  return { fee, tax: atRate(fee, books.feeTaxPpm) }
}

/** Fee and tax given back once `refunded` of the captured amount has gone back; all of both when everything has. */
export function reversedBy(books: Books, refunded: bigint): { fee: bigint; tax: bigint } {
  assert(refunded <= books.captured, 'refunds stay within captures')
  if (refunded === 0n) return { fee: 0n, tax: 0n }
  const { fee, tax } = feesOn(books, books.captured)
  return { fee: roundHalfEven(fee * refunded, books.captured), tax: roundHalfEven(tax * refunded, books.captured) }
}

type Leg = readonly [kind: TransferKind, debit: Account, credit: Account, amount: bigint]

/** Legs that round to nothing are left out: a transfer of zero moves nothing and the ledger refuses it. */
function transfers(currency: Currency, ...legs: readonly Leg[]): Transfer[] {
  return legs
    .filter(([, , , amount]) => amount !== 0n)
    .map(([kind, debit, credit, amount]) => ({ kind, debit, credit, currency, amount }))
}
