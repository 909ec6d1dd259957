import type { ChainId } from '../../domain/chain/address.ts'
import type { Chain, Token } from '../../domain/chain/chain.ts'
import type { Sender } from '../wire/statement.ts'
import { addressOf, bytesOf } from './bytes.ts'

type ChainRow = {
  chain_id: bigint
  name: string
  coin: string
  explorer_url: string | null
  wallet_rpc_url: string | null
  confirmations: number
  has_finality: boolean
  is_local: boolean
  endpoints: string[]
  tokens: { token: string; symbol: string; decimals: number; peg: 'USD' | null; price_name: string | null }[]
}

/** The chains that are switched on, with the tokens that are. One without an endpoint cannot be watched, and is listed all the same. */
export async function listChains(sender: Sender): Promise<Chain[]> {
  const { rows } = await sender.query<ChainRow>({
    name: 'list_chains',
    text: `select c.chain_id, c.name, c.coin, c.explorer_url, c.wallet_rpc_url, c.confirmations, c.has_finality, c.is_local,
        array(select url from chain_endpoint e where e.chain_id = c.chain_id order by position) as endpoints,
        (select coalesce(jsonb_agg(jsonb_build_object('token', encode(token, 'hex'), 'symbol', symbol, 'decimals', decimals,
            'peg', peg, 'price_name', price_name) order by token), '[]')
          from chain_token t where t.chain_id = c.chain_id and t.is_enabled) as tokens
      from chain c where c.is_enabled order by c.chain_id`,
  })
  return rows.map((row) => ({
    id: Number(row.chain_id) as ChainId,
    name: row.name,
    coin: row.coin,
    explorerUrl: row.explorer_url,
    walletRpcUrl: row.wallet_rpc_url,
    confirmations: row.confirmations,
    hasFinality: row.has_finality,
    isLocal: row.is_local,
    endpoints: row.endpoints,
    tokens: row.tokens.map(({ token, symbol, decimals, peg, price_name: priceName }) => ({
      ...{ address: addressOf(Buffer.from(token, 'hex')), symbol, decimals, peg },
      ...(priceName !== null && { priceName }),
    })),
  }))
}

/** Adds a chain or changes it, its endpoints and tokens included: a token that is not named any more is switched off, since amounts name it. */
export async function saveChain(sender: Sender, chain: Chain): Promise<void> {
  await sender.query(
    `insert into chain (chain_id, name, coin, explorer_url, confirmations, has_finality, is_local, wallet_rpc_url)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (chain_id) do update set name = excluded.name, coin = excluded.coin, explorer_url = excluded.explorer_url,
       confirmations = excluded.confirmations, has_finality = excluded.has_finality, is_local = excluded.is_local,
       wallet_rpc_url = excluded.wallet_rpc_url, is_enabled = true`,
    [
      chain.id,
      chain.name,
      chain.coin,
      chain.explorerUrl,
      chain.confirmations,
      chain.hasFinality,
      chain.isLocal,
      chain.walletRpcUrl,
    ],
  )
  await saveEndpoints(sender, chain.id, chain.endpoints)
  await saveTokens(sender, chain.id, chain.tokens)
}

async function saveEndpoints(sender: Sender, chainId: ChainId, urls: readonly string[]): Promise<void> {
  await sender.query('delete from chain_endpoint where chain_id = $1', [chainId])
  await sender.query(
    `insert into chain_endpoint (chain_id, position, url)
     select $1, position, url from unnest($2::text[]) with ordinality as n (url, position)`,
    [chainId, urls],
  )
}

async function saveTokens(sender: Sender, chainId: ChainId, tokens: readonly Token[]): Promise<void> {
  await sender.query(`update chain_token set is_enabled = false where chain_id = $1 and token <> all($2::bytea[])`, [
    chainId,
    tokens.map(({ address }) => bytesOf(address)),
  ])
  await sender.query(
    `insert into chain_token (chain_id, token, symbol, decimals, peg, price_name)
     select $1, * from unnest($2::bytea[], $3::text[], $4::int[], $5::text[], $6::text[])
     on conflict (chain_id, token) do update set symbol = excluded.symbol, decimals = excluded.decimals, peg = excluded.peg,
       price_name = excluded.price_name, is_enabled = true`,
    [
      chainId,
      tokens.map(({ address }) => bytesOf(address)),
      tokens.map(({ symbol }) => symbol),
      tokens.map(({ decimals }) => decimals),
      tokens.map(({ peg }) => peg),
      tokens.map(({ priceName }) => priceName ?? null),
    ],
  )
}

/** Takes a chain out of use: what was paid on it stays. False when it was not in use. */
export async function disableChain(sender: Sender, chainId: ChainId): Promise<boolean> {
  const { rowCount } = await sender.query('update chain set is_enabled = false where chain_id = $1 and is_enabled', [
    chainId,
  ])
  return rowCount === 1
}

/** Lets one change of a chain wait for another. To be called within a transaction. */
export async function lockChains(sender: Sender): Promise<void> {
  await sender.query('lock table chain in share row exclusive mode')
}

/** The tokens of a chain that were ever switched on: amounts name them. */
export async function listFormerTokens(
  sender: Sender,
  chainId: ChainId,
): Promise<readonly Pick<Token, 'address' | 'symbol'>[]> {
  const { rows } = await sender.query<{ token: Buffer; symbol: string }>(
    'select token, symbol from chain_token where chain_id = $1 and not is_enabled order by token',
    [chainId],
  )
  return rows.map(({ token, symbol }) => ({ address: addressOf(token), symbol }))
}
