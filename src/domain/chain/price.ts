import type { Brand } from '../../kernel/brand.ts'
import type { Currency } from '../../kernel/currency.ts'
import type { Instant } from '../../kernel/instant.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'

/** What one whole token costs in a currency, times `priceScale`. Always positive. */
export type Price = Brand<bigint, 'Price'>

export const priceScale = 10n ** 18n

/** What one source says, and when it said so. */
export type PriceReport = {
  readonly source: string
  readonly price: Price
  readonly at: Instant
}

/** Which price is asked for. `asset` is the token's symbol in capitals. */
export type PriceQuestion = { readonly asset: string; readonly currency: Currency }

/** The agreed price and where it comes from; `sources` in the order of their prices. */
export type AgreedPrice = { readonly price: Price; readonly sources: readonly string[]; readonly at: Instant }

export type PriceRefusal =
  /** no source has told it, or none within the age that is allowed */
  | { readonly reason: 'no_price' }
  /** what should be worth a dollar is not, or the sources are too far apart to believe any */
  | { readonly reason: 'price_in_doubt'; readonly lowest: Price; readonly highest: Price }

export type PriceRules = {
  readonly maximumAge: bigint
  /** sources further apart than this are not believed, parts per million of the lowest */
  readonly maximumSpreadPpm: bigint
  /** how far a pegged token may be from its peg */
  readonly maximumDepegPpm: bigint
}

export const defaultPriceRules: PriceRules = {
  maximumAge: 5n * 60_000_000n,
  maximumSpreadPpm: 100_000n,
  maximumDepegPpm: 20_000n,
}

const decimalNumber = /^(\d{1,30})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,2}))?$/

/** A decimal text as a price; undefined when it is none, or not positive, or too small to be told from nothing. */
export function parsePrice(text: string): Price | undefined {
  const match = decimalNumber.exec(text)
  if (!match) return undefined
  const [, whole = '', fraction = '', power = '0'] = match
  const shift = 18 + Number(power) - fraction.length
  const digits = BigInt(whole + fraction)
  const price = shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift)
  return price > 0n ? (price as Price) : undefined
}

/** The median of what the sources say, none of them too old; of two, the lower one, which is the merchant's side. */
export function agreePrice(
  reports: readonly PriceReport[],
  now: Instant,
  rules: PriceRules,
): Result<AgreedPrice, PriceRefusal> {
  const fresh = reports
    .filter(({ at }) => now - at <= rules.maximumAge)
    .toSorted((a, b) => (a.price < b.price ? -1 : a.price > b.price ? 1 : 0))
  const [lowest, highest] = [fresh[0], fresh.at(-1)]
  if (!lowest || !highest) return refuse({ reason: 'no_price' })
  if (isFurther(lowest.price, highest.price, rules.maximumSpreadPpm))
    return refuse({ reason: 'price_in_doubt', lowest: lowest.price, highest: highest.price })
  const median = fresh[(fresh.length - 1) >> 1] as PriceReport
  const at = fresh.reduce((oldest, each) => (each.at < oldest ? each.at : oldest), lowest.at)
  return ok({ price: median.price, sources: fresh.map(({ source }) => source), at })
}

/** Refuses a token that has lost its peg: its price would be the market's, and the merchant agreed to a dollar. */
export function guardPeg(pegPrice: Price, rules: PriceRules): Result<Price, PriceRefusal> {
  const one = priceScale as Price
  const [lowest, highest] = pegPrice < one ? [pegPrice, one] : [one, pegPrice]
  if (!isFurther(lowest, highest, rules.maximumDepegPpm)) return ok(one)
  return refuse({ reason: 'price_in_doubt', lowest, highest })
}

/** The price lowered by the merchant's spread, so that the shopper pays it. Rounded down, to the merchant's side. */
export function withSpread(price: Price, spreadPpm: number): Price {
  const lowered = (price * BigInt(1_000_000 - spreadPpm)) / 1_000_000n
  return (lowered > 0n ? lowered : 1n) as Price
}

/** A price of an asset in one currency, seen from another: `crossRate` is what one of the first costs in the second. */
export function inOtherCurrency(price: Price, crossRate: Price): Price | undefined {
  const crossed = (price * crossRate) / priceScale
  return crossed > 0n ? (crossed as Price) : undefined
}

function isFurther(lowest: bigint, highest: bigint, ppm: bigint): boolean {
  return (highest - lowest) * 1_000_000n > lowest * ppm
}
