import type { ClientBase } from 'pg'
import type { MerchantId } from '../../../kernel/ids.ts'
import type { Instant } from '../../../kernel/instant.ts'
import type { CellName } from '../cell-names.ts'
import type { ChainPlace } from './chain-places.ts'

type Sender = Pick<ClientBase, 'query'>

/** A move as the directory knows it. */
export type MerchantMove = {
  readonly merchantId: MerchantId
  readonly source: string
  readonly target: string
  readonly beganAt: Instant
  /** null: it has not happened */
  readonly switchedAt: Instant | null
  readonly chains: readonly ChainPlace[]
}

const columns = `merchant_id as "merchantId", source, target, began_at as "beganAt", switched_at as "switchedAt",
  coalesce(chains, '[]') as chains`

export async function findMove(sender: Sender, merchantId: MerchantId): Promise<MerchantMove | undefined> {
  const { rows } = await sender.query<MerchantMove>(`select ${columns} from merchant_move where merchant_id = $1`, [
    merchantId,
  ])
  return rows[0]
}

/** Moves under way, and those whose old rows are still kept, oldest first. */
export async function listMoves(sender: Sender): Promise<MerchantMove[]> {
  return (await sender.query<MerchantMove>(`select ${columns} from merchant_move order by began_at, merchant_id`)).rows
}

export async function insertMove(
  sender: Sender,
  { merchantId, source, target }: Pick<MerchantMove, 'merchantId' | 'source' | 'target'>,
): Promise<void> {
  await sender.query(
    `insert into merchant_move (merchant_id, source, target) values ($1, $2, $3)
     on conflict (merchant_id) do update set source = excluded.source, target = excluded.target,
       began_at = excluded.began_at, switched_at = null, chains = null
     where (merchant_move.source, merchant_move.target) is distinct from (excluded.source, excluded.target)`,
    [merchantId, source, target],
  )
}

export async function deleteMove(sender: Sender, merchantId: MerchantId): Promise<void> {
  await sender.query('delete from merchant_move where merchant_id = $1', [merchantId])
}

export async function keepChainPlaces(
  sender: Sender,
  merchantId: MerchantId,
  places: readonly ChainPlace[],
): Promise<void> {
  await sender.query('update merchant_move set chains = $2 where merchant_id = $1', [
    merchantId,
    JSON.stringify(places),
  ])
}

/**
 * The move happens: every name leads to the other cell, in the one transaction of this statement's connection. Answers how many names do; fewer than
 * were given when one leads to a third cell.
 */
export async function switchNames(
  sender: Sender,
  { merchantId, source, target }: Pick<MerchantMove, 'merchantId' | 'source' | 'target'>,
  names: readonly CellName[],
): Promise<number> {
  const { rowCount } = await sender.query(
    `insert into cell_name (kind, name, cell) select n.kind, n.name, $3 from unnest($1::text[], $2::text[]) as n(kind, name)
     order by n.kind, n.name
     on conflict (kind, name) do update set cell = excluded.cell where cell_name.cell in ($3, $4)`,
    [names.map(({ kind }) => kind), names.map(({ name }) => name), target, source],
  )
  await sender.query('update merchant_move set switched_at = clock_timestamp() where merchant_id = $1', [merchantId])
  await sender.query('update cell set arrivals = arrivals + 1 where name = $1', [target])
  return rowCount ?? 0
}

/**
 * The merchant lives in the source once more, in the transaction of `switchNames` back to it: a move from there has been begun and has not happened. How far
 * chains were read for it when it left is kept.
 */
export async function unswitchMove(
  sender: Sender,
  { merchantId, source, target }: Pick<MerchantMove, 'merchantId' | 'source' | 'target'>,
): Promise<void> {
  await sender.query(
    `insert into merchant_move (merchant_id, source, target) values ($1, $2, $3)
     on conflict (merchant_id) do update set source = excluded.source, target = excluded.target, switched_at = null,
       chains = case when merchant_move.source = excluded.source then merchant_move.chains end`,
    [merchantId, source, target],
  )
}

/** Grows with every move that has happened: a server that has seen a smaller number asks for every name anew. */
export async function countArrivals(sender: Sender): Promise<bigint> {
  const { rows } = await sender.query<{ arrivals: bigint }>(
    'select coalesce(sum(arrivals), 0)::bigint as arrivals from cell',
  )
  return rows[0]?.arrivals ?? 0n
}
