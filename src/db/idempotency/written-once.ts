import type pg from 'pg'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/connection.ts'

export type KeyUse = {
  readonly merchantId: MerchantId
  /** what the key belongs to: the same key of another operation is another key */
  readonly operation: string
  readonly key: string
}

export type KeptAnswer = { readonly bodyHash: Buffer; readonly response: string }

/** Waits until no other transaction uses the key, then answers what is kept under it. Part of a transaction, which keeps the key. */
export async function lockKey(client: pg.ClientBase, use: KeyUse): Promise<KeptAnswer | undefined> {
  const { merchantId, operation, key } = use
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, $2))', [`${operation}\n${key}`, merchantId])
  const result = await client.query<KeptAnswer>(
    `select body_hash as "bodyHash", response from idempotency where merchant_id = $1 and operation = $2 and key = $3`,
    [merchantId, operation, key],
  )
  return result.rows[0]
}

export async function keepAnswer(client: pg.ClientBase, use: KeyUse, kept: KeptAnswer, at: Instant): Promise<void> {
  await client.query(
    `insert into idempotency (merchant_id, operation, key, body_hash, response, created_at) values ($1, $2, $3, $4, $5, $6)`,
    [use.merchantId, use.operation, use.key, kept.bodyHash, kept.response, timestampText(at)],
  )
}
