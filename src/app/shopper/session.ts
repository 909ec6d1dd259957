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
import { firstCell } from '../cell/cell-url.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import { answerOf } from './cells/accounts-elsewhere.ts'
import { bringShopper } from './cells/bring-shopper.ts'
import { isSame } from './secrets.ts'
import type { ShopperParts } from './shopper-parts.ts'

/** How long a session lives after it was last used: on a remembered device, and on any other. */
const sessionLife = { remembered: 90n * day, other: hour } as const

/** How much of its life a session may have lost before its end is moved: one write a minute at most. */
const touchAfter = minute

export type Session = {
  /** the account of this cell */
  readonly shopper: Shopper
  readonly id: string
  /** where the session is kept, and for which account there, when that is another cell */
  readonly keptIn?: { readonly cell: string; readonly shopperId: ShopperId }
}

/** A new session; returns the value of its cookie, which exists nowhere else. Of several cells it says which keeps it. */
export async function startSession(
  { secrets, clock, cells }: ShopperParts,
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
  return `${shopperId}.${id}.${secret}${cells ? `.${cells.own}` : ''}`
}

function endOf(isRemembered: boolean, now: Instant): Instant {
  return plus(now, isRemembered ? sessionLife.remembered : sessionLife.other)
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const cookieForm = new RegExp(`^(${uuid})\\.(${uuid})\\.([A-Za-z0-9_-]{22})(?:\\.([a-z][a-z0-9_]{0,30}))?$`)

type Cookie = {
  readonly shopperId: ShopperId
  readonly sessionId: string
  readonly secret: string
  /** undefined: from while there was one cell */
  readonly cell: string | undefined
}

function parseCookie(text: string | undefined): Cookie | undefined {
  const [, shopperId, sessionId, secret, cell] = cookieForm.exec(text ?? '') ?? []
  if (shopperId === undefined || sessionId === undefined || secret === undefined) return undefined
  return { shopperId: shopperId as ShopperId, sessionId, secret, cell }
}

/**
 * Whose session a cookie is; undefined for anything that is none, or that has ended. One of another cell is good here too, and opens the account that
 * the same person has here; while that cell is away it is none.
 */
export async function readSession(parts: ShopperParts, text: string | undefined): Promise<Session | undefined> {
  const cookie = parseCookie(text)
  if (!cookie) return undefined
  const { pool, cells } = parts
  const cell = cookie.cell ?? firstCell
  if (!cells || cell === cells.own) {
    const found = await outageAsUnavailable(findOpenSession(parts, pool, cookie))
    return found && { shopper: found, id: cookie.sessionId }
  }
  const home = await answerOf(cells.poolOf(cell))
  const found = home && (await answerOf(findOpenSession(parts, home, cookie)))
  if (!home || !found) return undefined
  const shopper = await answerOf(bringShopper(parts, { pool: home, shopper: found }))
  return shopper && { shopper, id: cookie.sessionId, keptIn: { cell, shopperId: found.id } }
}

async function findOpenSession(
  { clock, secrets }: ShopperParts,
  pool: pg.Pool,
  { shopperId, sessionId, secret }: Cookie,
): Promise<Shopper | undefined> {
  const now = clock.now()
  const found = await findSession(pool, shopperId, sessionId, now)
  if (!found || !isSame(found.hash, secrets.hash('session', secret))) return undefined
  await keepAlive(pool, shopperId, found.session, now)
  return found.shopper
}

async function keepAlive(pool: pg.Pool, shopperId: ShopperId, session: StoredSession, now: Instant): Promise<void> {
  if (now < plus(session.lastSeenAt, touchAfter)) return
  const expiresAt = endOf(session.isRemembered, now)
  await touchSession(pool, { shopperId, id: session.id, now, expiresAt })
}

/** Ends one session, or all of the shopper's. */
export async function endSessions(
  { pool }: ShopperParts,
  shopperId: ShopperId,
  sessionId: string | null,
): Promise<void> {
  await outageAsUnavailable(deleteSessions(pool, shopperId, sessionId))
}

/** Ends the session that somebody signs out of, wherever it is kept. */
export async function signOut({ pool, cells }: ShopperParts, { shopper, id, keptIn }: Session): Promise<void> {
  const kept = keptIn && (await cells?.poolOf(keptIn.cell))
  await outageAsUnavailable(deleteSessions(kept ?? pool, keptIn?.shopperId ?? shopper.id, id))
}
