import { onlyByName } from '../../domain/webhook/event-name.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { NewEvent } from '../event/events.ts'
import { sourceKindColumn } from '../ledger/source-kind.ts'
import { int4, rowType, text, timestamptz } from '../wire/binary-rows.ts'
import type { Statement } from '../wire/statement.ts'

/** Whether anybody could have subscribed to it: spares a batch of nothing but attempts the statement below. */
export function isAnnounced({ announcedAs }: Pick<NewEvent, 'announcedAs'>): boolean {
  return announcedAs !== null
}

const announcement = rowType<NewEvent>('owned_announcement', [
  int4('merchant_id', (r) => r.merchantId),
  sourceKindColumn(),
  text('source_id', (r) => r.sourceId),
  int4('sequence', (r) => r.event.sequence),
  text('event', (r) => r.announcedAs),
  timestamptz('at', (r) => r.event.at),
])

/** Each event with each endpoint that wants it. */
const wanted = `from unnest($1::owned_announcement[]) as n
      join webhook_endpoint e on e.merchant_id = n.merchant_id and e.deleted_at is null
        and (n.event = any(e.events) or e.events is null and n.event <> all($2::text[]))`

const insertMessages = `insert into webhook_message (merchant_id, message_id, endpoint_id, source_kind, source_id, sequence, event, url,
    next_attempt_at, created_at)
  select merchant_id, message_id, endpoint_id, source_kind, source_id, sequence, event, url, at, at from (
    select n.*, time_ordered_uuid(n.at) as message_id, e.endpoint_id, e.kind,
      case when e.kind = 'callbacks' and n.source_kind = 'p' then (
        select c.url from payment_callback c where c.merchant_id = n.merchant_id and c.payment_id = n.source_id
      ) end as url
    ${wanted} and e.kind <> 'listener'
  ) w where kind = 'http' or url is not null
  returning merchant_id`

const insertFeed = `insert into webhook_feed (merchant_id, endpoint_id, message_id, source_kind, source_id, sequence, event, is_replay, created_at)
  select n.merchant_id, e.endpoint_id, time_ordered_uuid(n.at), n.source_kind, n.source_id, n.sequence, n.event, false, n.at
  ${wanted} and e.kind = 'listener'`

export type Announcing = {
  /** its result is a row of `MessageRow` for each message that can be sent */
  readonly messages: Statement
  readonly feed: Statement
}

/**
 * Puts each event into the outbox once for each endpoint that wants it, and into the feed of each listener. Part of the
 * transaction that writes the event: there is no moment at which one exists without the other. For a merchant without
 * endpoints it costs two looks into a small index. A payment that has an address of its own is announced to that as well. For rows of which at
 * least one `isAnnounced`. Two statements: one that writes to two tables would ask every node of a cluster, and stop with any of them.
 */
export function announceEvents(rows: readonly NewEvent[]): Announcing {
  const values = [announcement.arrayOf(rows.filter(isAnnounced)), onlyByName]
  return {
    messages: { name: 'insert_webhook_messages', text: insertMessages, values },
    feed: { name: 'insert_webhook_feed', text: insertFeed, values },
  }
}

export type MessageRow = { readonly merchant_id: MerchantId }
