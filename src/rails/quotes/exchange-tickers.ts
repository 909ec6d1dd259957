import { parsePrice } from '../../domain/chain/price.ts'
import type { Currency } from '../../kernel/currency.ts'
import { fetchJson, type PriceSource, type QuotedPrice } from './price-source.ts'

type Ticker = { readonly asset: string; readonly path: string; readonly priceIn: (answer: unknown) => unknown }

const USD = 'USD' as Currency

/** KuCoin's market in KCS, where most of it is sold. */
export function createKucoin(base = 'https://api.kucoin.com/'): PriceSource {
  return exchange('kucoin', base, [
    {
      asset: 'KCS',
      path: 'api/v1/market/orderbook/level1?symbol=KCS-USDT',
      priceIn: (answer) => (answer as { data?: { price?: unknown } }).data?.price,
    },
  ])
}

/** Binance's markets in BNB and ETH. */
export function createBinance(base = 'https://api.binance.com/'): PriceSource {
  const priceIn = (answer: unknown) => (answer as { price?: unknown }).price
  return exchange(
    'binance',
    base,
    ['BNB', 'ETH'].map((asset) => ({ asset, path: `api/v3/ticker/price?symbol=${asset}USDT`, priceIn })),
  )
}

/** Exchanges sell for Tethers, which are taken for dollars here: the guard of the peg stops a Tether that is none. */
function exchange(name: string, base: string, tickers: readonly Ticker[]): PriceSource {
  return {
    name,
    fetch: async ({ assets }, now) => {
      const wanted = tickers.filter(({ asset }) => assets.includes(asset))
      return await Promise.all(
        wanted.map(async ({ asset, path, priceIn }): Promise<QuotedPrice> => {
          const value = priceIn(await fetchJson(new URL(path, base)))
          const price = typeof value === 'string' ? parsePrice(value) : undefined
          if (!price) throw new Error(`${name} told no price of ${asset}`)
          return { asset, currency: USD, price, source: name, at: now }
        }),
      )
    },
  }
}
