import { type Static, Type } from 'typebox'
import type { ScanQuery } from '../../../../app/payment/find-orders.ts'
import { type CalendarDate, plusDays } from '../../../../kernel/calendar-date.ts'
import { type Instant, instantFromMillis } from '../../../../kernel/instant.ts'
import { startOfDay } from '../../../../kernel/start-of-day.ts'
import { Refused } from '../route.ts'
import { type OrderStatus, orderStatuses, shownStatuses, statesOf } from './order-status.ts'

/** What the list and its export are narrowed by. `from` and `to` are days of the shop, both included, or instants. */
export const orderFilter = Type.Object({
  status: Type.Optional(
    Type.String({ maxLength: 200, description: 'Words with commas; without it what is worth money.' }),
  ),
  api: Type.Optional(Type.String({ maxLength: 40 })),
  from: Type.Optional(Type.String({ maxLength: 40 })),
  to: Type.Optional(Type.String({ maxLength: 40 })),
})

/** What is neither a time nor a status is refused with a sentence. */
export function filterOf(
  query: Static<typeof orderFilter>,
  timeZone: string,
): Pick<ScanQuery, 'states' | 'protocol' | 'from' | 'to'> {
  return {
    states: statesOf(query.status === undefined ? shownStatuses : statusesOf(query.status)),
    protocol: query.api ?? null,
    from: timeOf(query.from, timeZone, 0),
    to: timeOf(query.to, timeZone, 1),
  }
}

function statusesOf(text: string): readonly OrderStatus[] {
  const words = text.split(',').map((word) => orderStatuses.find((status) => status === word))
  if (words.some((word) => word === undefined))
    throw new Refused(
      400,
      'unknown_status',
      `The status must be one of ${orderStatuses.join(', ')}, or several with commas.`,
      { detail: orderStatuses.join(', ') },
    )
  return words.flatMap((word) => word ?? [])
}

/** The start of a day in the shop's zone, `later` days on; or the instant that is written. */
function timeOf(text: string | undefined, timeZone: string, later: number): Instant | null {
  if (text === undefined) return null
  const millis = Date.parse(text)
  if (Number.isNaN(millis) || !/^[12]\d{3}-/.test(text))
    throw new Refused(400, 'invalid_time', 'A day looks like 2026-11-25, a time like 2026-11-25T09:00:00Z.')
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return instantFromMillis(millis)
  // A day that its month does not have is the one after its last, as for Date.
  const day = new Date(millis).toISOString().slice(0, 10) as CalendarDate
  return startOfDay(timeZone, plusDays(day, later))
}
