import type pg from 'pg'
import type { Protocol } from '../../domain/payment/payment.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'

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
}

export async function insertApiKey(sender: Pick<pg.Client, 'query'>, key: NewApiKey): Promise<void> {
  await sender.query(
    `insert into api_key (hash, id, merchant_id, kind, protocol, last4, sealed) values ($1, $2, $3, $4, $5, $6, $7)`,
    [key.hash, key.id, key.merchantId, key.kind, key.protocol, key.last4, key.sealed],
  )
}

export type ApiKeyRow = {
  readonly id: string
  readonly merchantId: MerchantId
  readonly kind: string
  readonly protocol: Protocol
  readonly last4: string
  readonly createdAt: Instant
  readonly revokedAt: Instant | null
}

export async function listApiKeys(pool: pg.Pool, merchantId: MerchantId): Promise<ApiKeyRow[]> {
  const result = await pool.query<ApiKeyRow>(
    `select id, merchant_id as "merchantId", kind, protocol, last4, created_at as "createdAt", revoked_at as "revokedAt"
     from api_key where merchant_id = $1 order by created_at, id`,
    [merchantId],
  )
  return result.rows
}

/** True when the key existed and was live: a second revocation changes nothing. */
export async function revokeApiKey(pool: pg.Pool, id: string): Promise<boolean> {
  const result = await pool.query('update api_key set revoked_at = now() where id = $1 and revoked_at is null', [id])
  return result.rowCount === 1
}

/** The newest live key of a protocol that is kept, encrypted: what its webhooks are signed with. */
export async function findSigningKey(
  pool: pg.Pool,
  merchantId: MerchantId,
  protocol: Protocol,
): Promise<Buffer | undefined> {
  const result = await pool.query<{ sealed: Buffer }>({
    name: 'find_signing_key',
    text: `select sealed from api_key
      where merchant_id = $1 and protocol = $2 and revoked_at is null and sealed is not null
      order by created_at desc, id limit 1`,
    values: [merchantId, protocol],
  })
  return result.rows[0]?.sealed
}
