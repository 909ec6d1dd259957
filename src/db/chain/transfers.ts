import type { ChainId } from '../../domain/chain/address.ts'
import { type BlockReference, type ChainTransfer, type TransferKey, transferKey } from '../../domain/chain/chain.ts'
import type { UnmatchedReason } from '../../domain/chain/match-transfer.ts'
import type { OpenAmount } from '../../domain/chain/open-amount.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { isServedHere } from '../cell/absent-merchants.ts'
import { timestampText } from '../wire/connection.ts'
import type { Sender, Statement } from '../wire/statement.ts'
import { bytesOf } from './bytes.ts'
import {
  keyColumns,
  type StoredTransfer,
  type TransferOwner,
  type TransferRow,
  transferColumns,
  transferFromRow,
} from './stored-transfer.ts'

export type NewChainTransfer = {
  readonly merchantId: MerchantId
  readonly transfer: ChainTransfer
  readonly owner: TransferOwner | null
  readonly reason: UnmatchedReason | null
  readonly at: Instant
}

/**
 * Writes transfers down, each once for ever: one that was undone and is there again is seen again. Those of payments raise what their amounts
 * received. The whole batch is refused when one of them was taken before.
 */
export function keepTransfers(transfers: readonly NewChainTransfer[]): Statement {
  return {
    name: 'keep_chain_transfers',
    text: `with k as materialized (${newTransferRows}), kept as (
        ${insertNewTransfers}
        on conflict (merchant_id, chain_id, transaction, log_index) do update set state = 'seen', settled_at = null,
          block_number = excluded.block_number, block_hash = excluded.block_hash, block_at = excluded.block_at,
          minor = excluded.minor
          where t.state = 'undone' and t.payment_id is not distinct from excluded.payment_id
            and t.number is not distinct from excluded.number
        returning 1
      ), raised as (
        update chain_amount a set received = a.received + s.units
        from (select merchant_id, payment_id, number, sum(units) as units from k
          where payment_id is not null group by 1, 2, 3) s
        where a.merchant_id = s.merchant_id and a.payment_id = s.payment_id and a.number = s.number
      )
      select expect_rows(count(*), $18) from kept`,
    values: [...newTransferColumns(transfers), transfers.length],
  }
}

/** Writes down transfers without a payment, each once: what is there already is left as it is. */
export async function keepUnmatched(sender: Sender, transfers: readonly NewChainTransfer[]): Promise<void> {
  await sender.query({
    name: 'keep_unmatched_chain_transfers',
    text: `with k as materialized (${newTransferRows})
      ${insertNewTransfers}
      on conflict (merchant_id, chain_id, transaction, log_index) do update set state = 'seen', settled_at = null,
        block_number = excluded.block_number, block_hash = excluded.block_hash, block_at = excluded.block_at
        where t.state = 'undone' and t.payment_id is null`,
    values: newTransferColumns(transfers),
  })
}

const newTransferRows = `select * from unnest($1::int[], $2::bigint[], $3::bytea[], $4::int[], $5::bytea[], $6::bytea[], $7::bytea[],
    $8::numeric[], $9::bigint[], $10::bytea[], $11::timestamptz[], $12::text[], $13::smallint[], $14::bigint[], $15::text[],
    $16::timestamptz[], $17::text[])
  as k (merchant_id, chain_id, transaction, log_index, token, sender, recipient, units, block_number, block_hash, block_at,
    payment_id, number, minor, reason, seen_at, state)`

const insertNewTransfers = `insert into chain_transfer as t (merchant_id, chain_id, transaction, log_index, token, sender, recipient,
    units, block_number, block_hash, block_at, payment_id, number, minor, reason, seen_at, state)
  select * from k`

function newTransferColumns(transfers: readonly NewChainTransfer[]): unknown[] {
  return [
    transfers.map((each) => each.merchantId),
    ...keyColumns(transfers.map(({ transfer }) => transfer)),
    transfers.map(({ transfer }) => bytesOf(transfer.token)),
    transfers.map(({ transfer }) => bytesOf(transfer.from)),
    transfers.map(({ transfer }) => bytesOf(transfer.to)),
    transfers.map(({ transfer }) => transfer.units.toString()),
    transfers.map(({ transfer }) => transfer.block.number),
    transfers.map(({ transfer }) => bytesOf(transfer.block.hash)),
    transfers.map(({ transfer }) => timestampText(transfer.at)),
    transfers.map(({ owner }) => owner?.paymentId ?? null),
    transfers.map(({ owner }) => owner?.number ?? null),
    transfers.map(({ owner }) => owner?.minor ?? null),
    transfers.map(({ reason }) => reason),
    transfers.map(({ at }) => timestampText(at)),
    transfers.map(() => 'seen'),
  ]
}

export type Settlement = {
  readonly merchantId: MerchantId
  readonly key: TransferKey
  readonly state: 'final' | 'undone'
  readonly at: Instant
}

/**
 * Ends the wait of transfers that were seen: final for good, or undone by a reorganisation, which lowers what their amounts received. Those
 * that are not waiting any more refuse the whole batch.
 */
export function settleTransfers(settlements: readonly Settlement[]): Statement {
  return {
    name: 'settle_chain_transfers',
    text: `with settled as (
        update chain_transfer t set state = k.state, settled_at = k.at
        from unnest($1::int[], $2::bigint[], $3::bytea[], $4::int[], $5::text[], $6::timestamptz[])
          as k (merchant_id, chain_id, transaction, log_index, state, at)
        where t.merchant_id = k.merchant_id and t.chain_id = k.chain_id and t.transaction = k.transaction
          and t.log_index = k.log_index and t.state = 'seen'
        returning t.merchant_id, t.payment_id, t.number, t.units, t.state
      ), lowered as (
        update chain_amount a set received = a.received - s.units
        from (select merchant_id, payment_id, number, sum(units) as units from settled
          where state = 'undone' and payment_id is not null group by 1, 2, 3) s
        where a.merchant_id = s.merchant_id and a.payment_id = s.payment_id and a.number = s.number
      )
      select expect_rows(count(*), $7) from settled`,
    values: [
      settlements.map(({ merchantId }) => merchantId),
      ...keyColumns(settlements.map(({ key }) => key)),
      settlements.map(({ state }) => state),
      settlements.map(({ at }) => timestampText(at)),
      settlements.length,
    ],
  }
}

/** A transfer that is not final yet, with what its payment's amount says of it; null for one of an inbox. */
export type WaitingTransfer = StoredTransfer & {
  readonly asked: Pick<OpenAmount, 'confirmations' | 'minor' | 'tolerancePpm'> | null
}

/** Transfers of a chain that wait for their end, those of the oldest blocks first. */
export async function listWaiting(sender: Sender, chainId: ChainId, limit: number): Promise<WaitingTransfer[]> {
  type Row = TransferRow & { confirmations: number | null; asked_minor: bigint | null; tolerance_ppm: number | null }
  const { rows } = await sender.query<Row>({
    name: 'list_waiting_chain_transfers',
    text: `select ${transferColumns}, a.confirmations, a.minor as asked_minor, a.tolerance_ppm from chain_transfer t
      left join chain_amount a on a.merchant_id = t.merchant_id and a.payment_id = t.payment_id and a.number = t.number
      where t.chain_id = $1 and t.state = 'seen' and ${isServedHere('t.merchant_id')} order by t.block_number limit $2`,
    values: [chainId, limit],
  })
  return rows.map((row) => ({ ...transferFromRow(row), asked: askedFromRow(row) }))
}

function askedFromRow(row: {
  confirmations: number | null
  asked_minor: bigint | null
  tolerance_ppm: number | null
}): WaitingTransfer['asked'] {
  if (row.asked_minor === null || row.tolerance_ppm === null) return null
  return { confirmations: row.confirmations, minor: row.asked_minor, tolerancePpm: row.tolerance_ppm }
}

/** Which of these transfers were written down before and stand, by `transferKey`. */
export async function findKnown(
  sender: Sender,
  transfers: readonly { readonly merchantId: MerchantId; readonly transfer: TransferKey }[],
): Promise<ReadonlyMap<string, StoredTransfer>> {
  const { rows } = await sender.query<TransferRow>({
    name: 'find_known_chain_transfers',
    text: `select ${transferColumns} from unnest($1::int[], $2::bigint[], $3::bytea[], $4::int[])
        as k (merchant_id, chain_id, transaction, log_index)
      join chain_transfer t on t.merchant_id = k.merchant_id and t.chain_id = k.chain_id
        and t.transaction = k.transaction and t.log_index = k.log_index`,
    values: [transfers.map(({ merchantId }) => merchantId), ...keyColumns(transfers.map(({ transfer }) => transfer))],
  })
  return new Map(rows.map(transferFromRow).map((stored) => [transferKey(stored.transfer), stored]))
}

/** A reorganisation has put a transaction into another block: nothing moved, and its confirmations count anew. */
export async function moveToBlock(
  sender: Sender,
  merchantId: MerchantId,
  { chainId, transaction, logIndex }: TransferKey,
  block: BlockReference,
): Promise<void> {
  await sender.query({
    name: 'move_chain_transfer',
    text: `update chain_transfer set block_number = $5, block_hash = $6
      where merchant_id = $1 and chain_id = $2 and transaction = $3 and log_index = $4 and state = 'seen'`,
    values: [merchantId, chainId, bytesOf(transaction), logIndex, block.number, bytesOf(block.hash)],
  })
}

/** Every transfer that was taken for a payment, oldest first. */
export async function listTransfersOf(
  sender: Sender,
  merchantId: MerchantId,
  paymentId: PaymentId,
): Promise<StoredTransfer[]> {
  const { rows } = await sender.query<TransferRow>({
    name: 'list_chain_transfers_of_payment',
    text: `select ${transferColumns} from chain_transfer t
      where t.merchant_id = $1 and t.payment_id = $2 order by t.seen_at, t.block_number, t.log_index`,
    values: [merchantId, paymentId],
  })
  return rows.map(transferFromRow)
}
