import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify'
import { type ClockMover, type ClockRefusal, latestInstant } from '../../app/clock-mover.ts'
import { newErrorId, sendErrorBody } from '../../http/error-body.ts'
import { type Instant, instantFromMillis, isoOf } from '../../kernel/instant.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'

type Parts = {
  readonly mover: ClockMover
  /** answers whoever may not move the clock, before the body is read */
  readonly authenticate: onRequestHookHandler
}

const path = '/sandbox/clock'

/**
 * `GET` and `POST /sandbox/clock` (design, section 1), in a scope of their own. Not to be registered in live mode, where there
 * is no mover: the path is unknown there.
 */
export async function registerClockRoutes(parent: FastifyInstance, { mover, authenticate }: Parts): Promise<void> {
  await parent.register(async (scope) => {
    scope.addHook('onRequest', authenticate)
    // Whatever type a body claims to be, it is JSON or refused: `curl -d` says it is a form.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
    scope.get(path, { schema: { summary: 'The sandbox clock', tags: ['Sandbox'] } }, (_request, reply) =>
      sendNow(reply, mover.now()),
    )
    scope.post(path, { schema: { summary: 'Moves the sandbox clock forward', tags: ['Sandbox'] } }, (request, reply) =>
      moveClock(mover, request, reply),
    )
  })
}

async function moveClock(mover: ClockMover, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const move = readMove(request.body)
  if (!move.ok) return sendIssue(request, reply, move.reason)
  const moved =
    'to' in move.value ? await mover.advanceTo(move.value.to) : await mover.advanceBy(move.value.advanceMilliseconds)
  return moved.ok ? sendNow(reply, moved.value) : sendRefusal(request, reply, moved.reason, mover.now())
}

function sendNow(reply: FastifyReply, now: Instant): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(JSON.stringify({ now: isoOf(now) }))
}

type Move = { readonly advanceMilliseconds: number } | { readonly to: Instant }
type Issue = { readonly field: readonly string[]; readonly text: string; readonly type: string }

function readMove(body: unknown): Result<Move, Issue> {
  const value = parseObject(body)
  if (value === undefined) return refuse({ field: [], text: '"value" must be an object', type: 'object.base' })
  const { advanceMilliseconds, to } = value
  if ((advanceMilliseconds === undefined) === (to === undefined)) {
    return refuse({ field: [], text: '"value" must have either advanceMilliseconds or to', type: 'object.xor' })
  }
  return to === undefined ? readDistance(advanceMilliseconds) : readTime(to)
}

/** Only own keys are read: `{"__proto__": ...}` adds none. */
function parseObject(body: unknown): { advanceMilliseconds?: unknown; to?: unknown } | undefined {
  if (typeof body !== 'string') return undefined
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    // A refusal: the text is no JSON.
    return undefined
  }
}

/** 0 moves nothing and lets happen what is due. */
function readDistance(value: unknown): Result<Move, Issue> {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return ok({ advanceMilliseconds: value })
  const text = '"advanceMilliseconds" must be a whole number that is not negative'
  return refuse({ field: ['advanceMilliseconds'], text, type: 'number.integer' })
}

const isoTime = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/

/** With seconds and fractions or without, in any zone that is said; a day that its month does not have is refused. */
function readTime(value: unknown): Result<Move, Issue> {
  const day = typeof value === 'string' ? isoTime.exec(value)?.[1] : undefined
  const millis = typeof value === 'string' ? Date.parse(value) : Number.NaN
  if (day !== undefined && isDay(day) && !Number.isNaN(millis)) return ok({ to: instantFromMillis(millis) })
  return refuse({ field: ['to'], text: '"to" must be an ISO 8601 time with a zone', type: 'date.isoDate' })
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

function sendRefusal(request: FastifyRequest, reply: FastifyReply, reason: ClockRefusal, now: Instant): FastifyReply {
  if (reason === 'too_far') {
    const text = `the clock cannot be moved beyond ${isoOf(latestInstant)}`
    return sendIssue(request, reply, { field: [], text, type: 'date.max' })
  }
  const message = `The sandbox clock only moves forward, and it is ${isoOf(now)}.`
  return send(request, reply, 'pre_condition_failed', message)
}

/** The form of a Scalapay validation error (reference scalapay, section 12), which this API's clients know already. */
function sendIssue(request: FastifyRequest, reply: FastifyReply, { field, text, type }: Issue): FastifyReply {
  const errors = [{ field, location: 'body', messages: [text], types: [type] }]
  return send(request, reply, 'api_validationerror', { status: 400, statusText: 'Bad Request', errors })
}

function send(request: FastifyRequest, reply: FastifyReply, errorCode: string, message: string | object): FastifyReply {
  return sendErrorBody(request, reply, { errorCode, errorId: newErrorId(), message, httpStatusCode: 400 })
}
