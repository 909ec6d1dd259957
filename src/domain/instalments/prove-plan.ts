import type { Currency } from '../../kernel/currency.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Discrepancy } from '../ledger/prove.ts'
import type { Account, Transfer, TransferKind } from '../ledger/transfer.ts'

/** What a plan, its steps and its payment claim about its money. Amounts are minor units. */
export type PlanBooks = {
  readonly merchantId: MerchantId
  readonly paymentId: PaymentId
  readonly currency: Currency
  readonly captured: bigint
  readonly refunded: bigint
  /** what its steps have charged and given back, late fees left out */
  readonly charged: bigint
  readonly returned: bigint
  readonly writtenOff: bigint
  /** for being late: what was not waived, was charged, went back and was given up */
  readonly lateFees: bigint
  readonly lateFeesCharged: bigint
  readonly lateFeesReturned: bigint
  readonly lateFeesWrittenOff: bigint
  readonly owed: bigint
  /** nothing is planned for it: what it says is owed counts what its payment says */
  readonly isAtRest: boolean
}

/** Which accounts each kind moves money between, written down a second time on purpose: postings are what is proved. */
const places: Readonly<Partial<Record<TransferKind, readonly [debit: Account, credit: Account]>>> = {
  instalment: ['acquirer_receivable', 'shopper_receivable'],
  instalment_refund: ['shopper_receivable', 'acquirer_receivable'],
  write_off: ['credit_loss', 'shopper_receivable'],
  write_off_reversal: ['shopper_receivable', 'credit_loss'],
  late_fee: ['shopper_receivable', 'late_fee_income'],
  late_fee_charge: ['acquirer_receivable', 'shopper_receivable'],
  late_fee_waiver: ['late_fee_income', 'shopper_receivable'],
  late_fee_refund: ['shopper_receivable', 'acquirer_receivable'],
  late_fee_write_off: ['credit_loss', 'shopper_receivable'],
  late_fee_write_off_reversal: ['shopper_receivable', 'credit_loss'],
}

/**
 * Compares a plan with the transfers in its books: what was charged, given back and written off, and what the shopper owes. An empty list
 * is the proof that plan, acquirer and ledger agree.
 */
export function provePlan(books: PlanBooks, sums: readonly Transfer[]): Discrepancy[] {
  const where = { merchantId: books.merchantId, sourceKind: 'plan', sourceId: books.paymentId } as const
  const moved = (kind: TransferKind) => sums.reduce((sum, each) => (each.kind === kind ? sum + each.amount : sum), 0n)
  const figures = {
    charged: [books.charged, moved('instalment')],
    returned: [books.returned, moved('instalment_refund')],
    written_off: [books.writtenOff, moved('write_off') - moved('write_off_reversal')],
    late_fees: [books.lateFees, moved('late_fee') - moved('late_fee_waiver')],
    late_fees_charged: [books.lateFeesCharged, moved('late_fee_charge')],
    late_fees_returned: [books.lateFeesReturned, moved('late_fee_refund')],
    late_fees_written_off: [
      books.lateFeesWrittenOff,
      moved('late_fee_write_off') - moved('late_fee_write_off_reversal'),
    ],
    owed: [books.isAtRest ? books.owed : owedBy(books), owedBy(books)],
  } as const
  const misplaced = sums
    .filter((transfer) => !isInPlace(transfer, books))
    .map((transfer) => ({ ...where, name: 'misplaced_transfer', transfer }) as const)
  const differing = Object.entries(figures)
    .filter(([, [claimed, ledger]]) => claimed !== ledger)
    .map(([name, [claimed, ledger]]) => ({
      ...where,
      name: `${name as keyof typeof figures}_differs` as const,
      claimed,
      ledger,
    }))
  return [...misplaced, ...differing]
}

function owedBy(books: PlanBooks): bigint {
  const { captured, refunded, charged, returned, writtenOff } = books
  const fees = books.lateFees - books.lateFeesCharged + books.lateFeesReturned - books.lateFeesWrittenOff
  return captured - refunded - charged + returned - writtenOff + fees
}

function isInPlace({ kind, debit, credit, currency }: Transfer, books: PlanBooks): boolean {
  const place = places[kind]
  return place !== undefined && place[0] === debit && place[1] === credit && currency === books.currency
}
