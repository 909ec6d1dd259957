import { retryDays } from '../../domain/instalments/collected.ts'
import { type CalendarDate, dateIn, plusDays } from '../../kernel/calendar-date.ts'
import type { Instant } from '../../kernel/instant.ts'

/** The next day on which a failed instalment is tried again; null when it is not. */
export function nextTryAfter(dueAt: CalendarDate, zone: string, now: Instant): CalendarDate | null {
  const today = dateIn(zone, now)
  return retryDays.map((days) => plusDays(dueAt, days)).find((date) => date > today) ?? null
}
