import type pg from 'pg'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/types-on-wire.ts'

/** The orders made on one day of the merchant's time zone. Amounts are minor units of one currency. */
export type SalesDay = {
  /** `2026-11-25` */
  readonly day: string
  readonly currency: string
  readonly paid: number
  readonly captured: bigint
  readonly refunded: bigint
  /** orders whose payment was tried: approved, and refused to the end */
  readonly approved: number
  readonly refused: number
}

export type SalesDays = {
  readonly days: readonly SalesDay[]
  /** the oldest order that was read, where there were more than are read; null where the sums are of all */
  readonly since: Instant | null
}

/** A page of the disk each, where nothing of it is in memory: about a second. */
const mostOrders = 50_000

/** Sums of the orders made since `from`, by day and currency, oldest first: of the newest `most`, where there are more. */
export async function sumSales(
  pool: Pick<pg.Pool, 'query'>,
  {
    merchantId,
    from,
    timeZone,
    most = mostOrders,
  }: { merchantId: MerchantId; from: Instant; timeZone: string; most?: number },
): Promise<SalesDays> {
  const { rows } = await pool.query<SalesDay & { oldest: Instant; read: number }>(
    `with recent as (
       select created_at, currency, captured, refunded, authorized_at, failure from payment
       where merchant_id = $1 and created_at >= $2 order by created_at desc limit $4)
     select to_char(created_at at time zone $3, 'YYYY-MM-DD') as day, currency,
       count(*) filter (where captured > 0)::int as paid,
       coalesce(sum(captured), 0)::bigint as captured, coalesce(sum(refunded), 0)::bigint as refunded,
       count(*) filter (where authorized_at is not null)::int as approved,
       count(*) filter (where authorized_at is null and failure is not null)::int as refused,
       min(created_at) as oldest, count(*)::int as read
     from recent group by 1, 2 order by 1, 2`,
    [merchantId, timestampText(from), timeZone, most],
  )
  const isAll = rows.reduce((sum, { read }) => sum + read, 0) < most
  const days = rows.map(({ oldest: _, read: __, ...each }) => each)
  return { days, since: isAll ? null : (rows[0]?.oldest ?? null) }
}

/** How many authorizations of a merchant end before `until`. */
export async function countExpiring(
  pool: Pick<pg.Pool, 'query'>,
  merchantId: MerchantId,
  until: Instant,
): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from (
       select from payment where merchant_id = $1 and timer_at < $2 and expires_at < $2
         and state in ('authorized', 'delayed') limit 1000) ending`,
    [merchantId, timestampText(until)],
  )
  return rows[0]?.count ?? 0
}
