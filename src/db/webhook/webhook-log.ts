import type pg from 'pg'
import type { SourceKind } from '../../domain/ledger/source.ts'
import type { WebhookEvent } from '../../domain/webhook/event-name.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { type Instant, millisOf } from '../../kernel/instant.ts'
import { type SourceLetter, sourceKindOf } from '../ledger/source-kind.ts'
import { timestampText } from '../wire/connection.ts'

/** A pool, or the connection of a transaction. */
type Sender = Pick<pg.ClientBase, 'query'>

export type MessageState = 'pending' | 'delivered' | 'dead' | 'skipped'

export type AttemptRow = {
  readonly at: Instant
  readonly status: number | null
  readonly error: string | null
  readonly latencyMs: number
  readonly answer: string | null
}

export type DeliveryRow = {
  readonly id: string
  readonly endpointId: string
  readonly url: string
  readonly sourceKind: SourceKind
  readonly sourceId: string
  readonly sequence: number
  readonly event: WebhookEvent
  readonly state: MessageState
  readonly nextAttemptAt: Instant | null
  readonly createdAt: Instant
  /** oldest first, the newest fifty */
  readonly attempts: readonly AttemptRow[]
}

export type DeliveryQuery = {
  readonly merchantId: MerchantId
  readonly state: MessageState | null
  readonly endpointId: string | null
  readonly paymentId: string | null
  /** only those before this delivery, for the next page */
  readonly before: string | null
  readonly limit: number
}

/** The delivery log, newest event first, each message with its attempts. A filter that is null does not filter. */
export async function listDeliveries(pool: pg.Pool, query: DeliveryQuery): Promise<DeliveryRow[]> {
  const messages = await pool.query<Omit<DeliveryRow, 'attempts' | 'sourceKind'> & { letter: SourceLetter }>(
    `select m.message_id as id, m.endpoint_id as "endpointId", coalesce(m.url, e.url) as url, m.source_kind as letter, m.source_id as "sourceId", m.sequence, m.event,
       m.state, m.next_attempt_at as "nextAttemptAt", m.created_at as "createdAt"
     from webhook_message m
     join webhook_endpoint e on e.merchant_id = m.merchant_id and e.endpoint_id = m.endpoint_id
     where m.merchant_id = $1 and ($2::text is null or m.state = $2) and ($3::uuid is null or m.endpoint_id = $3)
       and ($4::text is null or (m.source_kind = 'p' and m.source_id = $4)) and ($5::uuid is null or m.message_id < $5)
     order by m.message_id desc limit $6`,
    [query.merchantId, query.state, query.endpointId, query.paymentId, query.before, query.limit],
  )
  const attempts = await listAttempts(
    pool,
    query.merchantId,
    messages.rows.map((row) => row.id),
  )
  return messages.rows.map(({ letter, ...row }) => ({
    ...row,
    sourceKind: sourceKindOf(letter),
    attempts: attempts.get(row.id) ?? [],
  }))
}

async function listAttempts(
  pool: pg.Pool,
  merchantId: MerchantId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, AttemptRow[]>> {
  const result = await pool.query<AttemptRow & { id: string }>(
    `select k.id, a.at, a.status, a.error, a.latency_ms as "latencyMs", a.answer
     from unnest($2::uuid[]) as k (id), lateral (
       select * from webhook_attempt a where a.merchant_id = $1 and a.message_id = k.id order by a.attempt_id desc limit 50
     ) a
     order by a.attempt_id`,
    [merchantId, ids],
  )
  const byMessage = new Map<string, AttemptRow[]>()
  for (const { id, ...attempt } of result.rows) byMessage.set(id, [...(byMessage.get(id) ?? []), attempt])
  return byMessage
}

export type ReplayRange = {
  readonly merchantId: MerchantId
  readonly from: Instant
  /** exclusive */
  readonly to: Instant
  readonly endpointId: string | null
}

/** Deliveries of one statement of a range: a range of any length is a loop over pages. */
const replayPage = 5_000

/**
 * Makes the messages due again at `now`, with their whole schedule before them: the ones of `ids`, in their log as further
 * attempts of the same message. Endpoints that were deleted get nothing, and what no protocol has a word for is not sent. Every listener of the merchant sees each event
 * once. Returns how many messages will be sent again.
 */
async function replayMessages(
  pool: Sender,
  merchantId: MerchantId,
  ids: readonly string[],
  now: Instant,
): Promise<number> {
  const result = await pool.query<{ count: number }>(
    `with again as (
       update webhook_message m set state = 'pending', attempts = 0, next_attempt_at = $3
       from webhook_endpoint e
       where m.merchant_id = $1 and m.message_id = any($2::uuid[]) and m.state <> 'skipped'
         and e.merchant_id = m.merchant_id and e.endpoint_id = m.endpoint_id and e.deleted_at is null
       returning m.*
     ), fed as (
       insert into webhook_feed (merchant_id, endpoint_id, message_id, source_kind, source_id, sequence, event, is_replay,
         created_at)
       select a.merchant_id, l.endpoint_id, a.message_id, a.source_kind, a.source_id, a.sequence, a.event, true, a.created_at
       from (select distinct on (source_kind, source_id, sequence) * from again
         order by source_kind, source_id, sequence, message_id) a
       join webhook_endpoint l on l.merchant_id = a.merchant_id and l.kind = 'listener' and l.deleted_at is null
       order by a.message_id
     )
     select count(*)::int as count from again`,
    [merchantId, ids, timestampText(now)],
  )
  return result.rows[0]?.count ?? 0
}

/** One delivery once more; false when the merchant has no such delivery to a live endpoint. */
export async function replayMessage(pool: Sender, merchantId: MerchantId, id: string, now: Instant): Promise<boolean> {
  return (await replayMessages(pool, merchantId, [id], now)) === 1
}

/**
 * Every delivery whose event happened in the range, once more. In pages, which are transactions of their own unless `pool` is the
 * connection of one; a failure half-way leaves the earlier pages replayed, which a repeat of the call only repeats.
 */
export async function replayRange(pool: Sender, range: ReplayRange, now: Instant): Promise<number> {
  let count = 0
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const page = await pool.query<{ id: string }>(
      `select message_id as id from webhook_message
       where merchant_id = $1 and message_id >= $2 and message_id < $3 and message_id > $4
         and created_at >= $5 and created_at < $6 and ($7::uuid is null or endpoint_id = $7)
       order by message_id limit $8`,
      [
        range.merchantId,
        firstIdOf(millisOf(range.from)),
        firstIdOf(millisOf(range.to) + 1),
        after,
        timestampText(range.from),
        timestampText(range.to),
        range.endpointId,
        replayPage,
      ],
    )
    const ids = page.rows.map((row) => row.id)
    if (ids.length > 0) count += await replayMessages(pool, range.merchantId, ids, now)
    if (ids.length < replayPage) return count
    after = ids.at(-1) as string
  }
}

/** The smallest id that `time_ordered_uuid` can give to an event of that millisecond. */
function firstIdOf(millis: number): string {
  const hex = millis.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}
