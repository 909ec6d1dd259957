import type { MerchantId } from '../../kernel/ids.ts'
import { booksOf } from '../payment/books.ts'
import { openToCapture, type Payment } from '../payment/payment.ts'
import { feesOn, reversedBy } from './postings.ts'
import type { SourceKind } from './source.ts'
import { type Account, type Transfer, type TransferKind, transferKinds } from './transfer.ts'

/** What a payment's row claims about its money: the columns of `payment` that the ledger must agree with. */
export type PaymentBooks = Pick<
  Payment,
  | 'merchantId'
  | 'id'
  | 'funding'
  | 'state'
  | 'currency'
  | 'total'
  | 'reduced'
  | 'captured'
  | 'refunded'
  | 'settled'
  | 'feePpm'
  | 'feeTaxPpm'
>

/** One sentence that is not true, and where. Amounts are minor units. */
export type Discrepancy = {
  readonly merchantId: MerchantId
  readonly sourceKind: SourceKind
  readonly sourceId: string
} /** the ledger knows it, and it does not exist; or nothing proves what this kind of source claims */ & (
  | { readonly name: 'transfers_without_source' }
  /** money of one kind moved between accounts, or in a currency, that a source like this one never uses */
  | { readonly name: 'misplaced_transfer'; readonly transfer: Transfer }
  | {
      readonly name: `${ProvenFigure | PlanFigure | CreditFigure}_differs`
      /** as the source's own row claims it */
      readonly claimed: bigint
      /** as the transfers add up to it */
      readonly ledger: bigint
    }
)

/** What is proved of money that arrives by itself: each final credit, and all that stands (app/chain/prove-credits.ts). */
export type CreditFigure = 'credit' | 'received'

/** What is proved of an instalment plan (domain/instalments/prove-plan.ts). */
export type PlanFigure =
  | 'charged'
  | 'returned'
  | 'written_off'
  | 'owed'
  | 'late_fees'
  | 'late_fees_charged'
  | 'late_fees_returned'
  | 'late_fees_written_off'

export type ProvenFigure =
  | 'hold'
  | 'settled'
  | 'captured'
  | 'refunded'
  | 'fee'
  | 'fee_tax'
  | 'fee_reversal'
  | 'fee_tax_reversal'

/**
 * Compares a payment with its transfers, summed or one by one, and names every difference; an empty list is the proof that
 * they agree. What it cannot see: a movement that is missing on both sides, and transfers without any payment, which
 * `src/app/payment/prove-payments.ts` looks for in the database.
 */
export function provePayment(payment: PaymentBooks, sums: readonly Transfer[]): Discrepancy[] {
  const where = { merchantId: payment.merchantId, sourceKind: 'payment', sourceId: payment.id } as const
  const misplaced = sums
    .filter((transfer) => !isInPlace(transfer, payment))
    .map((transfer) => ({ ...where, name: 'misplaced_transfer' as const, transfer }))
  const claimed = claimsOf(payment)
  const moved = movedIn(sums)
  const differing = Object.keys(claimed)
    .map((figure) => figure as ProvenFigure)
    .filter((figure) => claimed[figure] !== moved[figure])
    .map((figure) => ({
      ...where,
      name: `${figure}_differs` as const,
      claimed: claimed[figure],
      ledger: moved[figure],
    }))
  return [...misplaced, ...differing]
}

type Figures = Readonly<Record<ProvenFigure, bigint>>

function claimsOf(payment: PaymentBooks): Figures {
  const { fee, tax } = feesOn(payment, payment.captured)
  // A row that claims more refunds than captures is wrong in `captured` or `refunded` already; it must not stop the proof.
  const reversible = payment.refunded < payment.captured ? payment.refunded : payment.captured
  const books = booksOf(payment)
  const reversed = reversedBy(books, reversible)
  // What lies in a wallet of the merchant's own was booked when it settled: nobody owes it, and its capture moves nothing.
  const isOwed = books.funding !== null
  return {
    hold: payment.state === 'authorized' || payment.state === 'delayed' ? openToCapture(payment) : 0n,
    settled: payment.settled,
    captured: isOwed ? payment.captured : 0n,
    refunded: isOwed ? payment.refunded : 0n,
    fee,
    fee_tax: tax,
    fee_reversal: reversed.fee,
    fee_tax_reversal: reversed.tax,
  }
}

function movedIn(sums: readonly Transfer[]): Figures {
  const by = Object.fromEntries(transferKinds.map((kind) => [kind, 0n])) as Record<TransferKind, bigint>
  for (const { kind, amount } of sums) by[kind] += amount
  return {
    hold: by.authorization - by.authorization_release,
    settled: by.receipt,
    captured: by.capture,
    refunded: by.refund,
    fee: by.fee,
    fee_tax: by.fee_tax,
    fee_reversal: by.fee_reversal,
    fee_tax_reversal: by.fee_tax_reversal,
  }
}

/** Which accounts each kind moves money between, written down a second time on purpose: postings are what is proved. */
function accountsOf(
  kind: TransferKind,
  funding: Account | null,
): readonly [debit: Account | null, credit: Account | null] {
  const places: Record<TransferKind, readonly [Account | null, Account | null]> = {
    authorization: ['authorization_memo', 'authorization_contra_memo'],
    authorization_release: ['authorization_contra_memo', 'authorization_memo'],
    capture: [funding, 'merchant_payable'],
    fee: ['merchant_payable', 'fee_income'],
    fee_tax: ['merchant_payable', 'fee_tax_payable'],
    refund: ['merchant_payable', funding],
    fee_reversal: ['fee_income', 'merchant_payable'],
    fee_tax_reversal: ['fee_tax_payable', 'merchant_payable'],
    receipt: [null, 'wallet_contra_memo'],
    // In the books of plans, never in a payment's.
    instalment: [null, null],
    instalment_refund: [null, null],
    write_off: [null, null],
    write_off_reversal: [null, null],
    late_fee: [null, null],
    late_fee_charge: [null, null],
    late_fee_waiver: [null, null],
    late_fee_refund: [null, null],
    late_fee_write_off: [null, null],
    late_fee_write_off_reversal: [null, null],
  }
  return places[kind]
}

function isInPlace(transfer: Transfer, payment: PaymentBooks): boolean {
  const { funding } = booksOf(payment)
  const [debit, credit] = accountsOf(transfer.kind, funding)
  // A receipt debits whichever wallet it came into.
  const isDebited =
    transfer.kind === 'receipt' ? funding === null && transfer.debit.startsWith('wallet/') : transfer.debit === debit
  return isDebited && transfer.credit === credit && transfer.currency === payment.currency
}
