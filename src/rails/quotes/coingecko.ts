import { type Price, parsePrice, priceScale } from '../../domain/chain/price.ts'
import { type Currency, currencyOf } from '../../kernel/currency.ts'
import { fetchJson, type PriceSource, type QuotedPrice } from './price-source.ts'

/** Its names of what many chains have; an operator says those of others. */
export const knownPriceNames: Readonly<Record<string, string>> = {
  KCS: 'kucoin-shares',
  BNB: 'binancecoin',
  ETH: 'ethereum',
  USDT: 'tether',
  USDC: 'usd-coin',
}

type Answer = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** A public price list, which needs no key at one question a minute. It leads from dollars to other currencies by what a Tether costs in both. */
export function createCoingecko(base = 'https://api.coingecko.com/api/v3/'): PriceSource {
  const name = 'coingecko'
  return {
    name,
    fetch: async ({ assets, currencies, names = {} }, now) => {
      const ids = { ...names, ...knownPriceNames }
      const url = new URL('simple/price', base)
      const known = Object.keys(ids).filter((asset) => assets.includes(asset) || asset === 'USDT')
      url.searchParams.set('ids', known.map((asset) => ids[asset]).join(','))
      const wanted = [...new Set([...currencies, 'USD'])].map((each) => each.toLowerCase())
      url.searchParams.set('vs_currencies', wanted.join(','))
      url.searchParams.set('precision', 'full')
      const answer = (await fetchJson(url)) as Answer
      const prices = known.flatMap((asset) => pricesOf(answer, asset, ids[asset] as string))
      return [...prices, ...dollars(prices)].map((each) => ({ ...each, source: name, at: now }))
    },
  }
}

type Told = Pick<QuotedPrice, 'asset' | 'currency' | 'price'>

function pricesOf(answer: Answer, asset: string, id: string): Told[] {
  const told = answer[id] ?? {}
  return Object.entries(told).flatMap(([code, value]) => {
    const currency = currencyOf(code.toUpperCase())
    const price = typeof value === 'number' ? parsePrice(String(value)) : undefined
    return currency && price ? [{ asset, currency, price }] : []
  })
}

function dollars(prices: readonly Told[]): Told[] {
  const tether = prices.filter(({ asset }) => asset === 'USDT')
  const inDollars = tether.find(({ currency }) => currency === ('USD' as Currency))?.price
  if (!inDollars) return []
  return tether.map(({ currency, price }) => ({
    asset: 'USD',
    currency,
    price: ((price * priceScale) / inDollars) as Price,
  }))
}
