import type pg from 'pg'
import type { UserId } from '../../domain/user/user.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/connection.ts'

type Sender = Pick<pg.Client, 'query'>

export type PasskeyRow = {
  readonly userId: UserId
  /** base64url, as the browser names it */
  readonly credentialId: string
  readonly publicKey: Buffer
  readonly counter: bigint
  readonly transports: readonly string[]
  readonly name: string
  readonly createdAt: Instant
  readonly lastUsedAt: Instant | null
}

const columns = `user_id as "userId", credential_id as "credentialId", public_key as "publicKey", counter, transports, name,
  created_at as "createdAt", last_used_at as "lastUsedAt"`

export async function insertPasskey(sender: Sender, key: Omit<PasskeyRow, 'lastUsedAt'>): Promise<void> {
  await sender.query(
    `insert into staff_passkey (user_id, credential_id, public_key, counter, transports, name, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [key.userId, key.credentialId, key.publicKey, key.counter, key.transports, key.name, timestampText(key.createdAt)],
  )
}

export async function listPasskeys(sender: Sender, userId: UserId): Promise<PasskeyRow[]> {
  const result = await sender.query<PasskeyRow>(
    `select ${columns} from staff_passkey where user_id = $1 order by created_at, credential_id`,
    [userId],
  )
  return result.rows
}

export async function findPasskey(sender: Sender, credentialId: string): Promise<PasskeyRow | undefined> {
  const result = await sender.query<PasskeyRow>(`select ${columns} from staff_passkey where credential_id = $1`, [
    credentialId,
  ])
  return result.rows[0]
}

/** False when another answer with this counter or a later one was first: a copied key counts on its own. */
export async function advancePasskey(sender: Sender, key: PasskeyRow, counter: bigint, at: Instant): Promise<boolean> {
  const result = await sender.query(
    `update staff_passkey set counter = $3, last_used_at = $4
     where user_id = $1 and credential_id = $2 and ($3 = 0 and counter = 0 or counter < $3)`,
    [key.userId, key.credentialId, counter, timestampText(at)],
  )
  return result.rowCount === 1
}

export async function deletePasskey(sender: Sender, userId: UserId, credentialId: string): Promise<boolean> {
  const result = await sender.query('delete from staff_passkey where user_id = $1 and credential_id = $2', [
    userId,
    credentialId,
  ])
  return result.rowCount === 1
}
