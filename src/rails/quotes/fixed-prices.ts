import { parsePrice } from '../../domain/chain/price.ts'
import { currencyOf } from '../../kernel/currency.ts'
import type { PriceSource } from './price-source.ts'

export type FixedPrices = {
  /** the day they are of, `2026-11-20`: shown wherever they are used */
  readonly asOf: string
  /** decimal texts by asset and currency */
  readonly prices: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** A table that was typed in, for a server without a network and for tests. It does not age: whoever typed it in answers for it. */
export function createFixedPrices({ asOf, prices }: FixedPrices): PriceSource {
  const source = `fixed table of ${asOf}`
  const rows = Object.entries(prices).flatMap(([asset, byCurrency]) =>
    Object.entries(byCurrency).map(([code, text]) => {
      const [currency, price] = [currencyOf(code), parsePrice(text)]
      if (!currency || !price) throw new Error(`the fixed price of ${asset} in ${code} is none`)
      return { asset, currency, price, source }
    }),
  )
  return { name: source, isTimeless: true, fetch: async (_wishes, now) => rows.map((row) => ({ ...row, at: now })) }
}

/** What the sandbox reckons with: round enough to check by hand, near enough to be believed. */
export const sandboxPrices: FixedPrices = {
  asOf: '2026-11-20',
  prices: {
    KCS: { USD: '19.58' },
    BNB: { USD: '912.4' },
    USDT: { USD: '1' },
    USDC: { USD: '1' },
    USD: {
      USD: '1',
      EUR: '0.92',
      JPY: '149.5',
      GBP: '0.78',
      AUD: '1.53',
      CAD: '1.37',
      CHF: '0.88',
      CNY: '7.2',
      HKD: '7.8',
      NZD: '1.67',
      SEK: '10.6',
      KRW: '1380',
      SGD: '1.34',
      NOK: '10.8',
      MXN: '18.2',
      INR: '84',
      BRL: '5.6',
      NGN: '1620',
    },
  },
}
