import type pg from 'pg'
import { listChains } from '../../db/chain/chains.ts'
import type { Clock } from '../../kernel/clock.ts'
import { listCurrencies } from '../../kernel/currency.ts'
import type { PriceBook } from '../../rails/evm/quotes/price-book.ts'
import type { JobLog } from '../runner/job-runner.ts'

export type PriceRefresher = { readonly start: () => void; readonly stop: () => Promise<void> }

/** Public price lists change once a minute. */
const everyMs = 60_000

/** Keeps the price book fresh in the background, so that nobody who asks it waits. Nothing is thrown out of it. */
export function createPriceRefresher(parts: {
  readonly pool: pg.Pool
  readonly prices: PriceBook
  readonly clock: Clock
  readonly log: JobLog
}): PriceRefresher {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const refresh = (): void => {
    running = refreshOnce(parts).catch((error) => {
      parts.log.warn({ err: error }, 'prices could not be asked for and are asked for again')
    })
  }
  return {
    start: () => {
      refresh()
      timer = setInterval(refresh, everyMs)
      timer.unref()
    },
    stop: async () => {
      clearInterval(timer)
      await running
    },
  }
}

/** Without a chain there is nothing to be priced, and nobody is asked. */
async function refreshOnce({ pool, prices, clock }: Parameters<typeof createPriceRefresher>[0]): Promise<void> {
  const chains = await listChains(pool)
  if (chains.length === 0) return
  const assets = new Set(chains.flatMap(({ tokens }) => tokens.map(({ symbol }) => symbol)))
  await prices.refresh({ assets: [...assets, 'USD'], currencies: listCurrencies() }, clock.now())
}
