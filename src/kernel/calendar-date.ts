import type { Brand } from './brand.ts'
import { type Instant, millisOf } from './instant.ts'

/** A day without a time or a zone, `2024-02-29`: what a shopper's bank statement shows. */
export type CalendarDate = Brand<string, 'CalendarDate'>

/** The day it is in that zone, an IANA name. Throws a RangeError for a name that `isTimeZone` refuses. */
export function dateIn(zone: string, instant: Instant): CalendarDate {
  return formatterOf(zone).format(millisOf(instant)) as CalendarDate
}

export function plusDays(date: CalendarDate, days: number): CalendarDate {
  const [year, month, day] = partsOf(date)
  return dateOf(year, month, day + days)
}

/** The same day of a later month, or that month's last day: 31 January plus one is 28 or 29 February. */
export function plusMonths(date: CalendarDate, months: number): CalendarDate {
  const [year, month, day] = partsOf(date)
  const lastDay = new Date(Date.UTC(year, month + months + 1, 0)).getUTCDate()
  return dateOf(year, month + months, Math.min(day, lastDay))
}

/** Midnight of that day in UTC, milliseconds since 1970: what `Intl.DateTimeFormat` takes, with `timeZone: 'UTC'`. */
export function utcMillisOf(date: CalendarDate): number {
  return Date.UTC(...partsOf(date))
}

/** `Europe/Rome`, not `+02:00`: an offset would be wrong for half of the year. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    // A refusal: there is no time zone of that name.
    return false
  }
}

/** Written with `Date` alone, for the widget runs it in browsers that have no `Temporal`. The month counts from 0 and may pass 11. */
function dateOf(year: number, month: number, day: number): CalendarDate {
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10) as CalendarDate
}

function partsOf(date: CalendarDate): [year: number, month: number, day: number] {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  return [year, month - 1, day]
}

/** One costs 50 µs to make, and there are few zones. */
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known) return known
  // Swedish writes days as ISO 8601 does.
  const made = new Intl.DateTimeFormat('sv', { timeZone })
  formatters.set(timeZone, made)
  return made
}
