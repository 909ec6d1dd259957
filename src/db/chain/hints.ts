import type { Address, ChainId, Hash } from '../../domain/chain/address.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/connection.ts'
import type { Sender } from '../wire/statement.ts'
import { bytesOrNull } from './bytes.ts'

/** So many may be told of one payment: whoever tells more is not a payer. */
const mostHints = 20

export type NewHint = {
  readonly merchantId: MerchantId
  readonly paymentId: PaymentId
  readonly chainId: ChainId
  readonly transaction: Hash | null
  readonly payer: Address | null
  readonly at: Instant
}

/** Keeps what a payer's page told; the same again, or one too many, is nothing. */
export async function insertHint(sender: Sender, hint: NewHint): Promise<void> {
  await sender.query({
    name: 'insert_chain_hint',
    text: `insert into chain_hint (merchant_id, payment_id, chain_id, transaction, payer, told_at)
      select $1, $2, $3, $4, $5, $6
      where (select count(*) from chain_hint where merchant_id = $1 and payment_id = $2) < $7
      on conflict do nothing`,
    values: [
      hint.merchantId,
      hint.paymentId,
      hint.chainId,
      bytesOrNull(hint.transaction),
      bytesOrNull(hint.payer),
      timestampText(hint.at),
      mostHints,
    ],
  })
}
