import type pg from 'pg'
import { type Instant, instantFromMillis, millisOf } from '../../kernel/instant.ts'
import { isServedHere } from '../cell/absent-merchants.ts'

/** The smallest message id of that time: ids are made in time order (migration 0002), so a time is a place among them. */
function firstIdAt(instant: Instant): string {
  const hex = millisOf(instant).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

/** When the oldest message was made that is delivered, dead or skipped; null when there is none. */
export async function oldestEndedMessage(pool: pg.Pool): Promise<Instant | null> {
  const result = await pool.query<{ id: string }>(
    `select m.message_id as id from (select distinct merchant_id from webhook_endpoint where ${isServedHere('merchant_id')}) w
     cross join lateral (
       select message_id from webhook_message
       where merchant_id = w.merchant_id and state <> 'pending' order by message_id limit 1
     ) m order by m.message_id limit 1`,
  )
  const [row] = result.rows
  return row ? instantFromMillis(Number.parseInt(row.id.replace('-', '').slice(0, 12), 16)) : null
}

/** Forgets up to `limit` messages made before `before` that need nothing more, with their attempts; returns how many. */
export async function deleteEndedMessages(pool: pg.Pool, before: Instant, limit: number): Promise<number> {
  const result = await pool.query(
    `with old as (
       select m.* from (select distinct merchant_id from webhook_endpoint where ${isServedHere('merchant_id')}) w
       cross join lateral (
         select merchant_id, message_id from webhook_message
         where merchant_id = w.merchant_id and message_id < $1 and state <> 'pending' order by message_id limit $2
       ) m limit $2
     ), attempts as (
       delete from webhook_attempt a using old
       where a.merchant_id = old.merchant_id and a.message_id = old.message_id
     )
     delete from webhook_message m using old
     where m.merchant_id = old.merchant_id and m.message_id = old.message_id`,
    [firstIdAt(before), limit],
  )
  return result.rowCount ?? 0
}
