import type { Books } from '../ledger/postings.ts'
import type { Payment } from './payment.ts'

/** The payment as the ledger sees it. Scalapay's shoppers owe the operator; any other card sale is owed by the acquirer. */
export function booksOf(
  payment: Pick<Payment, 'protocol' | 'currency' | 'captured' | 'refunded' | 'feePpm' | 'feeTaxPpm'>,
): Books {
  return {
    currency: payment.currency,
    captured: payment.captured,
    refunded: payment.refunded,
    feePpm: payment.feePpm,
    feeTaxPpm: payment.feeTaxPpm,
    funding: payment.protocol === 'scalapay' ? 'shopper_receivable' : 'acquirer_receivable',
  }
}
