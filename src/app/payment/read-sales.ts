import type pg from 'pg'
import { countInbox } from '../../db/chain/inbox.ts'
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

/** Sums of the last `days` days and of as many before, so that each has one to be compared with. */
export type ReadSales = (
  merchant: { readonly id: MerchantId; readonly timeZone: string },
  days: number,
) => Promise<Sales>

const endsSoon = 2n * day

/** Sums of a large shop cost half a second of the database: everybody at its portal shares those of half a minute. */
const goodFor = 30n * second
const mostRemembered = 1_000

/** What the first page of the portal shows, at most half a minute old. Throws `Unavailable` when the database is away. */
export function createReadSales(pool: pg.Pool, clock: Clock, realClock: Clock): ReadSales {
  const remembered = new Map<string, { readonly until: Instant; readonly sales: Promise<Sales> }>()
  return async ({ id, timeZone }, days) => {
    const now = realClock.now()
    const key = `${id} ${days}`
    const known = remembered.get(key)
    if (known && known.until > now) return await known.sales
    if (remembered.size >= mostRemembered) remembered.clear()
    const sales = read(pool, clock.now(), { id, timeZone, days })
    remembered.set(key, { until: plus(now, goodFor), sales })
    // An outage is nothing to be remembered.
    sales.catch(() => remembered.delete(key))
    return await sales
  }
}

async function read(
  pool: pg.Pool,
  now: Instant,
  { id: merchantId, timeZone, days: shown }: { id: MerchantId; timeZone: string; days: number },
): Promise<Sales> {
  // The first of those days began more than whole days ago.
  const from = plus(now, -BigInt(2 * shown + 1) * day)
  const [{ days, since }, expiring, unmatched] = await Promise.all([
    // A large shop's sums may take longer than a reader usually waits: the statement's own limit ends them.
    sumSales(pool, { merchantId, from, timeZone }).catch((error) => {
      throw asOutage(error)
    }),
    outageAsUnavailable(countExpiring(pool, merchantId, plus(now, endsSoon))),
    outageAsUnavailable(countInbox(pool, merchantId)),
  ])
  return { days, since, expiring, unmatched }
}
