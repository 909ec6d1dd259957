import type { FastifyBaseLogger } from 'fastify'
import type pg from 'pg'
import type { PaymentReader } from '../../app/app.ts'
import type { ClaimNames } from '../../app/cell/cell-directory.ts'
import { type ChainPayments, createChainPayments } from '../../app/chain/chain-payments.ts'
import { createEngineBook } from '../../app/chain/engine-book.ts'
import { isWorthIt } from '../../app/chain/is-worth-it.ts'
import { createLocalChains, type LocalChains } from '../../app/chain/local-chains.ts'
import { openEndpoint } from '../../app/chain/operator/sealed-endpoint.ts'
import type { DueSource } from '../../app/sandbox/due-source.ts'
import type { Sealer } from '../../app/shared/seal.ts'
import { connectPool } from '../../db/wire/connection.ts'
import type { Chain } from '../../domain/chain/chain.ts'
import { defaultPriceRules } from '../../domain/chain/price.ts'
import type { Engine } from '../../engine/command.ts'
import { createCloseAmounts } from '../../jobs/chain/close-amounts.ts'
import { createPriceRefresher } from '../../jobs/chain/refresh-prices.ts'
import { createChainWatch } from '../../jobs/chain/watch-chains.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { ChainReader } from '../../rails/chain-reader.ts'
import { chainRail } from '../../rails/index.ts'
import { createCoingecko } from '../../rails/quotes/coingecko.ts'
import { createBinance, createKucoin } from '../../rails/quotes/exchange-tickers.ts'
import { createFixedPrices, sandboxPrices } from '../../rails/quotes/fixed-prices.ts'
import { createPriceBook } from '../../rails/quotes/price-book.ts'
import { createSandboxChains } from './run-sandbox-chains.ts'

export type WiredChains = {
  readonly payments: ChainPayments
  /** undefined in live mode */
  readonly local: LocalChains | undefined
  readonly source: DueSource
  /** Begins to watch, and starts the sandbox's own chains where this server is to have them. */
  readonly start: () => void
  readonly close: () => Promise<void>
}

/** Everything about chains: prices, the watcher, the sandbox's own ones. */
export function wireChains(parts: {
  readonly mode: 'sandbox' | 'live'
  readonly dataFolder: string
  /** runs the sandbox's chains instead of the package's own */
  readonly anvilProgram: string | undefined
  /** the sandbox has chains of its own; beside a database of one's own other servers may have them */
  readonly isAlone: boolean
  readonly databaseUrl: string
  readonly pool: pg.Pool
  readonly engine: Engine
  readonly payments: PaymentReader
  /** of the endpoints' addresses */
  readonly sealer: Sealer
  readonly clock: Clock
  readonly logger: FastifyBaseLogger
  /** before an address is used in this cell; undefined while there is only one */
  readonly claim?: ClaimNames | undefined
  /** another process watches otherwise */
  readonly isWatching: boolean
}): WiredChains {
  const { mode, pool, clock, logger } = parts
  const chainPool = connectPool(parts.databaseUrl, { max: 2, applicationName: 'tercet-chains' })
  const sources =
    mode === 'sandbox' ? [createFixedPrices(sandboxPrices)] : [createCoingecko(), createKucoin(), createBinance()]
  const prices = createPriceBook(sources, defaultPriceRules)
  // A table needs no network, and nobody who wants to pay should be a moment too early.
  if (mode === 'sandbox') void prices.refresh({ assets: [], currencies: [] }, clock.now())
  const refresher = createPriceRefresher({ pool: chainPool, prices, clock, log: logger })
  const sandbox =
    mode === 'sandbox' && parts.isAlone
      ? createSandboxChains({
          ...{ folder: parts.dataFolder, program: parts.anvilProgram },
          ...{ pool: chainPool, clock, logger, onReady: () => watch.nudge() },
        })
      : undefined
  const running = () => sandbox?.running() ?? []
  const book = createEngineBook({ engine: parts.engine, pool: chainPool })
  const watch = createChainWatch({
    pool: chainPool,
    book,
    clock,
    log: logger,
    readerOf: async (chain) =>
      running().find(({ chainId }) => chainId === chain.id)?.reader ?? (await readerOf(chain, parts.sealer)),
    isWorthIt: (chain, amount, units) => isWorthIt(prices, chain, amount, units, clock.now()),
    isRunning: (chain) => !chain.isLocal || !sandbox || running().some(({ chainId }) => chainId === chain.id),
    advance: sandbox?.advance,
  })
  const nudge = (): void => watch.nudge()
  const payments = createChainPayments({ pool, prices, book, clock, nudge, claim: parts.claim })
  return {
    payments,
    local:
      mode === 'sandbox'
        ? createLocalChains({ running, payments, findPayment: parts.payments.find, clock })
        : undefined,
    source: createCloseAmounts(pool),
    start: () => {
      refresher.start()
      if (parts.isWatching) watch.start()
      sandbox?.start()
    },
    close: async () => {
      await watch.stop()
      await refresher.stop()
      await sandbox?.stop()
      await chainPool.end()
    },
  }
}

function readerOf({ id, endpoints, hasFinality }: Chain, sealer: Sealer): Promise<ChainReader> {
  return chainRail.openReader({
    ...{ chainId: id, hasFinality },
    urls: endpoints.map((each) => openEndpoint(sealer, each)),
  })
}
