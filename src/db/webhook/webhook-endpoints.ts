import type pg from 'pg'
import type { WebhookEvent } from '../../domain/webhook/event-name.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/connection.ts'

export type EndpointRow = {
  readonly id: string
  readonly kind: 'http' | 'listener'
  readonly url: string | null
  readonly description: string
  /** null: every usual event */
  readonly events: readonly WebhookEvent[] | null
  readonly enabled: boolean
  readonly createdAt: Instant
  readonly previousSecretUntil: Instant | null
}

const columns = `endpoint_id as id, kind, url, description, events, enabled, created_at as "createdAt",
  previous_secret_until as "previousSecretUntil"`

export type NewEndpoint = Omit<EndpointRow, 'enabled' | 'previousSecretUntil'> & {
  readonly merchantId: MerchantId
  readonly secret: Buffer
}

/** Adds an endpoint unless the merchant has `most` of its kind already; false then. */
export async function insertEndpoint(pool: pg.Pool, endpoint: NewEndpoint, most: number): Promise<boolean> {
  const result = await pool.query(
    `insert into webhook_endpoint (merchant_id, endpoint_id, kind, url, description, events, secret, created_at)
     select $1, $2, $3, $4, $5, $6, $7, $8
     where (select count(*) from webhook_endpoint where merchant_id = $1 and kind = $3 and deleted_at is null) < $9`,
    [
      endpoint.merchantId,
      endpoint.id,
      endpoint.kind,
      endpoint.url,
      endpoint.description,
      endpoint.events,
      endpoint.secret,
      timestampText(endpoint.createdAt),
      most,
    ],
  )
  return result.rowCount === 1
}

/** Live endpoints that are sent to, oldest first. */
export async function listEndpoints(pool: pg.Pool, merchantId: MerchantId): Promise<EndpointRow[]> {
  const result = await pool.query<EndpointRow>(
    `select ${columns} from webhook_endpoint
     where merchant_id = $1 and kind = 'http' and deleted_at is null order by created_at, endpoint_id`,
    [merchantId],
  )
  return result.rows
}

export async function findEndpoint(
  pool: pg.Pool,
  merchantId: MerchantId,
  id: string,
): Promise<(EndpointRow & { readonly secret: Buffer }) | undefined> {
  const result = await pool.query<EndpointRow & { secret: Buffer }>(
    `select ${columns}, secret from webhook_endpoint where merchant_id = $1 and endpoint_id = $2 and deleted_at is null`,
    [merchantId, id],
  )
  return result.rows[0]
}

/** What is absent stays as it is. `events` null opens the filter, so it is wrapped. */
export type EndpointChange = {
  readonly url?: string
  readonly description?: string
  readonly events?: { readonly list: readonly WebhookEvent[] | null }
  readonly enabled?: boolean
}

export async function updateEndpoint(
  pool: pg.Pool,
  merchantId: MerchantId,
  id: string,
  change: EndpointChange,
): Promise<EndpointRow | undefined> {
  const result = await pool.query<EndpointRow>(
    `update webhook_endpoint set url = coalesce($3, url), description = coalesce($4, description),
       events = case when $5 then $6::text[] else events end, enabled = coalesce($7, enabled)
     where merchant_id = $1 and endpoint_id = $2 and kind = 'http' and deleted_at is null
     returning ${columns}`,
    [
      merchantId,
      id,
      change.url ?? null,
      change.description ?? null,
      change.events !== undefined,
      change.events?.list ?? null,
      change.enabled ?? null,
    ],
  )
  return result.rows[0]
}

/** Puts a new secret in front; the one before it stays valid until `previousUntil`, and any older one ends now. */
export async function rotateSecret(
  pool: pg.Pool,
  merchantId: MerchantId,
  id: string,
  { secret, previousUntil }: { readonly secret: Buffer; readonly previousUntil: Instant },
): Promise<EndpointRow | undefined> {
  const result = await pool.query<EndpointRow>(
    `update webhook_endpoint set previous_secret = secret, previous_secret_until = $4, secret = $3
     where merchant_id = $1 and endpoint_id = $2 and kind = 'http' and deleted_at is null
     returning ${columns}`,
    [merchantId, id, secret, timestampText(previousUntil)],
  )
  return result.rows[0]
}

/** Ends an endpoint. What still waited for it is dead, and stays in the log. False when there was no such endpoint. */
export async function deleteEndpoint(pool: pg.Pool, merchantId: MerchantId, id: string, at: Instant): Promise<boolean> {
  const result = await pool.query<{ ended: boolean }>(
    `with ended as (
       update webhook_endpoint set deleted_at = $3
       where merchant_id = $1 and endpoint_id = $2 and kind <> 'callbacks' and deleted_at is null
       returning merchant_id, endpoint_id
     ), dropped as (
       update webhook_message m set state = 'dead', next_attempt_at = null, claimed_until = null from ended
       where m.merchant_id = ended.merchant_id and m.endpoint_id = ended.endpoint_id and m.state = 'pending'
     ), forgotten as (
       delete from webhook_feed f using ended where f.merchant_id = ended.merchant_id and f.endpoint_id = ended.endpoint_id
     )
     select true as ended from ended`,
    [merchantId, id, timestampText(at)],
  )
  return result.rows.length === 1
}
