import type pg from 'pg'
import type { WebhookEvent } from '../../domain/webhook/event-name.ts'
import type { WebhookSubject } from '../../domain/webhook/subject.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/connection.ts'
import { type SubjectRow, subjectColumns, subjectFromRow, subjectJoins } from './subject-row.ts'

/** How far a listener has read: `transaction-position`, as text; `0-0` is the beginning. */
export type FeedCursor = string

export const feedStart: FeedCursor = '0-0'

export function isFeedCursor(text: string): boolean {
  const match = /^(\d{1,19})-(\d{1,18})$/.exec(text)
  return match !== null && BigInt(match[1] as string) < 2n ** 63n
}

export type FedMessage = {
  readonly cursor: FeedCursor
  readonly messageId: string
  readonly isReplay: boolean
  readonly name: WebhookEvent
  readonly subject: WebhookSubject
  readonly details: string | null
}

type FedRow = SubjectRow & {
  cursor: FeedCursor
  messageId: string
  isReplay: boolean
  name: WebhookEvent
}

/**
 * What a listener has not read yet, oldest first. Rows become visible when their transaction commits, which is not the
 * order their numbers were given in; so a read ends before the oldest transaction that is still open, and whatever
 * commits later stands behind every cursor that was ever handed out. Nothing can be missed and nothing comes twice.
 */
export async function readMessagesAfter(
  pool: pg.Pool,
  listener: { readonly merchantId: MerchantId; readonly endpointId: string },
  cursor: FeedCursor,
  limit: number,
  wantsDetails: readonly WebhookEvent[],
): Promise<FedMessage[]> {
  const [xact, position] = cursor.split('-')
  const result = await pool.query<FedRow>({
    name: 'read_webhook_feed',
    text: `select f.xact::text || '-' || f.position as cursor, f.message_id as "messageId", f.is_replay as "isReplay",
        f.event as name, ${subjectColumns}
      from (
        select * from webhook_feed f
        where f.merchant_id = $1 and f.endpoint_id = $2 and (f.xact, f.position) > ($3::xid8, $4::bigint)
          and f.xact < pg_snapshot_xmin(pg_current_snapshot())
        order by f.xact, f.position limit $5
      ) f
      ${subjectJoins('f', '$6')}
      order by f.xact, f.position`,
    values: [listener.merchantId, listener.endpointId, xact, position, limit, wantsDetails],
  })
  return result.rows.map((row) => {
    const { cursor, messageId, isReplay, name, details } = row
    return { cursor, messageId, isReplay, name, subject: subjectFromRow(row), details }
  })
}

/**
 * Shows every event of the range that is sent at all once more to each listener: for a merchant without an endpoint whose log could be
 * replayed. Returns how many events that are, however many listeners hear them.
 */
export async function replayFeed(
  pool: Pick<pg.ClientBase, 'query'>,
  merchantId: MerchantId,
  { from, to, sent }: { readonly from: Instant; readonly to: Instant; readonly sent: readonly WebhookEvent[] },
): Promise<number> {
  const result = await pool.query<{ count: number }>(
    `with again as (
       insert into webhook_feed (merchant_id, endpoint_id, message_id, source_kind, source_id, sequence, event, is_replay,
         created_at)
       select merchant_id, endpoint_id, message_id, source_kind, source_id, sequence, event, true, created_at from webhook_feed
       where merchant_id = $1 and not is_replay and created_at >= $2 and created_at < $3 and event = any($4::text[])
       order by endpoint_id, xact, position
       returning source_kind, source_id, sequence
     )
     select count(distinct (source_kind, source_id, sequence))::int as count from again`,
    [merchantId, timestampText(from), timestampText(to), sent],
  )
  return result.rows[0]?.count ?? 0
}

/** Ends the listeners that were started before an instant and that nobody stopped. */
export async function deleteStaleListeners(
  pool: Pick<pg.ClientBase, 'query'>,
  merchantId: MerchantId,
  before: Instant,
): Promise<void> {
  await pool.query(
    `with ended as (
       delete from webhook_endpoint where merchant_id = $1 and kind = 'listener' and created_at < $2 returning endpoint_id
     )
     delete from webhook_feed f using ended where f.merchant_id = $1 and f.endpoint_id = ended.endpoint_id`,
    [merchantId, timestampText(before)],
  )
}
