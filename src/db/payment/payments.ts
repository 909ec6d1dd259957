import type pg from 'pg'
import type { PaymentEvent } from '../../domain/payment/event.ts'
import type { Payment, Protocol } from '../../domain/payment/payment.ts'
import type { PaymentState } from '../../domain/payment/state.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/types-on-wire.ts'
import {
  type EventRow,
  eventColumns,
  eventFromRow,
  type PaymentRow,
  paymentColumns,
  paymentFromRow,
} from './payment-row.ts'

/** A payment with the request that made it. */
export type StoredPayment = { readonly payment: Payment; readonly details: string }

export async function findPayment(
  pool: pg.Pool,
  merchantId: MerchantId,
  id: PaymentId,
): Promise<StoredPayment | undefined> {
  return (await findStored(pool, merchantId, [id]))[0]
}

/** Those of these ids that are the merchant's, in no order. `offset 0` keeps a plan made for small tables from reading all that the merchant has. */
export async function findStored(
  pool: Pick<pg.Pool, 'query'>,
  merchantId: MerchantId,
  ids: readonly PaymentId[],
): Promise<StoredPayment[]> {
  const { rows } = await pool.query<PaymentRow & { details: string }>({
    name: 'find_stored',
    text: `select ${paymentColumns}, e.details from unnest($2::text[]) as k (payment_id)
      cross join lateral (select * from payment where merchant_id = $1 and payment_id = k.payment_id offset 0) p
      cross join lateral (select details from event where merchant_id = $1 and source_kind = 'p'
        and source_id = k.payment_id and sequence = 1 offset 0) e`,
    values: [merchantId, ids],
  })
  return rows.map((row) => ({ payment: paymentFromRow(row), details: row.details }))
}

/** An event as its history tells it: with who at the merchant did it, where a person did. */
export type StoredEvent = PaymentEvent & { readonly actor: string | null }

export async function listEvents(pool: pg.Pool, merchantId: MerchantId, id: PaymentId): Promise<StoredEvent[]> {
  const result = await pool.query<EventRow & { actor: string | null }>({
    name: 'list_events',
    text: `select ${eventColumns}, e.actor from event e
      where e.merchant_id = $1 and e.source_kind = 'p' and e.source_id = $2 order by e.sequence`,
    values: [merchantId, id],
  })
  return result.rows.map((row) => ({ ...eventFromRow(row), actor: row.actor }))
}

/** Those of these ids that are the merchant's, newest first. */
export async function findPayments(
  pool: pg.Pool,
  merchantId: MerchantId,
  ids: readonly PaymentId[],
): Promise<Payment[]> {
  const { rows } = await pool.query<PaymentRow>(
    `select ${paymentColumns} from payment p where p.merchant_id = $1 and p.payment_id = any ($2)
     order by p.created_at desc, p.payment_id desc`,
    [merchantId, ids],
  )
  return rows.map(paymentFromRow)
}

export type PaymentQuery = {
  readonly merchantId: MerchantId
  readonly state: PaymentState | null
  readonly merchantReference: string | null
  /** created at or after, and before */
  readonly from: Instant | null
  readonly to: Instant | null
  /** the page after this payment, which is the merchant's own */
  readonly after: PaymentId | null
  readonly limit: number
}

/** A merchant's payments, newest first. A filter that is null does not filter. */
export async function listPayments(pool: pg.Pool, query: PaymentQuery): Promise<Payment[]> {
  const result = await pool.query<PaymentRow>(
    `select ${paymentColumns} from payment p
     where p.merchant_id = $1
       and ($2::text is null or p.state = $2)
       and ($3::text is null or p.merchant_reference = $3)
       and ($4::timestamptz is null or p.created_at >= $4)
       and ($5::timestamptz is null or p.created_at < $5)
       and ($6::text is null or (p.created_at, p.payment_id) <
         (select created_at, payment_id from payment where merchant_id = $1 and payment_id = $6))
     order by p.created_at desc, p.payment_id desc limit $7`,
    [
      query.merchantId,
      query.state,
      query.merchantReference,
      query.from && timestampText(query.from),
      query.to && timestampText(query.to),
      query.after,
      query.limit,
    ],
  )
  return result.rows.map(paymentFromRow)
}

export type ReferenceRow = {
  readonly paymentId: PaymentId
  readonly merchantReference: string | null
  readonly processorReference: string | null
  readonly createdAt: Instant
}

/** Payments by the merchant's own labels, newest first. A filter that is null does not filter. */
export async function findByReferences(
  pool: pg.Pool,
  query: {
    merchantId: MerchantId
    protocol: Protocol
    paymentId: string | null
    merchantReference: string | null
    processorReference: string | null
    limit: number
  },
): Promise<ReferenceRow[]> {
  const result = await pool.query<ReferenceRow>(
    `select payment_id as "paymentId", merchant_reference as "merchantReference",
       processor_reference as "processorReference", created_at as "createdAt"
     from payment
     where merchant_id = $1 and protocol = $2
       and ($3::text is null or payment_id = $3)
       and ($4::text is null or merchant_reference = $4)
       and ($5::text is null or processor_reference = $5)
     order by created_at desc, payment_id limit $6`,
    [query.merchantId, query.protocol, query.paymentId, query.merchantReference, query.processorReference, query.limit],
  )
  return result.rows
}
