import type pg from 'pg'
import type { WebhookEvent } from '../../domain/webhook/event-name.ts'
import type { WebhookSubject } from '../../domain/webhook/subject.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/connection.ts'
import { inTransaction } from '../wire/transaction.ts'
import { type SubjectRow, subjectColumns, subjectFromRow, subjectJoins } from './subject-row.ts'

/** How far a listener has read: the position of its last message, as text; `0` is the beginning. */
export type FeedCursor = string

export const feedStart: FeedCursor = '0'

export function isFeedCursor(text: string): boolean {
  return /^\d{1,18}$/.test(text)
}

/** No restore to an earlier time takes more away from a feed: who names a cursor further on has made it up, reads nothing, and moves nothing. */
const farthestAhead = 1_000_000_000n

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

/** Whose feed it is. */
type Listener = { readonly merchantId: MerchantId; readonly endpointId: string }

/**
 * What a listener has not read yet, oldest first. Rows become visible when their transaction commits, which is not the order they were
 * written in; so they are written without a position, and the first read that sees them gives them the listener's next ones.
 * Whatever commits later stands behind every cursor that was ever handed out: nothing can be missed, nothing comes twice,
 * and no writer waits for another.
 */
export async function readMessagesAfter(
  pool: pg.Pool,
  listener: Listener,
  cursor: FeedCursor,
  limit: number,
  wantsDetails: readonly WebhookEvent[],
): Promise<FedMessage[]> {
  const read = () => readPositioned(pool, listener, { cursor, limit, wantsDetails })
  const { messages, hasMore } = await read()
  if (messages.length === limit || !hasMore) return messages
  await givePositions(pool, listener, { after: cursor, most: limit - messages.length })
  return (await read()).messages
}

type Page = { readonly cursor: FeedCursor; readonly limit: number; readonly wantsDetails: readonly WebhookEvent[] }

/** Those that have a position, and whether there are any without. */
async function readPositioned(
  pool: pg.Pool,
  { merchantId, endpointId }: Listener,
  { cursor, limit, wantsDetails }: Page,
): Promise<{ messages: FedMessage[]; hasMore: boolean }> {
  const page = await pool.query<FedRow>({
    name: 'read_webhook_feed',
    text: `select f.position::text as cursor, f.message_id as "messageId", f.is_replay as "isReplay", f.event as name,
        ${subjectColumns}
      from (
        select * from webhook_feed f
        where f.merchant_id = $1 and f.endpoint_id = $2 and f.position > $3
        order by f.position limit $4
      ) f
      ${subjectJoins('f', '$5')}
      order by f.position`,
    values: [merchantId, endpointId, cursor, limit, wantsDetails],
  })
  const messages = page.rows.map((row) => {
    const { cursor, messageId, isReplay, name, details } = row
    return { cursor, messageId, isReplay, name, subject: subjectFromRow(row), details }
  })
  if (messages.length === limit) return { messages, hasMore: false }
  const rest = await pool.query({
    name: 'has_unread_feed',
    text: 'select 1 from webhook_feed where merchant_id = $1 and endpoint_id = $2 and position is null limit 1',
    values: [merchantId, endpointId],
  })
  return { messages, hasMore: rest.rows.length > 0 }
}

/**
 * Two statements: the second must see what a rival has given, so it begins when the listener's row is this reader's. Positions go on behind the reader's
 * cursor too: it is ahead of what the database remembers to have given after a restore to an earlier time.
 */
async function givePositions(
  pool: pg.Pool,
  { merchantId, endpointId }: Listener,
  { after, most }: { readonly after: FeedCursor; readonly most: number },
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const mine = 'merchant_id = $1 and endpoint_id = $2'
    const { rows } = await client.query<{ fed_through: bigint }>(
      `select fed_through from webhook_endpoint where ${mine} for update`,
      [merchantId, endpointId],
    )
    const [endpoint] = rows
    if (!endpoint || BigInt(after) > endpoint.fed_through + farthestAhead) return
    await client.query(
      `with given as (
         select entry, message_id, row_number() over (order by entry, message_id) as number from (
           select entry, message_id from webhook_feed where ${mine} and position is null order by entry, message_id limit $3
         ) f
       ), moved as (
         update webhook_endpoint set fed_through = greatest(fed_through, $4::bigint) + (select count(*) from given) where ${mine}
         returning fed_through - (select count(*) from given) as before
       )
       update webhook_feed f set position = moved.before + given.number from given, moved
       where f.merchant_id = $1 and f.endpoint_id = $2 and f.entry = given.entry and f.message_id = given.message_id`,
      [merchantId, endpointId, most, after],
    )
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
       order by endpoint_id, entry
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
