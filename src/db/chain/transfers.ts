import type { ChainId, Hash } from '../../domain/chain/address.ts'
import { type BlockReference, type ChainTransfer, type TransferKey, transferKey } from '../../domain/chain/chain.ts'
import type { UnmatchedReason } from '../../domain/chain/match-transfer.ts'
import type { OpenAmount } from '../../domain/chain/open-amount.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { tokenAmount } from '../../kernel/token-amount.ts'
import { isServedHere } from '../cell/absent-merchants.ts'
import { timestampText } from '../wire/connection.ts'
import type { Sender, Statement } from '../wire/statement.ts'
import { addressOf, bytesOf, hashOf } from './bytes.ts'
import { strays } from './payment-progress.ts'

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

type TransferRow = {
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

const transferColumns = `t.merchant_id, t.chain_id, t.transaction, t.log_index, t.token, t.sender, t.recipient, t.units,
  t.block_number, t.block_hash, t.block_at, t.state, t.payment_id, t.number, t.minor, t.reason, t.dismissed_at, t.seen_at`

function transferFromRow(row: TransferRow): StoredTransfer {
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

/** The same for those without a payment, into their merchants' inboxes: what is there already is left as it is. */
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

function keyColumns(keys: readonly TransferKey[]): unknown[] {
  return [
    keys.map(({ chainId }) => chainId),
    keys.map(({ transaction }) => bytesOf(transaction)),
    keys.map(({ logIndex }) => logIndex),
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

/** The same for one in an inbox, which belongs to no payment yet. */
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
