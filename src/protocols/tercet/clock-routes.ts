import type { FastifyInstance } from 'fastify'
import { type ClockMover, type ClockRefusal, latestInstant } from '../../app/sandbox/clock-mover.ts'
import { type Instant, isoOf } from '../../kernel/instant.ts'
import { invalid, Refused } from './errors.ts'
import { type Fields, readFields, readTime } from './input.ts'
import { moveClock, readClock } from './schemas.ts'

const path = '/sandbox/clock'

/** `GET` and `POST /sandbox/clock` (decision 0007). Live mode has no mover, and there the path is unknown. */
export function registerClockRoutes(scope: FastifyInstance, mover: ClockMover): void {
  scope.get(path, readClock, async () => ({ now: isoOf(mover.now()) }))
  scope.post(path, moveClock, async (request) => {
    const moved = await move(mover, readFields(request, ['advanceMilliseconds', 'to']))
    if (!moved.ok) throw refusalOf(moved.reason, mover.now())
    return { now: isoOf(moved.value) }
  })
}

function move(mover: ClockMover, fields: Fields): ReturnType<ClockMover['advanceTo']> {
  const { advanceMilliseconds, to } = fields
  if ((advanceMilliseconds === undefined) === (to === undefined)) {
    throw invalid('Exactly one of the fields advanceMilliseconds and to must be given.')
  }
  return to === undefined ? mover.advanceBy(readDistance(advanceMilliseconds)) : mover.advanceTo(readRealDay(fields))
}

/** 0 moves nothing and lets happen what is due. */
function readDistance(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw invalid('The field advanceMilliseconds must be a whole number that is not negative.')
}

/** The thirtieth of February would be read as the second of March, and no move can be taken back. */
function readRealDay(fields: Fields): Instant {
  const instant = readTime(fields, 'to')
  const day = String(fields.to).slice(0, 10)
  if (new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)) return instant
  throw invalid('The field to must be a day of the calendar.')
}

function refusalOf(reason: ClockRefusal, now: Instant): Refused {
  if (reason === 'too_far') return invalid(`The sandbox clock cannot be moved beyond ${isoOf(latestInstant)}.`)
  const message = `The sandbox clock only moves forward, and it is ${isoOf(now)}.`
  return new Refused(400, 'pre_condition_failed', message)
}
