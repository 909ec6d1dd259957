import type pg from 'pg'
import type { Instant } from '../../kernel/instant.ts'
import { isServedHere } from '../cell/absent-merchants.ts'
import { timestampText } from '../wire/connection.ts'

/** When the oldest idempotency key was used; null when there is none. */
export async function oldestResponse(pool: pg.Pool): Promise<Instant | null> {
  const result = await pool.query<{ oldest: Instant | null }>(
    `select min(created_at) as oldest from idempotency where ${isServedHere('merchant_id')}`,
  )
  return result.rows[0]?.oldest ?? null
}

/** Forgets at most `limit` keys that were used at or before `until`, and returns how many. */
export async function deleteResponses(pool: pg.Pool, until: Instant, limit: number): Promise<number> {
  const result = await pool.query({
    name: 'delete_responses',
    text: `delete from idempotency where ctid = any(array(
      select ctid from idempotency where created_at <= $1 and ${isServedHere('merchant_id')}
      order by created_at limit $2 for update skip locked))`,
    values: [timestampText(until), limit],
  })
  return result.rowCount ?? 0
}
