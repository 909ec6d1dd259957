import type { ChainId } from '../../domain/chain/address.ts'
import { type ChainTerms, defaultChainTerms } from '../../domain/chain/chain-terms.ts'
import type { Currency } from '../../kernel/currency.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Sender } from '../wire/statement.ts'

type TermsRow = {
  chains: bigint[]
  tokens: string[]
  tolerance_ppm: number
  spread_ppm: number
  quote_ms: bigint
  watch_ms: bigint
  tiers: { currency: Currency; from: string; confirmations: number }[]
  cancel_unpaid: boolean
}

const columns = 'chains, tokens, tolerance_ppm, spread_ppm, quote_ms, watch_ms, tiers, cancel_unpaid'

/** A merchant's terms; the defaults for one who has said nothing. */
export async function findChainTerms(sender: Sender, merchantId: MerchantId): Promise<ChainTerms> {
  const { rows } = await sender.query<TermsRow>({
    name: 'find_chain_terms',
    text: `select ${columns} from chain_terms where merchant_id = $1`,
    values: [merchantId],
  })
  return rows[0] ? termsFromRow(rows[0]) : defaultChainTerms
}

/** The same, to be changed within a transaction: another change waits for its end. */
export async function lockChainTerms(sender: Sender, merchantId: MerchantId): Promise<ChainTerms> {
  await sender.query('insert into chain_terms (merchant_id) values ($1) on conflict do nothing', [merchantId])
  const { rows } = await sender.query<TermsRow>(
    `select ${columns} from chain_terms where merchant_id = $1 for update`,
    [merchantId],
  )
  return rows[0] ? termsFromRow(rows[0]) : defaultChainTerms
}

function termsFromRow(row: TermsRow): ChainTerms {
  return {
    chains: row.chains.map((id) => Number(id) as ChainId),
    tokens: row.tokens,
    tolerancePpm: row.tolerance_ppm,
    spreadPpm: row.spread_ppm,
    quoteMs: Number(row.quote_ms),
    watchMs: Number(row.watch_ms),
    tiers: row.tiers.map((tier) => ({ ...tier, from: BigInt(tier.from) })),
    cancelUnpaid: row.cancel_unpaid,
  }
}

export async function saveChainTerms(sender: Sender, merchantId: MerchantId, terms: ChainTerms): Promise<void> {
  await sender.query(
    `insert into chain_terms (merchant_id, chains, tokens, tolerance_ppm, spread_ppm, quote_ms, watch_ms, tiers, cancel_unpaid)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (merchant_id) do update set chains = excluded.chains, tokens = excluded.tokens,
       tolerance_ppm = excluded.tolerance_ppm, spread_ppm = excluded.spread_ppm, quote_ms = excluded.quote_ms,
       watch_ms = excluded.watch_ms, tiers = excluded.tiers,
       cancel_unpaid = excluded.cancel_unpaid`,
    [
      merchantId,
      terms.chains,
      terms.tokens,
      terms.tolerancePpm,
      terms.spreadPpm,
      terms.quoteMs,
      terms.watchMs,
      JSON.stringify(terms.tiers.map((tier) => ({ ...tier, from: tier.from.toString() }))),
      terms.cancelUnpaid,
    ],
  )
}
