import type { ChainId } from './address.ts'
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
}
