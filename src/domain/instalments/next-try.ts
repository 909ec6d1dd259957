import { type CalendarDate, plusDays } from '../../kernel/calendar-date.ts'
import type { Instant } from '../../kernel/instant.ts'
import { retryDays } from './collected.ts'
import { chargeTime } from './next-step.ts'

/** The next day on which a failed instalment is tried again; null when it is not. */
export function nextTryAfter(dueAt: CalendarDate, zone: string, now: Instant): CalendarDate | null {
  return retryDays.map((days) => plusDays(dueAt, days)).find((date) => chargeTime(zone, date) > now) ?? null
}
