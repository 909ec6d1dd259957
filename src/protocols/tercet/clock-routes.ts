import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type ClockMover, type ClockRefusal, latestInstant } from '../../app/sandbox/clock-mover.ts'
import type { OnceClaim, WriteOnce } from '../../app/shared/write-once.ts'
import { type Instant, instantFromMicros, isoOf, millisecond, plus } from '../../kernel/instant.ts'
import { allOf, ok, type Result, refuse } from '../../kernel/result.ts'
import type { JsonObject } from '../shared/body.ts'
import { answer, answering } from '../shared/handler.ts'
import { invalid, keyReused, type Refusal, refusal } from '../shared/refusal.ts'
import { readFields, readTime } from './input.ts'
import { readKey, requestHash } from './register-write.ts'
import { moveClock, readClock } from './schemas.ts'

const path = '/sandbox/clock'

/** `GET` and `POST /sandbox/clock` (decision 0007). Live mode has no mover, and there the path is unknown. */
export function registerClockRoutes(scope: FastifyInstance, mover: ClockMover, once: WriteOnce): void {
  scope.get(
    path,
    readClock,
    answering(async () => answer({ now: isoOf(mover.now()) })),
  )
  scope.post(
    path,
    moveClock,
    answering(async (request) => {
      const asked = allOf({ target: readTarget(request), key: readKey(request) })
      if (!asked.ok) return asked
      const { target, key } = asked.value
      const moved =
        key === null ? await move(mover, target) : await moveOnce(mover, target, once, claimOf(request, key))
      return moved.ok ? answer({ now: isoOf(moved.value) }) : refuse(refusalOf(moved.reason, mover.now()))
    }),
  )
}

type Target = { readonly by: number } | { readonly to: Instant }

function readTarget(request: FastifyRequest): Result<Target, Refusal> {
  const fields = readFields(request, ['advanceMilliseconds', 'to'])
  if (!fields.ok) return fields
  const { advanceMilliseconds, to } = fields.value
  if ((advanceMilliseconds === undefined) === (to === undefined))
    return refuse(invalid('Exactly one of the fields advanceMilliseconds and to must be given.'))
  return to === undefined ? readDistance(advanceMilliseconds) : readRealDay(fields.value)
}

function move(mover: ClockMover, target: Target): ReturnType<ClockMover['advanceTo']> {
  return 'by' in target ? mover.advanceBy(target.by) : mover.advanceTo(target.to)
}

/**
 * The instant that the move goes to is kept under the key before it begins: a repeat, after a crash half-way too, ends what the first one
 * began, and moves no further.
 */
async function moveOnce(
  mover: ClockMover,
  target: Target,
  once: WriteOnce,
  claim: OnceClaim,
): Promise<Result<Instant, ClockRefusal | 'key_reused'>> {
  const kept = await once(claim, async () => {
    const to = 'by' in target ? plus(mover.now(), BigInt(target.by) * millisecond) : target.to
    return { status: 200, to: String(to) }
  })
  if (kept.kind === 'key_reused') return refuse('key_reused')
  const moved = await mover.advanceTo(instantFromMicros(BigInt(kept.answer.to)))
  const isDone = !moved.ok && moved.reason === 'in_the_past' && (kept.kind === 'replayed' || 'by' in target)
  return isDone ? ok(mover.now()) : moved
}

function claimOf(request: FastifyRequest, key: string): OnceClaim {
  const operation = `tercet POST ${path}`
  return { merchantId: request.tercetMerchantId, operation, key, bodyHash: requestHash(request) }
}

/** 0 moves nothing and lets happen what is due. */
function readDistance(value: unknown): Result<Target, Refusal> {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return ok({ by: value })
  return refuse(invalid('The field advanceMilliseconds must be a whole number that is not negative.'))
}

/** The thirtieth of February would be read as the second of March, and no move can be taken back. */
function readRealDay(fields: JsonObject): Result<Target, Refusal> {
  const instant = readTime(fields, 'to')
  if (!instant.ok) return instant
  const day = String(fields.to).slice(0, 10)
  if (new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)) return ok({ to: instant.value })
  return refuse(invalid('The field to must be a day of the calendar.'))
}

function refusalOf(reason: ClockRefusal | 'key_reused', now: Instant): Refusal {
  if (reason === 'key_reused') return keyReused
  if (reason === 'too_far') return invalid(`The sandbox clock cannot be moved beyond ${isoOf(latestInstant)}.`)
  const message = `The sandbox clock only moves forward, and it is ${isoOf(now)}.`
  return refusal(400, 'pre_condition_failed', message)
}
