import { type Instant, millisOf } from '../../../kernel/instant.ts'

/** `dayOfWeek` 1 is Monday, 7 Sunday; `hour` 0 to 23. */
export type LocalTime = { readonly dayOfWeek: number; readonly hour: number }

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Making a formatter costs a thousand times what using it does; there are a few hundred time zones at most. */
const formatters = new Map<string, Intl.DateTimeFormat>()

/** The weekday and hour on a wall clock in that IANA time zone. */
export function localTimeOf(instant: Instant, timeZone: string): LocalTime {
  const parts = formatterOf(timeZone).formatToParts(millisOf(instant))
  const read = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  return { dayOfWeek: days.indexOf(read('weekday')) + 1, hour: Number(read('hour')) }
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', hourCycle: 'h23' })
  formatters.set(timeZone, made)
  return made
}
