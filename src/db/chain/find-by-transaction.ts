import type { Hash } from '../../domain/chain/address.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Sender } from '../wire/statement.ts'
import { bytesOf } from './bytes.ts'

/** The payments of a merchant that this transaction paid, on whichever chain: one look into the primary key for each of the few chains. */
export async function findPaidBy(sender: Sender, merchantId: MerchantId, transaction: Hash): Promise<PaymentId[]> {
  const { rows } = await sender.query<{ id: PaymentId }>({
    name: 'find_paid_by_transaction',
    text: `select distinct t.payment_id as id from chain c
      join chain_transfer t on t.merchant_id = $1 and t.chain_id = c.chain_id and t.transaction = $2
      where t.payment_id is not null`,
    values: [merchantId, bytesOf(transaction)],
  })
  return rows.map(({ id }) => id)
}
