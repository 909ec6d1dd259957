import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import {
  deleteSessions,
  findSession,
  insertSession,
  type StoredSession,
  touchSession,
} from '../../db/shopper/sessions.ts'
import type { Shopper, ShopperId } from '../../domain/shopper/shopper.ts'
import { day, hour, type Instant, minute, plus } from '../../kernel/instant.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import { isSame } from './secrets.ts'
import type { ShopperParts } from './shopper-parts.ts'

/** How long a session lives after it was last used: on a remembered device, and on any other. */
const sessionLife = { remembered: 90n * day, other: hour } as const

/** How much of its life a session may have lost before its end is moved: one write a minute at most. */
const touchAfter = minute

export type Session = { readonly shopper: Shopper; readonly id: string }

/** A new session; returns the value of its cookie, which exists nowhere else. */
export async function startSession(
  { secrets, clock }: ShopperParts,
  client: pg.PoolClient,
  shopperId: ShopperId,
  { isRemembered, device }: { readonly isRemembered: boolean; readonly device: string },
): Promise<string> {
  const now = clock.now()
  const id = randomUUID()
  const secret = secrets.make()
  await insertSession(client, {
    ...{ shopperId, id, isRemembered, device: device.slice(0, 200), createdAt: now, lastSeenAt: now },
    hash: secrets.hash('session', secret),
    expiresAt: endOf(isRemembered, now),
  })
  return `${shopperId}.${id}.${secret}`
}

function endOf(isRemembered: boolean, now: Instant): Instant {
  return plus(now, isRemembered ? sessionLife.remembered : sessionLife.other)
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const cookieForm = new RegExp(`^(${uuid})\\.(${uuid})\\.([A-Za-z0-9_-]{22})$`)

/** Whose session a cookie is; undefined for anything that is none, or that has ended. */
export async function readSession(parts: ShopperParts, cookie: string | undefined): Promise<Session | undefined> {
  const match = cookieForm.exec(cookie ?? '')
  if (!match) return undefined
  const [, shopperId, sessionId, secret] = match as unknown as [string, ShopperId, string, string]
  const { pool, clock, secrets } = parts
  const now = clock.now()
  const found = await outageAsUnavailable(findSession(pool, shopperId, sessionId, now))
  if (!found || !isSame(found.hash, secrets.hash('session', secret))) return undefined
  await keepAlive(parts, shopperId, found.session, now)
  return { shopper: found.shopper, id: sessionId }
}

async function keepAlive(
  { pool }: ShopperParts,
  shopperId: ShopperId,
  session: StoredSession,
  now: Instant,
): Promise<void> {
  if (now < plus(session.lastSeenAt, touchAfter)) return
  const expiresAt = endOf(session.isRemembered, now)
  await outageAsUnavailable(touchSession(pool, { shopperId, id: session.id, now, expiresAt }))
}

/** Ends one session, or all of the shopper's. */
export async function endSessions(
  { pool }: ShopperParts,
  shopperId: ShopperId,
  sessionId: string | null,
): Promise<void> {
  await outageAsUnavailable(deleteSessions(pool, shopperId, sessionId))
}
