import type { Payment } from '../payment/payment.ts'
import type { ChainTransfer } from './chain.ts'
import { isLate, type OpenAmount } from './open-amount.ts'

/** What a merchant should know of how a payment was paid, beside its state. */
export type PaymentMarks = {
  /** some of it was sent after the rate that it was asked at had ended */
  readonly isLate: boolean
  /** some has come, and it is not all of it yet */
  readonly isPartial: boolean
  /** more has come than was asked for, in minor units of the payment's currency; 0 when not */
  readonly overpaid: bigint
}

type Standing = {
  readonly transfer: ChainTransfer
  readonly state: string
  readonly owner: { readonly number: number } | null
}

/** Of a payment, the amounts that it has asked for, and the transfers that were taken for it. */
export function marksOf(
  { received, total, state }: Pick<Payment, 'received' | 'total' | 'state'>,
  amounts: readonly Pick<OpenAmount, 'number' | 'expiresAt'>[],
  transfers: readonly Standing[],
): PaymentMarks {
  const standing = transfers.filter((each) => each.state !== 'undone')
  const amountOf = ({ owner }: Standing) => amounts.find(({ number }) => number === owner?.number)
  return {
    isLate: standing.some((each) => {
      const amount = amountOf(each)
      return amount !== undefined && isLate(each.transfer.at, amount)
    }),
    isPartial: received > 0n && (state === 'created' || state === 'expired'),
    overpaid: received > total ? received - total : 0n,
  }
}
