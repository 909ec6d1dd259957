import type { Currency } from '../../kernel/currency.ts'
import type { Account, Transfer, TransferKind } from '../ledger/transfer.ts'

/** Which accounts each movement of a plan goes between. */
const places = {
  /** an instalment was charged: the acquirer owes the operator what the shopper owed */
  instalment: ['acquirer_receivable', 'shopper_receivable'],
  /** something of a charge went back to the card */
  instalment_refund: ['shopper_receivable', 'acquirer_receivable'],
  /** the operator gives up what a shopper still owes */
  write_off: ['credit_loss', 'shopper_receivable'],
  /** a debt that had been given up no longer exists: it was paid after all, or the merchant gave it back */
  write_off_reversal: ['shopper_receivable', 'credit_loss'],
  /** an instalment was late: the shopper owes the operator a fee */
  late_fee: ['shopper_receivable', 'late_fee_income'],
  /** a fee was charged, with its instalment or alone */
  late_fee_charge: ['acquirer_receivable', 'shopper_receivable'],
  /** the operator asks for a fee no more, whether it was paid or not */
  late_fee_waiver: ['late_fee_income', 'shopper_receivable'],
  /** a fee that was paid and then waived went back to the card */
  late_fee_refund: ['shopper_receivable', 'acquirer_receivable'],
  /** the operator gives up fees together with what they were for */
  late_fee_write_off: ['credit_loss', 'shopper_receivable'],
  /** fees that had been given up were paid after all, or waived */
  late_fee_write_off_reversal: ['shopper_receivable', 'credit_loss'],
} as const satisfies Readonly<Partial<Record<TransferKind, readonly [debit: Account, credit: Account]>>>

/** The movement of `amount`, in minor units. The ledger refuses one of nothing: whoever may have nothing to move leaves it out. */
export function planPosting(kind: keyof typeof places, currency: Currency, amount: bigint): Transfer {
  const [debit, credit] = places[kind]
  return { kind, debit, credit, currency, amount }
}
