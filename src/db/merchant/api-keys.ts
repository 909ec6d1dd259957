import type pg from 'pg'
import type { Protocol } from '../../domain/payment/payment.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { isServedHere } from '../cell/absent-merchants.ts'

export type NewApiKey = {
  /** SHA-256 of the key */
  readonly hash: Buffer
  /** names the key where the key itself must not be shown */
  readonly id: string
  readonly merchantId: MerchantId
  readonly kind: string
  readonly protocol: Protocol
  readonly last4: string
  /** the key, encrypted, where its protocol signs with it */
  readonly sealed: Buffer | null
  /** what people call it; default nothing */
  readonly name?: string
  /** the id of the key whose place it takes */
  readonly replaces?: string
}

type Sender = Pick<pg.Client, 'query'>

/** False when the id is taken: whoever made the id of what was asked for has made this key before. */
export async function insertApiKey(sender: Sender, key: NewApiKey): Promise<boolean> {
  const result = await sender.query(
    `insert into api_key (hash, id, merchant_id, kind, protocol, last4, sealed, name, replaces)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing`,
    [
      key.hash,
      key.id,
      key.merchantId,
      key.kind,
      key.protocol,
      key.last4,
      key.sealed,
      key.name ?? '',
      key.replaces ?? null,
    ],
  )
  return result.rowCount === 1
}

/** SQL, true of a row of `api_key` that opens its merchant. */
export const isLive = 'revoked_at is null and (expires_at is null or expires_at > now())'

/** The APIs that the merchant has keys of. */
export async function listProtocolsOf(
  sender: Pick<pg.Client, 'query'>,
  merchantId: MerchantId,
): Promise<readonly Protocol[]> {
  const { rows } = await sender.query<{ protocol: Protocol }>(
    `select distinct protocol from api_key where merchant_id = $1 and ${isLive} order by protocol`,
    [merchantId],
  )
  return rows.map(({ protocol }) => protocol)
}

export type ApiKeyRow = {
  readonly id: string
  readonly merchantId: MerchantId
  readonly kind: string
  readonly protocol: Protocol
  readonly last4: string
  readonly name: string
  readonly createdAt: Instant
  readonly revokedAt: Instant | null
  /** when it ends, or ended, because another one took its place */
  readonly expiresAt: Instant | null
  /** to the minute; null: never seen */
  readonly lastUsedAt: Instant | null
  /** neither revoked nor ended, by the time that decides it: the database's */
  readonly isLive: boolean
}

const columns = `id, merchant_id as "merchantId", kind, protocol, last4, name, created_at as "createdAt",
  revoked_at as "revokedAt", expires_at as "expiresAt", last_used_at as "lastUsedAt", (${isLive}) as "isLive"`

/** The rows that an update has changed. A cluster's node has the time in no `returning` clause. */
function changed(update: string): string {
  return `with changed as (${update} returning *) select ${columns} from changed`
}

export async function listApiKeys(sender: Sender, merchantId: MerchantId): Promise<ApiKeyRow[]> {
  const result = await sender.query<ApiKeyRow>(
    `select ${columns} from api_key where merchant_id = $1 order by created_at, id`,
    [merchantId],
  )
  return result.rows
}

export async function countLiveKeys(sender: Sender, merchantId: MerchantId): Promise<number> {
  const result = await sender.query<{ count: number }>(
    `select count(*)::int as count from api_key where merchant_id = $1 and ${isLive}`,
    [merchantId],
  )
  return result.rows[0]?.count ?? 0
}

/** Lets a live key of the merchant end by itself; undefined when there is no such key, or its end is set already. */
export async function letKeyExpire(
  sender: Sender,
  merchantId: MerchantId,
  id: string,
  afterSeconds: number,
): Promise<ApiKeyRow | undefined> {
  const result = await sender.query<ApiKeyRow>(
    changed(`update api_key set expires_at = now() + $3 * interval '1 second'
      where merchant_id = $1 and id = $2 and revoked_at is null and expires_at is null`),
    [merchantId, id, afterSeconds],
  )
  return result.rows[0]
}

/** Ends a live key of the merchant at once; undefined when there is none. */
export async function revokeKeyOf(sender: Sender, merchantId: MerchantId, id: string): Promise<ApiKeyRow | undefined> {
  const result = await sender.query<ApiKeyRow>(
    changed(`update api_key set revoked_at = now() where merchant_id = $1 and id = $2 and ${isLive}`),
    [merchantId, id],
  )
  return result.rows[0]
}

/** Notes that these keys were seen. One that was noted within the last minute is left alone. */
export async function noteKeyUses(sender: Sender, ids: readonly string[]): Promise<void> {
  await sender.query({
    name: 'note_key_uses',
    text: `update api_key set last_used_at = now()
      where id = any($1::text[]) and (last_used_at is null or last_used_at < now() - interval '1 minute')
        and ${isServedHere('merchant_id')}`,
    values: [ids],
  })
}

/** Ends a key at once, whosever it is; undefined when there is none that is not revoked: a second revocation changes nothing. */
export async function revokeApiKey(sender: Sender, id: string): Promise<ApiKeyRow | undefined> {
  const result = await sender.query<ApiKeyRow>(
    changed('update api_key set revoked_at = now() where id = $1 and revoked_at is null'),
    [id],
  )
  return result.rows[0]
}

/**
 * The newest live key of a protocol that is kept, encrypted: what its webhooks are signed with. One that took another's place comes last
 * until the shop has used it: whoever checks signatures does not know it before.
 */
export async function findSigningKey(
  pool: pg.Pool,
  merchantId: MerchantId,
  protocol: Protocol,
): Promise<Buffer | undefined> {
  const result = await pool.query<{ sealed: Buffer }>({
    name: 'find_signing_key',
    text: `select sealed from api_key
      where merchant_id = $1 and protocol = $2 and ${isLive} and sealed is not null
      order by replaces is not null and last_used_at is null, created_at desc, id limit 1`,
    values: [merchantId, protocol],
  })
  return result.rows[0]?.sealed
}
