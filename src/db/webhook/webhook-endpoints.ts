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
  /** when the last of the secrets that were rotated out ends */
  readonly previousSecretUntil: Instant | null
}

const columns = `endpoint_id as id, kind, url, description, events, enabled, created_at as "createdAt",
  (select max(until) from unnest(previous_secrets_until) as until) as "previousSecretUntil"`

/** A pool, or the connection of a transaction. */
type Sender = Pick<pg.ClientBase, 'query'>

/** Keeps other changes of this merchant's endpoints waiting until the transaction ends. */
export async function lockEndpoints(sender: Sender, merchantId: MerchantId): Promise<void> {
  await sender.query('select from merchant where id = $1 for no key update', [merchantId])
}

export type NewEndpoint = Omit<EndpointRow, 'enabled' | 'previousSecretUntil'> & {
  readonly merchantId: MerchantId
  readonly secret: Buffer
}

/** Adds an endpoint unless the merchant has `most` of its kind already; false then. For a transaction that has locked the merchant's. */
export async function insertEndpoint(sender: Sender, endpoint: NewEndpoint, most: number): Promise<boolean> {
  const result = await sender.query(
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
export async function listEndpoints(sender: Sender, merchantId: MerchantId): Promise<EndpointRow[]> {
  const result = await sender.query<EndpointRow>(
    `select ${columns} from webhook_endpoint
     where merchant_id = $1 and kind = 'http' and deleted_at is null order by created_at, endpoint_id`,
    [merchantId],
  )
  return result.rows
}

export async function findEndpoint(
  sender: Sender,
  merchantId: MerchantId,
  id: string,
): Promise<(EndpointRow & { readonly secret: Buffer }) | undefined> {
  const result = await sender.query<EndpointRow & { secret: Buffer }>(
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
  sender: Sender,
  merchantId: MerchantId,
  id: string,
  change: EndpointChange,
): Promise<EndpointRow | undefined> {
  const result = await sender.query<EndpointRow>(
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

/** How many secrets that were rotated out may be valid at once. */
const mostPreviousSecrets = 8

/**
 * Puts a new secret in front; the one before it stays valid until `previousUntil`, and those before that as long as they were
 * told. Undefined when there is no such endpoint, `too_many` when so many secrets are valid that no other can be.
 */
export async function rotateSecret(
  sender: Sender,
  merchantId: MerchantId,
  id: string,
  { secret, now, previousUntil }: { readonly secret: Buffer; readonly now: Instant; readonly previousUntil: Instant },
): Promise<EndpointRow | 'too_many' | undefined> {
  const where = `merchant_id = $1 and endpoint_id = $2 and kind = 'http' and deleted_at is null`
  const live = await sender.query<{ count: number }>(
    `select (select count(*)::int from unnest(previous_secrets_until) as until where until > $3) as count
     from webhook_endpoint where ${where} for no key update`,
    [merchantId, id, timestampText(now)],
  )
  if (!live.rows[0]) return undefined
  if (live.rows[0].count >= mostPreviousSecrets) return 'too_many'
  const result = await sender.query<EndpointRow>(
    `update webhook_endpoint e set secret = $3,
       previous_secrets = secret || array(select s from unnest(e.previous_secrets, e.previous_secrets_until) as p (s, until)
         where until > $4),
       previous_secrets_until = $5::timestamptz || array(select until from unnest(e.previous_secrets_until) as until where until > $4)
     where ${where}
     returning ${columns}`,
    [merchantId, id, secret, timestampText(now), timestampText(previousUntil)],
  )
  return result.rows[0]
}

/** Ends an endpoint. What still waited for it is dead, and stays in the log. False when there was no such endpoint. */
export async function deleteEndpoint(
  sender: Sender,
  merchantId: MerchantId,
  id: string,
  at: Instant,
): Promise<boolean> {
  const result = await sender.query<{ ended: boolean }>(
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
