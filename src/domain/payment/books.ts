import type { Books } from '../ledger/postings.ts'
import type { Account } from '../ledger/transfer.ts'
import type { Funding } from './funding.ts'
import type { Payment } from './payment.ts'

/** The account that a capture debits. */
const fundingAccounts = {
  shopper: 'shopper_receivable',
  acquirer: 'acquirer_receivable',
  none: 'merchant_wallet',
} as const satisfies Record<Funding, Account>

/** The payment as the ledger sees it. */
export function booksOf(
  payment: Pick<Payment, 'funding' | 'currency' | 'captured' | 'refunded' | 'feePpm' | 'feeTaxPpm'>,
): Books {
  return {
    currency: payment.currency,
    captured: payment.captured,
    refunded: payment.refunded,
    feePpm: payment.feePpm,
    feeTaxPpm: payment.feeTaxPpm,
    funding: fundingAccounts[payment.funding],
  }
}
