import type pg from 'pg'
import { countInbox } from '../../db/chain/transfers.ts'
import { countExpiring, type SalesDay, sumSales } from '../../db/payment/sales.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { day, plus } from '../../kernel/instant.ts'
import { outageAsUnavailable } from '../shared/outage.ts'

export type Sales = {
  /** the days that had orders, oldest first, in the merchant's time zone */
  readonly days: readonly SalesDay[]
  /** authorizations that end within two days: money that is lost unless it is captured */
  readonly expiring: number
  /** transfers on chains that no order took */
  readonly unmatched: number
}

export type ReadSales = (merchant: { readonly id: MerchantId; readonly timeZone: string }) => Promise<Sales>

/** Two weeks, so that each day has the one of the week before beside it. */
const shownDays = 15n
const endsSoon = 2n * day

/** What the first page of the portal shows. Throws `Unavailable` when the database is away. */
export function createReadSales(pool: pg.Pool, clock: Clock): ReadSales {
  return async ({ id: merchantId, timeZone }) => {
    const now = clock.now()
    const from = plus(now, -shownDays * day)
    const [days, expiring, unmatched] = await Promise.all([
      outageAsUnavailable(sumSales(pool, { merchantId, from, timeZone })),
      outageAsUnavailable(countExpiring(pool, merchantId, plus(now, endsSoon))),
      outageAsUnavailable(countInbox(pool, merchantId)),
    ])
    return { days, expiring, unmatched }
  }
}
