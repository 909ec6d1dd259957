import type pg from 'pg'
import { type ChainPayments, createChainPayments } from '../../../src/app/chain/chain-payments.ts'
import { createEngineBook } from '../../../src/app/chain/engine-book.ts'
import { defaultPriceRules } from '../../../src/domain/chain/price.ts'
import type { Engine } from '../../../src/engine/command.ts'
import type { Clock } from '../../../src/kernel/clock.ts'
import { createPriceBook } from '../../../src/rails/quotes/price-book.ts'

/** For servers of tests that have nothing to do with chains: nobody offers any, and nothing has a price. */
export function noChains(pool: pg.Pool, engine: Engine, clock: Clock): ChainPayments {
  const prices = createPriceBook([], defaultPriceRules)
  return createChainPayments({ pool, clock, prices, book: createEngineBook({ engine, pool }), nudge: () => undefined })
}
