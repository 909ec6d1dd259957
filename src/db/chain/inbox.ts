import type { ChainId, Hash } from '../../domain/chain/address.ts'
import type { TransferKey } from '../../domain/chain/chain.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/connection.ts'
import type { Sender, Statement } from '../wire/statement.ts'
import { bytesOf } from './bytes.ts'
import { strays } from './payment-progress.ts'
import {
  type StoredTransfer,
  type TransferOwner,
  type TransferRow,
  transferColumns,
  transferFromRow,
} from './stored-transfer.ts'

/*
 * Transfers to a merchant's address that are for no payment.
 */

/** Ends the wait of one that was seen: final for good, or undone by a reorganisation. */
export async function settleUnmatched(
  sender: Sender,
  merchantId: MerchantId,
  { chainId, transaction, logIndex }: TransferKey,
  state: 'final' | 'undone',
  at: Instant,
): Promise<void> {
  await sender.query({
    name: 'settle_unmatched_chain_transfer',
    text: `update chain_transfer set state = $5, settled_at = $6
      where merchant_id = $1 and chain_id = $2 and transaction = $3 and log_index = $4 and state = 'seen' and payment_id is null`,
    values: [merchantId, chainId, bytesOf(transaction), logIndex, state, timestampText(at)],
  })
}

/** What arrived for a payment and stands in the inbox all the same: too late, twice, or of another amount. A few, oldest first. */
export async function listStraysOf(
  sender: Sender,
  merchantId: MerchantId,
  paymentId: PaymentId,
): Promise<StoredTransfer[]> {
  const { rows } = await sender.query<TransferRow>({
    name: 'list_stray_chain_transfers_of_payment',
    text: `select ${transferColumns} from (values ($1::int, $2::text)) as p (merchant_id, payment_id)
      cross join lateral (${strays}) t order by t.seen_at`,
    values: [merchantId, paymentId],
  })
  return rows.map(transferFromRow)
}

/** What stands in a merchant's inbox, newest first. */
export async function listInbox(sender: Sender, merchantId: MerchantId, limit: number): Promise<StoredTransfer[]> {
  const { rows } = await sender.query<TransferRow>({
    name: 'list_chain_inbox',
    text: `select ${transferColumns} from chain_transfer t
      where t.merchant_id = $1 and t.payment_id is null and t.dismissed_at is null order by t.seen_at desc limit $2`,
    values: [merchantId, limit],
  })
  return rows.map(transferFromRow)
}

/** How many stand there; no more than a thousand are counted. */
export async function countInbox(sender: Sender, merchantId: MerchantId): Promise<number> {
  const { rows } = await sender.query<{ count: number }>({
    name: 'count_chain_inbox',
    text: `select count(*)::int as count from (select from chain_transfer
      where merchant_id = $1 and payment_id is null and dismissed_at is null limit 1000) standing`,
    values: [merchantId],
  })
  return rows[0]?.count ?? 0
}

/** What a transaction left in a merchant's inbox. */
export async function findInInbox(
  sender: Sender,
  merchantId: MerchantId,
  chainId: ChainId,
  transaction: Hash,
): Promise<StoredTransfer[]> {
  const { rows } = await sender.query<TransferRow>({
    name: 'find_in_chain_inbox',
    text: `select ${transferColumns} from chain_transfer t
      where t.merchant_id = $1 and t.chain_id = $2 and t.transaction = $3 and t.payment_id is null
        and t.dismissed_at is null and t.state <> 'undone' order by t.log_index`,
    values: [merchantId, chainId, bytesOf(transaction)],
  })
  return rows.map(transferFromRow)
}

/** Takes a transfer out of the inbox for no payment: it was a gift, or is given back by the merchant's own wallet. */
export async function dismissTransfer(
  sender: Sender,
  merchantId: MerchantId,
  { chainId, transaction, logIndex }: TransferKey,
  at: Instant,
): Promise<boolean> {
  const { rowCount } = await sender.query(
    `update chain_transfer set dismissed_at = $5
     where merchant_id = $1 and chain_id = $2 and transaction = $3 and log_index = $4 and payment_id is null
       and dismissed_at is null`,
    [merchantId, chainId, bytesOf(transaction), logIndex, timestampText(at)],
  )
  return rowCount === 1
}

/** Gives a transfer of the inbox to a payment's amount, to be settled like any other; refuses the batch when it is not in the inbox any more. */
export function attachTransfer(merchantId: MerchantId, key: TransferKey, owner: TransferOwner): Statement {
  return {
    name: 'attach_chain_transfer',
    text: `with attached as (
        update chain_transfer set payment_id = $5, number = $6, minor = $7, reason = null, state = 'seen', settled_at = null
        where merchant_id = $1 and chain_id = $2 and transaction = $3 and log_index = $4 and payment_id is null
          and dismissed_at is null and state <> 'undone'
        returning units
      ), raised as (
        update chain_amount set received = received + attached.units from attached
        where merchant_id = $1 and payment_id = $5 and number = $6
      )
      select expect_rows(count(*), 1) from attached`,
    values: [
      merchantId,
      key.chainId,
      bytesOf(key.transaction),
      key.logIndex,
      owner.paymentId,
      owner.number,
      owner.minor,
    ],
  }
}
