import { coin } from '../../domain/chain/address.ts'
import { dueUnits } from '../../domain/chain/open-amount.ts'
import { balanceQuestion, paymentTransaction } from '../../domain/chain/payment-uri.ts'
import type { PreparedTransaction } from './live/wallet-order.ts'
import type { Amount } from './stage.ts'

/** What a wallet is asked to sign for an amount, so that the page needs no library: exactly what is due. */
export function preparedTransaction(amount: Amount): PreparedTransaction {
  const { token, recipient } = amount
  return {
    ...paymentTransaction({ token, recipient, units: dueUnits(amount) }),
    balance: token === coin ? null : balanceQuestion(token),
  }
}
