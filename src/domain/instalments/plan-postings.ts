import type { Currency } from '../../kernel/currency.ts'
import type { Transfer } from '../ledger/transfer.ts'

/** An instalment was charged: the acquirer owes the operator what the shopper owed. */
export function instalmentPosting(currency: Currency, amount: bigint): Transfer {
  return { kind: 'instalment', debit: 'acquirer_receivable', credit: 'shopper_receivable', currency, amount }
}

/** Something of a charge went back to the card. */
export function instalmentRefundPosting(currency: Currency, amount: bigint): Transfer {
  return { kind: 'instalment_refund', debit: 'shopper_receivable', credit: 'acquirer_receivable', currency, amount }
}

/** The operator gives up what a shopper still owes. */
export function writeOffPosting(currency: Currency, amount: bigint): Transfer {
  return { kind: 'write_off', debit: 'credit_loss', credit: 'shopper_receivable', currency, amount }
}

/** A debt that had been given up no longer exists: the merchant gave it back. */
export function writeOffReversalPosting(currency: Currency, amount: bigint): Transfer {
  return { kind: 'write_off_reversal', debit: 'shopper_receivable', credit: 'credit_loss', currency, amount }
}

/** An instalment was late: the shopper owes the operator a fee. */
export function lateFeePosting(currency: Currency, amount: bigint): Transfer {
  return { kind: 'late_fee', debit: 'shopper_receivable', credit: 'late_fee_income', currency, amount }
}

/** A fee was charged, with its instalment or alone. */
export function lateFeeChargePosting(currency: Currency, amount: bigint): Transfer {
  return { kind: 'late_fee_charge', debit: 'acquirer_receivable', credit: 'shopper_receivable', currency, amount }
}

/** The operator asks for a fee no more, whether it was paid or not. */
export function lateFeeWaiverPosting(currency: Currency, amount: bigint): Transfer {
  return { kind: 'late_fee_waiver', debit: 'late_fee_income', credit: 'shopper_receivable', currency, amount }
}

/** A fee that was paid and then waived went back to the card. */
export function lateFeeRefundPosting(currency: Currency, amount: bigint): Transfer {
  return { kind: 'late_fee_refund', debit: 'shopper_receivable', credit: 'acquirer_receivable', currency, amount }
}

/** The operator gives up fees together with what they were for. */
export function lateFeeWriteOffPosting(currency: Currency, amount: bigint): Transfer {
  return { kind: 'late_fee_write_off', debit: 'credit_loss', credit: 'shopper_receivable', currency, amount }
}
