import type { Books } from '../ledger/postings.ts'
import type { Account } from '../ledger/transfer.ts'
import type { Funding } from './funding.ts'
import type { Payment } from './payment.ts'

/** The account that a capture debits; null where the money lies in the merchant's own wallet already, where its receipt was booked. */
const fundingAccounts = {
  shopper: 'shopper_receivable',
  acquirer: 'acquirer_receivable',
  none: null,
} as const satisfies Record<Funding, Account | null>

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
