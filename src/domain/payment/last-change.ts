import type { Instant } from '../../kernel/instant.ts'
import type { Payment } from './payment.ts'

/**
 * `now`, or the latest time that the payment knows when that is later: nothing happens to a payment before what has happened to it. Clocks differ
 * between servers, and the sandbox's may have been moved by another one a moment ago.
 */
export function notBeforeLastChange(payment: Payment | undefined, now: Instant): Instant {
  if (!payment) return now
  const { changedAt, authorizedAt, delayedAt, capturedAt, voidedAt, pendingAttempt } = payment
  // Payments from before `changedAt` was kept know it from their other times.
  const known = [changedAt, authorizedAt, delayedAt, capturedAt, voidedAt, pendingAttempt?.startedAt ?? null]
  return known.reduce<Instant>((latest, each) => (each !== null && each > latest ? each : latest), now)
}
