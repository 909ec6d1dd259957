import type { ClientBase } from 'pg'
import type { MerchantId } from '../../../kernel/ids.ts'

type Sender = Pick<ClientBase, 'query'>

/** How far a cell has read a chain: numbers of blocks as text, hashes as hexadecimal text. */
export type ChainPlace = {
  readonly chainId: string
  readonly scanned: string
  readonly blocks: readonly { readonly number: string; readonly hash: string }[]
}

/** The chains that the merchant is or may be paid on. */
export async function listChainsOf(sender: Sender, merchantId: MerchantId): Promise<string[]> {
  const { rows } = await sender.query<{ id: string }>(
    `select chain_id::text as id from wallet where merchant_id = $1
     union select chain_id::text from chain_amount where merchant_id = $1
     union select unnest(chains)::text from chain_terms where merchant_id = $1 order by 1`,
    [merchantId],
  )
  return rows.map(({ id }) => id)
}

/** Those of these chains that the cell does not know. */
export async function listUnknownChains(sender: Sender, chains: readonly string[]): Promise<string[]> {
  const { rows } = await sender.query<{ id: string }>(
    `select id::text from unnest($1::bigint[]) as id where not exists (select from chain where chain_id = id) order by 1`,
    [chains],
  )
  return rows.map(({ id }) => id)
}

/** Where the cell stands with these chains. To be read before the merchant is closed: from here on another cell reads for it. */
export async function readChainPlaces(sender: Sender, chains: readonly string[]): Promise<ChainPlace[]> {
  const { rows } = await sender.query<ChainPlace>(
    `select w.chain_id::text as "chainId", w.scanned::text as scanned,
       (select coalesce(jsonb_agg(jsonb_build_object('number', b.number::text, 'hash', encode(b.hash, 'hex')) order by b.number), '[]')
         from chain_block b where b.chain_id = w.chain_id and b.number <= w.scanned) as blocks
     from chain_watch w where w.chain_id = any($1::bigint[]) and w.scanned is not null order by w.chain_id`,
    [chains],
  )
  return rows
}

/**
 * Lets a cell read chains once more from where they stood when the merchant was closed, so that nothing that was paid to it meanwhile is missed;
 * what was taken before is not taken twice. Whoever reads the chain at this moment, without the merchant, loses its hold and cannot move the place.
 */
export async function rewindChains(sender: Sender, places: readonly ChainPlace[]): Promise<void> {
  for (const { chainId, scanned, blocks } of places) {
    await sender.query('update chain_watch set holder = null, lease_until = null where chain_id = $1', [chainId])
    const { rowCount } = await sender.query(
      'update chain_watch set scanned = $2 where chain_id = $1 and scanned > $2',
      [chainId, scanned],
    )
    if (rowCount === 0) continue
    await sender.query('delete from chain_block where chain_id = $1', [chainId])
    await sender.query(
      `insert into chain_block (chain_id, number, hash) select $1, n, decode(h, 'hex') from unnest($2::bigint[], $3::text[]) as b(n, h)`,
      [chainId, blocks.map(({ number }) => number), blocks.map(({ hash }) => hash)],
    )
  }
}
