import { isAbsence, refusalOf } from '../../db/wire/refusal.ts'
import { Unavailable } from '../../engine/command.ts'
import { patienceMs } from '../../kernel/patience.ts'

/**
 * A read whose failure is the database's absence is answered as such (503); any other failure is a bug and passes. A
 * database that went silent counts as absent long before its own time limit ends the statement: the read then goes on
 * by itself, and its end is not reported.
 */
export async function outageAsUnavailable<T>(read: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(unavailable('the database did not answer in time')), patienceMs())
  try {
    return await Promise.race([read, late.promise])
  } catch (error) {
    throw asOutage(error)
  } finally {
    clearTimeout(timer)
  }
}

/**
 * The error to throw instead of one that stopped work on the database: `Unavailable` for its absence, the same for a bug.
 * For work that may take longer than a reader waits, which `outageAsUnavailable` would give up while it goes on.
 */
export function asOutage(error: unknown): unknown {
  if (error instanceof Unavailable || refusalOf(error).kind === 'refused') return error
  return unavailable('the database did not answer', error)
}

/** For the log: what can only be the database's absence, said as `Unavailable`; whatever may be a bug stays as it was thrown. */
export function certainOutage(error: unknown): unknown {
  return isAbsence(error) ? unavailable('the database did not answer', error) : error
}

/** How loud the log says an error that stopped work which is tried again: an outage is nobody's mistake. */
export function levelOf(error: unknown): 'warn' | 'error' {
  return certainOutage(error) instanceof Unavailable ? 'warn' : 'error'
}

function unavailable(message: string, cause?: unknown): Unavailable {
  return new Unavailable(message, { retryAfterSeconds: 1, cause })
}
