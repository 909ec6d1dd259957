import type pg from 'pg'
import type { WebhookEvent } from '../../domain/webhook/event-name.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/connection.ts'
import type { Statement } from '../wire/statement.ts'

/** Where a merchant wants to be told of one payment, beside its endpoints. */
export type PaymentCallback = { readonly merchantId: MerchantId; readonly paymentId: PaymentId; readonly url: string }

/** Inside the transaction that makes the payments, before their events are announced. */
export function insertPaymentCallbacks(rows: readonly PaymentCallback[]): Statement {
  return {
    name: 'insert_payment_callbacks',
    text: `insert into payment_callback (merchant_id, payment_id, url) select * from unnest($1::int[], $2::text[], $3::text[])`,
    values: [rows.map((row) => row.merchantId), rows.map((row) => row.paymentId), rows.map((row) => row.url)],
  }
}

/** Makes the endpoint behind a merchant's callbacks, once; whoever comes second finds the first one's. */
export async function insertCallbackEndpoint(
  pool: pg.Pool,
  endpoint: {
    readonly merchantId: MerchantId
    readonly id: string
    readonly secret: Buffer
    readonly events: readonly WebhookEvent[]
    readonly createdAt: Instant
  },
): Promise<void> {
  await pool.query(
    `insert into webhook_endpoint (merchant_id, endpoint_id, kind, events, secret, created_at)
     values ($1, $2, 'callbacks', $3, $4, $5)
     on conflict (merchant_id) where kind = 'callbacks' and deleted_at is null do nothing`,
    [endpoint.merchantId, endpoint.id, endpoint.events, endpoint.secret, timestampText(endpoint.createdAt)],
  )
}

/** The sealed secret that a merchant's callbacks are signed with; undefined before the first payment that has one. */
export async function findCallbackSecret(pool: pg.Pool, merchantId: MerchantId): Promise<Buffer | undefined> {
  const { rows } = await pool.query<{ secret: Buffer }>(
    `select secret from webhook_endpoint where merchant_id = $1 and kind = 'callbacks' and deleted_at is null`,
    [merchantId],
  )
  return rows[0]?.secret
}
