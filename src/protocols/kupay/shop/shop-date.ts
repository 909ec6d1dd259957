import { isTimeZone } from '../../../kernel/calendar-date.ts'
import { isObject } from '../../shared/body.ts'
import { textOf, utcTextOf } from '../payments/order-date.ts'

/**
 * A date as PHP prints its DateTime: `{ date, timezone_type: 1, timezone: "+02:00" }`, or with type 3 and the name of a zone. In UTC;
 * now, when it is none.
 */
export function orderDateOf(value: unknown, now: Date): string {
  const { date, timezone } = isObject(value) ? value : {}
  if (typeof date !== 'string' || typeof timezone !== 'string') return textOf(now)
  const local = date.replace(/\.\d+$/, '')
  if (/^[+-]\d\d:\d\d$/.test(timezone)) return utcTextOf(`${local}${timezone}`) ?? textOf(now)
  const asUtc = utcTextOf(local)
  if (asUtc === undefined || !isTimeZone(timezone)) return textOf(now)
  return textOf(inZone(new Date(`${asUtc.replace(' ', 'T')}Z`), timezone))
}

/** The moment at which a clock in the zone shows what `wall` shows in UTC. An hour that is skipped or repeated may be off by that hour. */
function inZone(wall: Date, timeZone: string): Date {
  const first = new Date(wall.getTime() - offsetMs(wall, timeZone))
  return new Date(wall.getTime() - offsetMs(first, timeZone))
}

function offsetMs(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at)
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(parts.find((part) => part.type === 'timeZoneName')?.value ?? '')
  if (!match) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3])
  return (match[1] === '-' ? -minutes : minutes) * 60_000
}
