import type { CalendarDate } from './calendar-date.ts'
import { type Instant, instantFromMillis } from './instant.ts'

/** An hour of a day in a zone (IANA name) as an instant. An hour that a change of the clock leaves out is the one after it. */
export function startOfDay(zone: string, date: CalendarDate, hour = 0): Instant {
  const known = remembered.get(`${zone} ${date} ${hour}`)
  if (known !== undefined) return known
  const local = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: { hour } })
  const instant = instantFromMillis(local.epochMilliseconds)
  if (remembered.size >= mostRemembered) remembered.clear()
  remembered.set(`${zone} ${date} ${hour}`, instant)
  return instant
}

/** Every plan of a day asks for the same few. */
const remembered = new Map<string, Instant>()
const mostRemembered = 10_000
