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
    // Through arrays, so that each row is looked up by its key.
    text: `with old as materialized (
        select merchant_id, operation, key from idempotency where created_at <= $1 and ${isServedHere('merchant_id')}
        order by created_at limit $2 for update skip locked
      ), keys as (
        select array_agg(merchant_id) as merchants, array_agg(operation) as operations, array_agg(key) as keys from old
      )
      delete from idempotency i
      using keys, unnest(keys.merchants, keys.operations, keys.keys) as k (merchant_id, operation, key)
      where i.merchant_id = k.merchant_id and i.operation = k.operation and i.key = k.key`,
    values: [timestampText(until), limit],
  })
  return result.rowCount ?? 0
}
