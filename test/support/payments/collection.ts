import type pg from 'pg'
import { createAuthorizeOrder } from '../../../src/app/attempt/authorize-order.ts'
import { createPlans, type Plans } from '../../../src/app/instalments/plans.ts'
import { tellShoppers } from '../../../src/app/instalments/tell-shoppers.ts'
import type { MerchantTerms } from '../../../src/domain/merchant/terms.ts'
import type { Action } from '../../../src/domain/payment/action.ts'
import type { RunningEngine } from '../../../src/engine/engine.ts'
import type { Clock } from '../../../src/kernel/clock.ts'
import type { PaymentId } from '../../../src/kernel/ids.ts'
import { day, type Instant, plus, second } from '../../../src/kernel/instant.ts'
import type { CardAcquirer } from '../../../src/rails/rail.ts'
import { testSealer } from '../protocols/webhooks.ts'
import { accepted, addMerchant, createOrder, run, testEngine } from './engine.ts'
import { aCard } from './factories.ts'

/** An engine, a clock that is moved by hand, and the plans of a database. */
export type Collection = {
  readonly engine: RunningEngine
  readonly merchant: MerchantTerms
  readonly plans: Plans
  readonly now: () => Instant
  /** an order that its shopper has authorized with this card */
  readonly authorized: (total?: bigint, card?: string) => Promise<PaymentId>
  readonly act: (id: PaymentId, action: Action) => Promise<void>
  /** Moves the clock and does everything that falls due on the way, in order. `afterDay` comes after each day on which something did. */
  readonly advance: (duration: bigint, afterDay?: () => Promise<void>) => Promise<void>
}

export async function startCollection(
  { url, pool }: { url: string; pool: pg.Pool },
  acquirer: (clock: Clock) => CardAcquirer,
  start: Instant,
): Promise<Collection> {
  let now = start
  const clock: Clock = { now: () => now }
  const engine = testEngine(url, { clock })
  const merchant = await addMerchant(pool)
  const rail = acquirer(clock)
  const acquirers = async () => rail
  const plans = createPlans({
    ...{ pool, clock, acquirers, sealer: testSealer },
    frequencyOf: () => undefined,
    tell: tellShoppers,
  })
  const choose = async () => ({ key: rail.name, acquirer: rail })
  const authorize = createAuthorizeOrder({
    engine,
    choose,
    acquirers,
    sealer: testSealer,
    keepCard: async () => undefined,
  })
  const runDue = async (until: Instant): Promise<void> => {
    while ((await plans.runDue(until)) > 0);
  }
  return {
    engine,
    merchant,
    plans,
    now: () => now,
    authorized: async (total = 9_000n, number = '4242424242424242') => {
      const paymentId = await createOrder(engine, merchant, total)
      const result = await authorize({ merchant, paymentId, card: aCard({ number }) })
      if (result.kind !== 'authorized') throw new Error(`not authorized: ${result.kind}`)
      return paymentId
    },
    act: async (id, action) => {
      now = plus(now, second)
      accepted(await run(engine, merchant, id, action))
      await runDue(now)
    },
    advance: async (duration, afterDay) => {
      const end = plus(now, duration)
      for (;;) {
        const due = await plans.nextDue()
        if (due === null || due > end) break
        if (due / day > now / day) await afterDay?.()
        if (due > now) now = due
        await runDue(now)
      }
      await afterDay?.()
      now = end
    },
  }
}
