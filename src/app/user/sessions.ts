import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import {
  endSession,
  findSession,
  insertSession,
  listSessions,
  type SessionRow,
  touchSession,
} from '../../db/user/sessions.ts'
import { findStaff, listMemberships, type Membership } from '../../db/user/staff.ts'
import type { SessionId, UserId } from '../../domain/user/user.ts'
import type { Clock } from '../../kernel/clock.ts'
import { day, hour, type Instant, minute, plus } from '../../kernel/instant.ts'
import { outageAsUnavailable } from '../shared/outage.ts'

/** Where a request comes from, as the session's owner recognises it. */
export type Origin = { readonly address: string; readonly agent: string }

export type SignedIn = {
  readonly user: { readonly id: UserId; readonly email: string; readonly name: string; readonly language: string }
  readonly session: Pick<SessionRow, 'sessionId' | 'steppedUpAt'>
  readonly memberships: readonly Membership[]
}

export type Sessions = {
  /** Begins a session; `token` is what the browser keeps, and is never stored. Incomplete: the second factor is missing. */
  readonly begin: (userId: UserId, origin: Origin, isComplete: boolean) => Promise<{ token: string; id: SessionId }>
  /** Who is signed in with this token, wholly; undefined for nobody. */
  readonly find: (token: string) => Promise<SignedIn | undefined>
  /** The same for whoever only watches: being asked about keeps no session alive. */
  readonly peek: (token: string) => Promise<SignedIn | undefined>
  /** The session that waits for its second factor. */
  readonly findPending: (token: string) => Promise<SessionRow | undefined>
  readonly list: (userId: UserId) => Promise<readonly SessionRow[]>
  readonly end: (userId: UserId, id: SessionId) => Promise<boolean>
}

/** A session in use lives for twelve hours more, and never for longer than two weeks; one without its second factor for ten minutes. */
const idleLife = 12n * hour
const longestLife = 14n * day
const pendingLife = 10n * minute
/** Use is written down this often, so that clicking through the portal does not write for each click. */
const touchEvery = 5n * minute

/** Sessions run on real time: moving the sandbox's clock by months signs nobody out. */
export function createSessions(pool: pg.Pool, clock: Clock): Sessions {
  const findLive = (token: string) => outageAsUnavailable(findSession(pool, hashToken(token), clock.now()))
  return {
    begin: async (userId, origin, isComplete) => {
      const now = clock.now()
      const token = randomBytes(32).toString('base64url')
      const sessionId = randomUUID() as SessionId
      const session = { sessionId, userId, isComplete, createdAt: now, seenAt: now, ...clipped(origin) }
      const expiresAt = plus(now, isComplete ? idleLife : pendingLife)
      const steppedUpAt = isComplete ? now : null
      await outageAsUnavailable(
        insertSession(pool, { ...session, tokenHash: hashToken(token), expiresAt, steppedUpAt }),
      )
      return { token, id: sessionId }
    },
    find: async (token) => {
      const session = await findLive(token)
      if (!session?.isComplete) return undefined
      await keepAlive(pool, session, clock.now())
      return await outageAsUnavailable(signedIn(pool, session))
    },
    peek: async (token) => {
      const session = await findLive(token)
      return session?.isComplete ? await outageAsUnavailable(signedIn(pool, session)) : undefined
    },
    findPending: async (token) => {
      const session = await findLive(token)
      return session && !session.isComplete ? session : undefined
    },
    list: (userId) => outageAsUnavailable(listSessions(pool, userId, clock.now())),
    end: (userId, id) => outageAsUnavailable(endSession(pool, userId, id, clock.now())),
  }
}

function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

async function signedIn(pool: pg.Pool, session: SessionRow): Promise<SignedIn | undefined> {
  const staff = await findStaff(pool, session.userId)
  if (!staff) return undefined
  const { userId: id, email, name, language } = staff
  return { user: { id, email, name, language }, session, memberships: await listMemberships(pool, id) }
}

async function keepAlive(pool: pg.Pool, session: SessionRow, now: Instant): Promise<void> {
  if (now - session.seenAt < touchEvery) return
  const last = plus(session.createdAt, longestLife)
  const wished = plus(now, idleLife)
  await outageAsUnavailable(touchSession(pool, session.sessionId, now, wished < last ? wished : last))
}

const longestAgent = 200

function clipped({ address, agent }: Origin): Origin {
  return { address: address.slice(0, 64), agent: agent.slice(0, longestAgent).toWellFormed() }
}
