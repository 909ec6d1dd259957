import type { Pool } from 'pg'
import type { Uuid } from '../../domain/catalogue/model/uuid.ts'
import type { FailureReason } from '../../domain/payment/failure.ts'
import type { PaymentState } from '../../domain/payment/state.ts'
import type { Currency } from '../../kernel/currency.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { int4, json, rowType, text, timestamptz, uuid } from '../wire/binary-rows.ts'
import { timestampText } from '../wire/connection.ts'
import type { Statement } from '../wire/statement.ts'

type Queryable = Pick<Pool, 'query'>

/** The order beside a payment. `details` is JSON text: lines as priced and everything else as the client sent it. */
export type NewCatalogueOrder = {
  readonly merchantId: MerchantId
  readonly paymentId: PaymentId
  readonly organization: Uuid
  readonly channel: Uuid
  readonly instance: Uuid
  /** without NUL characters and lone surrogates, which no text column keeps */
  readonly requestId: string | null
  readonly createdAt: Instant
  readonly details: string
}

export type StoredCatalogueOrder = NewCatalogueOrder & {
  readonly state: PaymentState
  readonly currency: Currency
  readonly total: bigint
  readonly captured: bigint
  readonly refunded: bigint
  readonly failure: FailureReason | null
}

const newOrder = rowType<NewCatalogueOrder>('new_catalogue_order', [
  int4('merchant_id', (order) => order.merchantId),
  text('payment_id', (order) => order.paymentId),
  uuid('organization_uuid', (order) => order.organization),
  uuid('channel_uuid', (order) => order.channel),
  uuid('instance_uuid', (order) => order.instance),
  text('request_id', (order) => order.requestId),
  timestamptz('created_at', (order) => order.createdAt),
  json('details', (order) => order.details),
])

/** Inside the engine's transaction, with the payments' own rows. */
export function insertCatalogueOrders(orders: readonly NewCatalogueOrder[]): Statement {
  return {
    name: 'insert_catalogue_orders',
    text: `insert into catalogue_order (${newOrder.names}) select * from unnest($1::new_catalogue_order[])`,
    values: [newOrder.arrayOf(orders)],
  }
}

/** Undefined when the organization has no such order: another one's is as unknown as none. */
export async function findCatalogueOrder(
  db: Queryable,
  key: { readonly merchantId: MerchantId; readonly organization: Uuid; readonly paymentId: PaymentId },
): Promise<StoredCatalogueOrder | undefined> {
  const { rows } = await db.query<OrderRow>({
    name: 'find_catalogue_order',
    text: `select ${columns} from ${source}
      where s.merchant_id = $1 and s.organization_uuid = $2 and s.payment_id = $3`,
    values: [key.merchantId, key.organization, key.paymentId],
  })
  return rows[0] && orderFromRow(rows[0])
}

/** The last order of the page before; its two values are the whole cursor. */
export type OrderCursor = { readonly createdAt: Instant; readonly paymentId: PaymentId }

/**
 * Newest first, at most `limit`. Walking by cursor neither skips nor repeats an order while new ones come in. A `requestId` is its
 * payment's merchant reference as well, which has an index.
 */
export async function listCatalogueOrders(
  db: Queryable,
  query: {
    readonly merchantId: MerchantId
    readonly organization: Uuid
    readonly limit: number
    readonly before?: OrderCursor
    readonly requestId?: string
  },
): Promise<StoredCatalogueOrder[]> {
  const { rows } = await db.query<OrderRow>({
    name: 'list_catalogue_orders',
    text: `select ${columns} from ${source}
      where s.merchant_id = $1 and s.organization_uuid = $2
        and ($4::timestamptz is null or (s.created_at, s.payment_id) < ($4, $5))
        and ($6::text is null or (p.merchant_reference = $6 and s.request_id = $6))
      order by s.created_at desc, s.payment_id desc limit $3`,
    values: [
      query.merchantId,
      query.organization,
      query.limit,
      query.before ? timestampText(query.before.createdAt) : null,
      query.before?.paymentId ?? null,
      query.requestId ?? null,
    ],
  })
  return rows.map(orderFromRow)
}

const source = `catalogue_order s
  join payment p on p.merchant_id = s.merchant_id and p.payment_id = s.payment_id`
const columns = `s.merchant_id, s.payment_id, s.organization_uuid, s.channel_uuid, s.instance_uuid, s.request_id,
  s.created_at, s.details, p.state, p.currency, p.total, p.captured, p.refunded, p.failure`

type OrderRow = {
  merchant_id: MerchantId
  payment_id: PaymentId
  organization_uuid: Uuid
  channel_uuid: Uuid
  instance_uuid: Uuid
  request_id: string | null
  created_at: Instant
  details: string
  state: PaymentState
  currency: Currency
  total: bigint
  captured: bigint
  refunded: bigint
  failure: FailureReason | null
}

function orderFromRow(row: OrderRow): StoredCatalogueOrder {
  return {
    merchantId: row.merchant_id,
    paymentId: row.payment_id,
    organization: row.organization_uuid,
    channel: row.channel_uuid,
    instance: row.instance_uuid,
    requestId: row.request_id,
    createdAt: row.created_at,
    details: row.details,
    state: row.state,
    currency: row.currency,
    total: row.total,
    captured: row.captured,
    refunded: row.refunded,
    failure: row.failure,
  }
}
