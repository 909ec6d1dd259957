import type pg from 'pg'
import type { Shopper, ShopperId } from '../../domain/shopper/shopper.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/connection.ts'
import { type ShopperRow, shopperColumns, shopperFromRow } from './shoppers.ts'

type Sender = Pick<pg.Client, 'query'>

export type StoredSession = {
  readonly id: string
  readonly isRemembered: boolean
  readonly device: string
  readonly createdAt: Instant
  readonly lastSeenAt: Instant
  readonly expiresAt: Instant
}

export async function insertSession(
  sender: Sender,
  session: StoredSession & { readonly shopperId: ShopperId; readonly hash: Buffer },
): Promise<void> {
  await sender.query({
    name: 'insert_shopper_session',
    text: `insert into shopper_session (shopper_id, session_id, hash, is_remembered, device, created_at, last_seen_at, expires_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [
      session.shopperId,
      session.id,
      session.hash,
      session.isRemembered,
      session.device,
      timestampText(session.createdAt),
      timestampText(session.lastSeenAt),
      timestampText(session.expiresAt),
    ],
  })
}

const sessionColumns = `t.session_id as id, t.is_remembered as "isRemembered", t.device, t.created_at as "createdAt",
  t.last_seen_at as "lastSeenAt", t.expires_at as "expiresAt"`

export type FoundSession = { readonly shopper: Shopper; readonly session: StoredSession; readonly hash: Buffer }

/** A session that has not ended, of an account that was not erased. The caller compares the hash. */
export async function findSession(
  sender: Sender,
  shopperId: ShopperId,
  sessionId: string,
  now: Instant,
): Promise<FoundSession | undefined> {
  const result = await sender.query<ShopperRow & StoredSession & { hash: Buffer }>({
    name: 'find_shopper_session',
    text: `select ${shopperColumns}, ${sessionColumns}, t.hash from shopper_session t join shopper s on s.shopper_id = t.shopper_id
      where t.shopper_id = $1 and t.session_id = $2 and t.expires_at > $3 and s.state <> 'erased'`,
    values: [shopperId, sessionId, timestampText(now)],
  })
  const [row] = result.rows
  if (!row) return undefined
  const { id, isRemembered, device, createdAt, lastSeenAt, expiresAt } = row
  const session = { id, isRemembered, device, createdAt, lastSeenAt, expiresAt }
  return { shopper: shopperFromRow(row), session, hash: row.hash }
}

/** Newest first. */
export async function listSessions(sender: Sender, shopperId: ShopperId, now: Instant): Promise<StoredSession[]> {
  const result = await sender.query<StoredSession>({
    name: 'list_shopper_sessions',
    text: `select ${sessionColumns} from shopper_session t where t.shopper_id = $1 and t.expires_at > $2
      order by t.last_seen_at desc limit 50`,
    values: [shopperId, timestampText(now)],
  })
  return result.rows
}

export async function touchSession(
  sender: Sender,
  session: { shopperId: ShopperId; id: string; now: Instant; expiresAt: Instant },
): Promise<void> {
  await sender.query({
    name: 'touch_shopper_session',
    text: 'update shopper_session set last_seen_at = $3, expires_at = $4 where shopper_id = $1 and session_id = $2',
    values: [session.shopperId, session.id, timestampText(session.now), timestampText(session.expiresAt)],
  })
}

/** `sessionId` null ends all of them. */
export async function deleteSessions(sender: Sender, shopperId: ShopperId, sessionId: string | null): Promise<void> {
  await sender.query({
    name: 'delete_shopper_sessions',
    text: 'delete from shopper_session where shopper_id = $1 and ($2::uuid is null or session_id = $2)',
    values: [shopperId, sessionId],
  })
}
