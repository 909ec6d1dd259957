import type pg from 'pg'
import { countInbox } from '../../db/chain/transfers.ts'
import { countExpiring, type SalesDay, sumSales } from '../../db/payment/sales.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { day, type Instant, plus, second } from '../../kernel/instant.ts'
import { asOutage, outageAsUnavailable } from '../shared/outage.ts'

export type Sales = {
  /** the days that had orders, oldest first, in the merchant's time zone */
  readonly days: readonly SalesDay[]
  /** of a very large shop the newest orders are summed, from this one on; null: all of them are */
  readonly since: Instant | null
  /** authorizations that end within two days: money that is lost unless it is captured */
  readonly expiring: number
  /** transfers on chains that no order took */
  readonly unmatched: number
}

export type ReadSales = (merchant: { readonly id: MerchantId; readonly timeZone: string }) => Promise<Sales>

/** Two weeks, so that each day has the one of the week before beside it. */
const shownDays = 15n
const endsSoon = 2n * day

/** Sums of a large shop cost half a second of the database: everybody at its portal shares those of half a minute. */
const goodFor = 30n * second
const mostRemembered = 1_000

/** What the first page of the portal shows, at most half a minute old. Throws `Unavailable` when the database is away. */
export function createReadSales(pool: pg.Pool, clock: Clock, realClock: Clock): ReadSales {
  const remembered = new Map<MerchantId, { readonly until: Instant; readonly sales: Promise<Sales> }>()
  return async ({ id, timeZone }) => {
    const now = realClock.now()
    const known = remembered.get(id)
    if (known && known.until > now) return await known.sales
    if (remembered.size >= mostRemembered) remembered.clear()
    const sales = read(pool, clock.now(), id, timeZone)
    remembered.set(id, { until: plus(now, goodFor), sales })
    // An outage is nothing to be remembered.
    sales.catch(() => remembered.delete(id))
    return await sales
  }
}

async function read(pool: pg.Pool, now: Instant, merchantId: MerchantId, timeZone: string): Promise<Sales> {
  const [{ days, since }, expiring, unmatched] = await Promise.all([
    // A large shop's sums may take longer than a reader usually waits: the statement's own limit ends them.
    sumSales(pool, { merchantId, from: plus(now, -shownDays * day), timeZone }).catch((error) => {
      throw asOutage(error)
    }),
    outageAsUnavailable(countExpiring(pool, merchantId, plus(now, endsSoon))),
    outageAsUnavailable(countInbox(pool, merchantId)),
  ])
  return { days, since, expiring, unmatched }
}
