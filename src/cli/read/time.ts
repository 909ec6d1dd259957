import { InvalidArgumentError } from 'commander'
import { type Instant, instantFromMillis } from '../../kernel/instant.ts'
import { parseDuration } from './duration.ts'

const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/

/** A day (its midnight in UTC) or an ISO 8601 time with its zone; undefined for anything else, also the 30th of February. */
export function parseTime(text: string): Instant | undefined {
  const day = iso.exec(text)?.[1]
  if (day === undefined || !isRealDay(day)) return undefined
  const millis = Date.parse(text.replace(' ', 'T'))
  return millis >= 0 ? instantFromMillis(millis) : undefined
}

export function readTime(text: string): Instant {
  const instant = parseTime(text)
  if (instant !== undefined) return instant
  throw new InvalidArgumentError('It must be a time like 2030-01-31 or 2030-01-31T12:00:00Z.')
}

/** A time, or how long ago it was. */
export type When = { readonly at: Instant } | { readonly agoMs: number }

/** `2h` is two hours before now, whichever clock that is. */
export function readWhen(text: string): When {
  const agoMs = parseDuration(text)
  if (agoMs !== undefined) return { agoMs }
  const at = parseTime(text)
  if (at !== undefined) return { at }
  throw new InvalidArgumentError('It must be a time like 2030-01-31T12:00:00Z, or how long ago, like 2h.')
}

export function instantOf(when: When, now: Instant): Instant {
  return 'at' in when ? when.at : ((now - BigInt(when.agoMs) * 1_000n) as Instant)
}

/** JavaScript reads the 30th of February as the 2nd of March. */
function isRealDay(day: string): boolean {
  const parsed = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day)
}
