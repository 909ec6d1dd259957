import type { SourceEvent, SourceKind } from '../../domain/ledger/source.ts'
import type { WebhookEvent } from '../../domain/webhook/event-name.ts'
import type { CommandId, MerchantId } from '../../kernel/ids.ts'
import { sourceKindColumn } from '../ledger/source-kind.ts'
import { int4, int8, json, rowType, text, timestamptz, uuid } from '../wire/binary-rows.ts'
import type { Statement } from '../wire/statement.ts'

/** An event of a source of any kind, as it is written. */
export type NewEvent = {
  readonly merchantId: MerchantId
  readonly sourceKind: SourceKind
  readonly sourceId: string
  /** what brought it about, so that a commit whose answer was lost is recognised */
  readonly commandId: CommandId
  readonly event: SourceEvent
  /** what endpoints subscribe to it by; null when nobody is told of it */
  readonly announcedAs: WebhookEvent | null
  /** JSON text that belongs to it: with the event that made a payment, the merchant's request */
  readonly details: string | null
  /** who at the merchant did it, where a person did; absent for the merchant's systems and for the program */
  readonly actor?: string
}

const actedEvent = rowType<NewEvent>('acted_event', [
  int4('merchant_id', (r) => r.merchantId),
  sourceKindColumn(),
  text('source_id', (r) => r.sourceId),
  int4('sequence', (r) => r.event.sequence),
  text('kind', (r) => r.event.kind),
  text('state', (r) => r.event.state),
  int8('amount', (r) => r.event.amount),
  int8('total', (r) => r.event.total),
  text('merchant_reference', (r) => r.event.merchantReference),
  text('note', (r) => r.event.note),
  uuid('command_id', (r) => r.commandId),
  timestamptz('at', (r) => r.event.at),
  json('details', (r) => r.details),
  text('actor', (r) => r.actor ?? null),
])

/** Part of the transaction that changes the source. A number that is taken is refused by the primary key. */
export function insertEvents(rows: readonly NewEvent[]): Statement {
  return {
    name: 'insert_events',
    text: `insert into event (${actedEvent.names}) select * from unnest($1::acted_event[])`,
    values: [actedEvent.arrayOf(rows)],
  }
}
