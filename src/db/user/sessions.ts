import type pg from 'pg'
import type { SessionId, UserId } from '../../domain/user/user.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/connection.ts'

type Sender = Pick<pg.Client, 'query'>

export type SessionRow = {
  readonly sessionId: SessionId
  readonly userId: UserId
  /** false while the second factor is missing: such a session opens nothing */
  readonly isComplete: boolean
  readonly createdAt: Instant
  readonly seenAt: Instant
  readonly expiresAt: Instant
  readonly steppedUpAt: Instant | null
  readonly address: string
  readonly agent: string
}

export type NewSession = SessionRow & { readonly tokenHash: Buffer }

const columns = `session_id as "sessionId", user_id as "userId", is_complete as "isComplete", created_at as "createdAt",
  seen_at as "seenAt", expires_at as "expiresAt", stepped_up_at as "steppedUpAt", address, agent`

export async function insertSession(sender: Sender, session: NewSession): Promise<void> {
  await sender.query(
    `insert into staff_session (token_hash, session_id, user_id, is_complete, created_at, seen_at, expires_at, stepped_up_at, address, agent)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      session.tokenHash,
      session.sessionId,
      session.userId,
      session.isComplete,
      timestampText(session.createdAt),
      timestampText(session.seenAt),
      timestampText(session.expiresAt),
      session.steppedUpAt && timestampText(session.steppedUpAt),
      session.address,
      session.agent,
    ],
  )
}

/** The live session of this token, of a person who is not disabled. */
export async function findSession(sender: Sender, tokenHash: Buffer, now: Instant): Promise<SessionRow | undefined> {
  const result = await sender.query<SessionRow>({
    name: 'find_staff_session',
    text: `select ${columns} from staff_session s
      where token_hash = $1 and ended_at is null and expires_at > $2
        and exists (select from staff where staff.user_id = s.user_id and disabled_at is null)`,
    values: [tokenHash, timestampText(now)],
  })
  return result.rows[0]
}

/** Moves the end of a session that is in use. */
export async function touchSession(sender: Sender, id: SessionId, seenAt: Instant, expiresAt: Instant): Promise<void> {
  await sender.query(
    'update staff_session set seen_at = $2, expires_at = $3 where session_id = $1 and ended_at is null',
    [id, timestampText(seenAt), timestampText(expiresAt)],
  )
}

/** The person proved once more to be there. */
export async function stepUpSession(sender: Sender, id: SessionId, at: Instant): Promise<void> {
  await sender.query('update staff_session set stepped_up_at = $2 where session_id = $1', [id, timestampText(at)])
}

/** Keeps the challenge of a passkey ceremony with the session that asked for it. */
export async function setChallenge(sender: Sender, id: SessionId, challenge: string): Promise<void> {
  await sender.query('update staff_session set challenge = $2 where session_id = $1', [id, challenge])
}

/** The standing challenge, once: a second answer to it finds none. */
export async function takeChallenge(sender: Sender, id: SessionId): Promise<string | undefined> {
  const result = await sender.query<{ challenge: string }>(
    `with taken as (select session_id, challenge from staff_session where session_id = $1 and challenge is not null for update)
     update staff_session s set challenge = null from taken where s.session_id = taken.session_id returning taken.challenge`,
    [id],
  )
  return result.rows[0]?.challenge
}

/** The live sessions of a person, newest use first. */
export async function listSessions(sender: Sender, userId: UserId, now: Instant): Promise<SessionRow[]> {
  const result = await sender.query<SessionRow>(
    `select ${columns} from staff_session
     where user_id = $1 and ended_at is null and expires_at > $2 and is_complete order by seen_at desc limit 100`,
    [userId, timestampText(now)],
  )
  return result.rows
}

/** True when a live session of this person was ended by it. */
export async function endSession(sender: Sender, userId: UserId, id: SessionId, at: Instant): Promise<boolean> {
  const result = await sender.query(
    'update staff_session set ended_at = $3 where session_id = $2 and user_id = $1 and ended_at is null',
    [userId, id, timestampText(at)],
  )
  return result.rowCount === 1
}

/** Ends all of a person's sessions but one: after a change of password whoever had the old one is out. */
export async function endOtherSessions(
  sender: Sender,
  userId: UserId,
  kept: SessionId | null,
  at: Instant,
): Promise<void> {
  await sender.query(
    `update staff_session set ended_at = $3
     where user_id = $1 and ended_at is null and session_id is distinct from $2`,
    [userId, kept, timestampText(at)],
  )
}
