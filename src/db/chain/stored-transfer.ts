import type { ChainId } from '../../domain/chain/address.ts'
import type { ChainTransfer, TransferKey } from '../../domain/chain/chain.ts'
import type { UnmatchedReason } from '../../domain/chain/match-transfer.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { tokenAmount } from '../../kernel/token-amount.ts'
import { addressOf, bytesOf, hashOf } from './bytes.ts'

export type TransferState = 'seen' | 'final' | 'undone'

/** The amount of a payment that a transfer is for. */
export type TransferOwner = {
  readonly paymentId: PaymentId
  readonly number: number
  /** what it is worth to the payment, in minor units of its currency */
  readonly minor: bigint
}

export type StoredTransfer = {
  readonly merchantId: MerchantId
  readonly transfer: ChainTransfer
  readonly state: TransferState
  readonly owner: TransferOwner | null
  /** why no payment could be found for it; null when one was */
  readonly reason: UnmatchedReason | null
  readonly dismissedAt: Instant | null
  readonly seenAt: Instant
}

export type TransferRow = {
  merchant_id: MerchantId
  chain_id: bigint
  transaction: Buffer
  log_index: number
  token: Buffer
  sender: Buffer
  recipient: Buffer
  units: string
  block_number: bigint
  block_hash: Buffer
  block_at: Instant
  state: TransferState
  payment_id: PaymentId | null
  number: number | null
  minor: bigint | null
  reason: UnmatchedReason | null
  dismissed_at: Instant | null
  seen_at: Instant
}

/** of `chain_transfer t` */
export const transferColumns = `t.merchant_id, t.chain_id, t.transaction, t.log_index, t.token, t.sender, t.recipient, t.units,
  t.block_number, t.block_hash, t.block_at, t.state, t.payment_id, t.number, t.minor, t.reason, t.dismissed_at, t.seen_at`

export function transferFromRow(row: TransferRow): StoredTransfer {
  return {
    merchantId: row.merchant_id,
    transfer: {
      chainId: Number(row.chain_id) as ChainId,
      transaction: hashOf(row.transaction),
      logIndex: row.log_index,
      token: addressOf(row.token),
      from: addressOf(row.sender),
      to: addressOf(row.recipient),
      units: tokenAmount(BigInt(row.units)),
      block: { number: row.block_number, hash: hashOf(row.block_hash) },
      at: row.block_at,
    },
    state: row.state,
    owner: ownerFromRow(row),
    reason: row.reason,
    dismissedAt: row.dismissed_at,
    seenAt: row.seen_at,
  }
}

function ownerFromRow({ payment_id: paymentId, number, minor }: TransferRow): TransferOwner | null {
  return paymentId === null || number === null || minor === null ? null : { paymentId, number, minor }
}

/** For `unnest($1::bigint[], $2::bytea[], $3::int[])`: chains, transactions and numbers of logs. */
export function keyColumns(keys: readonly TransferKey[]): unknown[] {
  return [
    keys.map(({ chainId }) => chainId),
    keys.map(({ transaction }) => bytesOf(transaction)),
    keys.map(({ logIndex }) => logIndex),
  ]
}
