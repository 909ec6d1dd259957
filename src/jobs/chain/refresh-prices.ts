import type pg from 'pg'
import { listChains } from '../../db/chain/chains.ts'
import type { Clock } from '../../kernel/clock.ts'
import { listCurrencies } from '../../kernel/currency.ts'
import { pauseUntilAborted } from '../../kernel/pause.ts'
import type { PriceBook } from '../../rails/quotes/price-book.ts'
import type { JobLog } from '../runner/job-runner.ts'

export type PriceRefresher = { readonly start: () => void; readonly stop: () => Promise<void> }

/** Public price lists change once a minute. */
const everyMs = 60_000

/** After a failure, when what was told before may soon be too old. */
const againAfterMs = 3_000

/** Keeps the price book fresh in the background, so that nobody who asks it waits. Nothing is thrown out of it. */
export function createPriceRefresher(parts: {
  readonly pool: pg.Pool
  readonly prices: PriceBook
  readonly clock: Clock
  readonly log: JobLog
}): PriceRefresher {
  const stopping = new AbortController()
  let running: Promise<void> = Promise.resolve()
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const isFresh = await refresh(parts)
      await pauseUntilAborted(isFresh ? everyMs : againAfterMs, stopping.signal, { ref: false })
    }
  }
  return {
    start: () => {
      running = run()
    },
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

/** Whether every source told something. Without a chain there is nothing to be priced, and nobody is asked. */
async function refresh({ pool, prices, clock, log }: Parameters<typeof createPriceRefresher>[0]): Promise<boolean> {
  try {
    const chains = await listChains(pool)
    if (chains.length === 0) return true
    const tokens = chains.flatMap((chain) => chain.tokens)
    const assets = new Set(tokens.map(({ symbol }) => symbol))
    const names = Object.fromEntries(
      tokens.flatMap(({ symbol, priceName }) => (priceName ? [[symbol, priceName]] : [])),
    )
    await prices.refresh({ assets: [...assets, 'USD'], currencies: listCurrencies(), names }, clock.now())
  } catch (error) {
    // An outage of the database: asked again.
    log.warn({ err: error }, 'prices could not be asked for and are asked for again')
    return false
  }
  const failing = prices.health().filter(({ problem }) => problem !== null)
  if (failing.length > 0) log.warn({ sources: failing }, 'not every source told its prices')
  return failing.length === 0
}
