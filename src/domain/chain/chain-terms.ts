import type { ChainId } from './address.ts'
import type { Chain } from './chain.ts'
import type { ConfirmationTier } from './finality.ts'

/** How a merchant wants to be paid on chains. */
export type ChainTerms = {
  /** empty: every chain that the merchant has a wallet on */
  readonly chains: readonly ChainId[]
  /** symbols; empty: all */
  readonly tokens: readonly string[]
  /** what may be missing, parts per million */
  readonly tolerancePpm: number
  /** what is taken off the price of a token, parts per million, against its moving until it is sold */
  readonly spreadPpm: number
  /** how long a rate holds */
  readonly quoteMs: number
  /** how long after that a transfer is still taken for its payment */
  readonly watchMs: number
  readonly tiers: readonly ConfirmationTier[]
  /** a shop's order is called off in the shop when its time is up and nothing has come */
  readonly cancelUnpaid: boolean
}

/** For a merchant who has said nothing. */
export const defaultChainTerms: ChainTerms = {
  chains: [],
  tokens: [],
  tolerancePpm: 0,
  spreadPpm: 0,
  quoteMs: 900_000,
  watchMs: 86_400_000,
  tiers: [],
  cancelUnpaid: false,
}

export type ChainTermsRefusal = keyof typeof sentences

/** The sentence that the person reads who changes the terms. */
export function explainTermsRefusal(reason: ChainTermsRefusal): string {
  return sentences[reason]
}

const day = 86_400_000

const sentences = {
  unknown_chain: 'One of the chains is not set up on this server.',
  unknown_token: 'None of the chains of this server has one of the tokens.',
  tolerance: 'The tolerance may be 0 to 200000 parts per million: 20 % at most.',
  spread: 'The spread may be 0 to 200000 parts per million: 20 % at most.',
  quote: 'A rate holds for a minute to a day.',
  watch: 'Money is watched for 30 days at most.',
  tiers: 'There may be 20 tiers at most, each of its own amount.',
  confirmations: 'A tier has 0 to 10000 confirmations.',
} as const

/** What is wrong with a change of terms; undefined when nothing is. The table's own checks are the same. `known` are the server's chains. */
export function refusalOfTerms(
  {
    chains = [],
    tokens = [],
    tolerancePpm = 0,
    spreadPpm = 0,
    quoteMs = day,
    watchMs = 0,
    tiers = [],
  }: Partial<ChainTerms>,
  known: readonly Pick<Chain, 'id' | 'tokens'>[],
): ChainTermsRefusal | undefined {
  if (chains.some((id) => !known.some((chain) => chain.id === id))) return 'unknown_chain'
  const symbols = new Set(known.flatMap((chain) => chain.tokens.map(({ symbol }) => symbol)))
  if (tokens.some((symbol) => !symbols.has(symbol))) return 'unknown_token'
  if (!isWithin(tolerancePpm, 0, 200_000)) return 'tolerance'
  if (!isWithin(spreadPpm, 0, 200_000)) return 'spread'
  if (!isWithin(quoteMs, 60_000, day)) return 'quote'
  if (!isWithin(watchMs, 0, 30 * day)) return 'watch'
  const amounts = new Set(tiers.map(({ currency, from }) => `${from} ${currency}`))
  if (tiers.length > 20 || amounts.size < tiers.length) return 'tiers'
  return tiers.every(({ confirmations }) => isWithin(confirmations, 0, 10_000)) ? undefined : 'confirmations'
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most
}
