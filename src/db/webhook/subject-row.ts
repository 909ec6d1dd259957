import type { Protocol } from '../../domain/payment/payment.ts'
import type { WebhookSubject } from '../../domain/webhook/subject.ts'
import type { Currency } from '../../kernel/currency.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import { type SourceLetter, sourceKindOf } from '../ledger/source-kind.ts'
import { type EventRow, eventFromRow } from '../payment/payment-row.ts'

/** Columns of what a message tells of, in `from` a relation `m` that names a source and a sequence, joined by `subjectJoins`. */
export const subjectColumns = `e.merchant_id, e.source_kind, e.source_id, ${fact('protocol')}, ${fact('product')}, ${fact('currency')},
  e.sequence, e.kind, e.state, e.amount, e.total, e.merchant_reference, e.note, e.at,
  case e.source_kind when 'p' then d.details when 't' then e.details -> 'request' else e.details end as details`

/** A payment's own; a test, which has no payment, says it in its event. */
function fact(name: 'protocol' | 'product' | 'currency'): string {
  return `case when e.source_kind = 't' then e.details ->> '${name}' else p.${name} end as ${name}`
}

/** Joins the event, its payment if it is one's, and the request that made that payment for the events named in the parameter. */
export function subjectJoins(m: string, detailsFor: string): string {
  return `join event e on e.merchant_id = ${m}.merchant_id and e.source_kind = ${m}.source_kind
        and e.source_id = ${m}.source_id and e.sequence = ${m}.sequence
      left join payment p on ${m}.source_kind = 'p' and p.merchant_id = ${m}.merchant_id and p.payment_id = ${m}.source_id
      left join event d on ${m}.source_kind = 'p' and ${m}.event = any(${detailsFor}::text[])
        and d.merchant_id = ${m}.merchant_id and d.source_kind = 'p' and d.source_id = ${m}.source_id and d.sequence = 1`
}

export type SubjectRow = Omit<EventRow, 'total'> & {
  merchant_id: MerchantId
  source_kind: SourceLetter
  source_id: string
  total: bigint | null
  details: string | null
} & (
    | {
        source_kind: 'p' | 't'
        total: bigint
        protocol: Protocol
        product: string
        currency: Currency
      }
    | { source_kind: Exclude<SourceLetter, 'p' | 't'> }
  )

export function subjectFromRow(row: SubjectRow): WebhookSubject {
  const merchantId = row.merchant_id
  if (row.source_kind !== 'p' && row.source_kind !== 't') {
    const kind = sourceKindOf(row.source_kind)
    const { sequence, state, amount, total, note, at } = row
    const event = {
      sequence,
      kind: row.kind,
      state,
      amount,
      total,
      merchantReference: row.merchant_reference,
      note,
      at,
    }
    return { kind: kind as Exclude<typeof kind, 'payment' | 'test'>, merchantId, id: row.source_id, event }
  }
  const { protocol, product, currency } = row
  const payment = { merchantId, id: row.source_id as PaymentId, protocol, product, currency }
  return { kind: 'payment', id: payment.id, merchantId, payment, event: eventFromRow(row) }
}
