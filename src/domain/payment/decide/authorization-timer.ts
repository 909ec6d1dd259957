import { type Instant, millisecond, plus } from '../../../kernel/instant.ts'

/** An authorization that is neither captured nor delayed lives five days (scalapay.md 12.6). */
export const authorizationLifeMs = 432_000_000

/** `expiresAt` and the next due time of an authorization: first the warning, when there is still time for one. */
export function authorizationTimer(
  now: Instant,
  lifeMs: number,
  warningLeadMs: number,
): { expiresAt: Instant; timerAt: Instant } {
  const expiresAt = plus(now, BigInt(lifeMs) * millisecond)
  const warnAt = plus(expiresAt, -BigInt(warningLeadMs) * millisecond)
  return { expiresAt, timerAt: warnAt > now ? warnAt : expiresAt }
}

/** A payment that nothing will fall due for any more. */
export const noTimer = { expiresAt: null, timerAt: null } as const
