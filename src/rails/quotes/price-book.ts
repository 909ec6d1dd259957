import type { Token } from '../../domain/chain/chain.ts'
import {
  type AgreedPrice,
  agreePrice,
  guardPeg,
  inOtherCurrency,
  type Price,
  type PriceRefusal,
  type PriceRules,
  priceScale,
} from '../../domain/chain/price.ts'
import type { Currency } from '../../kernel/currency.ts'
import { earlierOf, type Instant } from '../../kernel/instant.ts'
import { ok, type Result } from '../../kernel/result.ts'
import type { PriceSource, PriceWishes, QuotedPrice } from './price-source.ts'

export type PricedToken = Pick<Token, 'symbol' | 'peg'>

export type SourceHealth = { readonly name: string; readonly prices: number; readonly problem: string | null }

/** What tokens cost, from what the sources told last. Asking it never waits for any of them. */
export type PriceBook = {
  /** Asks all sources, each on its own: one that fails leaves what it told before, for as long as that may count. Never rejects. */
  readonly refresh: (wishes: PriceWishes, now: Instant) => Promise<void>
  /** Never zero, never older than the rules allow: it is refused instead. */
  readonly price: (token: PricedToken, currency: Currency, now: Instant) => Result<AgreedPrice, PriceRefusal>
  readonly health: () => readonly SourceHealth[]
}

const USD = 'USD' as Currency

export function createPriceBook(sources: readonly PriceSource[], rules: PriceRules): PriceBook {
  const told = new Map<string, readonly QuotedPrice[]>()
  const problems = new Map<string, string>()
  const timeless = new Set(sources.filter(({ isTimeless }) => isTimeless).map(({ name }) => name))
  const reports = (asset: string, currency: Currency, now: Instant): QuotedPrice[] =>
    [...told.values()]
      .flat()
      .filter((each) => each.asset === asset && each.currency === currency)
      .map((each) => (timeless.has(each.source) ? { ...each, at: now } : each))

  /** What a dollar costs: in dollars it needs nobody to say so. */
  const dollar = (currency: Currency, now: Instant): Result<AgreedPrice, PriceRefusal> =>
    currency === USD
      ? ok({ price: priceScale as Price, sources: [], at: now })
      : agreePrice(reports('USD', currency, now), now, rules)

  const floating = (symbol: string, currency: Currency, now: Instant): Result<AgreedPrice, PriceRefusal> => {
    const direct = reports(symbol, currency, now)
    if (currency === USD) return agreePrice(direct, now, rules)
    const rate = dollar(currency, now)
    const crossed = rate.ok ? crossReports(reports(symbol, USD, now), direct, rate.value) : []
    return agreePrice([...direct, ...crossed], now, rules)
  }

  const pegged = (symbol: string, currency: Currency, now: Instant): Result<AgreedPrice, PriceRefusal> => {
    const market = agreePrice(reports(symbol, USD, now), now, rules)
    if (!market.ok) return market
    const guarded = guardPeg(market.value.price, rules)
    if (!guarded.ok) return guarded
    const rate = dollar(currency, now)
    if (!rate.ok) return rate
    const sources = [...new Set([...market.value.sources, ...rate.value.sources])]
    return ok({ price: rate.value.price, sources, at: earlierOf(market.value.at, rate.value.at) })
  }

  return {
    refresh: async (wishes, now) => {
      await Promise.all(
        sources.map(async (source) => {
          try {
            told.set(source.name, await source.fetch(wishes, now))
            problems.delete(source.name)
          } catch (error) {
            // An outage of a source: what it told before counts until it is too old.
            problems.set(source.name, error instanceof Error ? error.message : String(error))
          }
        }),
      )
    },
    price: ({ symbol, peg }, currency, now) =>
      peg === 'USD' ? pegged(symbol, currency, now) : floating(symbol, currency, now),
    health: () =>
      sources.map(({ name }) => ({
        name,
        prices: told.get(name)?.length ?? 0,
        problem: problems.get(name) ?? null,
      })),
  }
}

/** Prices in dollars of sources that do not know the currency, seen from it. */
function crossReports(
  inDollars: readonly QuotedPrice[],
  direct: readonly QuotedPrice[],
  rate: AgreedPrice,
): QuotedPrice[] {
  return inDollars
    .filter(({ source }) => !direct.some((each) => each.source === source))
    .flatMap((report) => {
      const price = inOtherCurrency(report.price, rate.price)
      return price ? [{ ...report, price, at: earlierOf(report.at, rate.at) }] : []
    })
}
