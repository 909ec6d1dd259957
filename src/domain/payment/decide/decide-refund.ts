import type { Instant } from '../../../kernel/instant.ts'
import { refuse } from '../../../kernel/result.ts'
import { refundPostings } from '../../ledger/postings.ts'
import type { Transfer } from '../../ledger/transfer.ts'
import type { ActionOf } from '../action.ts'
import { booksOf } from '../books.ts'
import { openToRefund, type Payment } from '../payment.ts'
import type { AmountRejection } from '../rejection.ts'
import { accept, withReference } from './accept.ts'
import type { Decision } from './decision.ts'

/** Gives `amount` of what was captured back, once or in parts, never more in sum than was captured. */
export function decideRefund(payment: Payment, action: ActionOf<'refund'>, now: Instant): Decision<'refund'> {
  const refusal = refundRefusal(payment, action.amount)
  if (refusal) return refuse(refusal)
  const { after, transfers } = refunded(payment, action.amount)
  return accept(
    withReference(after, action),
    { kind: 'refunded', at: now, amount: action.amount, note: action.refundReference },
    { transfers },
  )
}

export function refundRefusal(payment: Payment, amount: bigint): AmountRejection | undefined {
  const open = openToRefund(payment)
  if (amount <= 0n) return { reason: 'amount_not_positive' }
  if (amount > open) return { reason: 'amount_exceeds_open', open, currency: payment.currency }
  return undefined
}

/** The payment and the movements after a refund of `amount`, which the caller has checked. */
export function refunded(payment: Payment, amount: bigint): { after: Payment; transfers: Transfer[] } {
  const sum = payment.refunded + amount
  return {
    after: { ...payment, refunded: sum, state: sum === payment.captured ? 'refunded' : 'partially_refunded' },
    transfers: refundPostings(booksOf(payment), amount),
  }
}
