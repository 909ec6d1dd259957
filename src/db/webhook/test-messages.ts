import type pg from 'pg'
import type { WebhookEvent } from '../../domain/webhook/event-name.ts'
import type { SampleEvent } from '../../domain/webhook/sample-event.ts'
import type { PaymentFacts, WebhookSubject } from '../../domain/webhook/subject.ts'
import type { CommandId, MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/connection.ts'
import { type SubjectRow, subjectColumns, subjectFromRow, subjectJoins } from './subject-row.ts'

type Sender = Pick<pg.ClientBase, 'query'>

/** What the orders of a merchant look like: its newest one, with the request that made it. */
export type OrderShape = Pick<PaymentFacts, 'protocol' | 'product' | 'currency'> & {
  readonly total: bigint
  readonly request: string | null
}

/** Undefined for a merchant without any order. */
export async function newestOrderShape(sender: Sender, merchantId: MerchantId): Promise<OrderShape | undefined> {
  const result = await sender.query<OrderShape>(
    `select p.protocol, p.product, p.currency, p.total, e.details as request from payment p
     join event e on e.merchant_id = p.merchant_id and e.source_kind = 'p' and e.source_id = p.payment_id and e.sequence = 1
     where p.merchant_id = $1 order by p.created_at desc, p.payment_id desc limit 1`,
    [merchantId],
  )
  return result.rows[0]
}

export type TestMessage = {
  readonly merchantId: MerchantId
  readonly endpointId: string
  /** has the form of an order's token, and is none */
  readonly sourceId: string
  readonly name: WebhookEvent
  readonly event: SampleEvent
  readonly shape: OrderShape
  readonly commandId: CommandId
  readonly at: Instant
}

/** Puts a message for one endpoint into the outbox, about an order that does not exist; its id, or undefined when there is no such endpoint. */
export async function insertTestMessage(sender: Sender, message: TestMessage): Promise<string | undefined> {
  const { protocol, product, currency, total, request } = message.shape
  const facts = JSON.stringify({ protocol, product, currency })
  const result = await sender.query<{ id: string }>(
    `with target as (
       select from webhook_endpoint where merchant_id = $1 and endpoint_id = $2 and kind = 'http' and deleted_at is null
     ), told as (
       insert into event (merchant_id, source_kind, source_id, sequence, kind, state, amount, total, merchant_reference,
         command_id, at, details)
       select $1, 't', $3, 1, $4, $5, $6, $6, 'TEST', $7, $8, $9 from target
       returning source_id
     )
     insert into webhook_message (merchant_id, message_id, endpoint_id, source_kind, source_id, sequence, event,
       next_attempt_at, created_at)
     select $1, time_ordered_uuid($8), $2, 't', source_id, 1, $10, $8, $8 from told
     returning message_id as id`,
    [
      message.merchantId,
      message.endpointId,
      message.sourceId,
      message.event.kind,
      message.event.state,
      total,
      message.commandId,
      timestampText(message.at),
      request === null ? facts : `${facts.slice(0, -1)},"request":${request}}`,
      message.name,
    ],
  )
  return result.rows[0]?.id
}

export type StoredMessage = { readonly subject: WebhookSubject; readonly details: string | null }

/** What a message of the log tells of, so that it can be printed once more; undefined when the merchant has no such message. */
export async function findMessageSubject(
  sender: Sender,
  merchantId: MerchantId,
  id: string,
  wantsDetails: readonly WebhookEvent[],
): Promise<StoredMessage | undefined> {
  const result = await sender.query<SubjectRow>(
    `select ${subjectColumns} from webhook_message m ${subjectJoins('m', '$3')}
     where m.merchant_id = $1 and m.message_id = $2`,
    [merchantId, id, wantsDetails],
  )
  const [row] = result.rows
  return row && { subject: subjectFromRow(row), details: row.details }
}

/** Messages that nothing will send again unless somebody replays them, made since an instant. */
export async function countDeadMessages(sender: Sender, merchantId: MerchantId, since: Instant): Promise<number> {
  const result = await sender.query<{ count: number }>(
    `select count(*)::int as count from (
       select from webhook_message where merchant_id = $1 and state = 'dead' and created_at >= $2 limit 1000
     ) as dead`,
    [merchantId, timestampText(since)],
  )
  return result.rows[0]?.count ?? 0
}
