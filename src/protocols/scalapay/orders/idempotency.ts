import { hash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import type { JsonBody } from '../body.ts'
import { type Issue, issue } from '../validation.ts'

/** Length and characters are unpublished: up to 255 printable ASCII ones, which holds every UUID and order number. */
const keyForm = /^[\x20-\x7e]{1,255}$/

/** The request's `Idempotency-Key`, undefined without one (scalapay.md 15). */
export function readIdempotencyKey(request: FastifyRequest): Result<string | undefined, readonly Issue[]> {
  const key = request.headers['idempotency-key']
  if (key === undefined) return ok(undefined)
  if (typeof key === 'string' && keyForm.test(key)) return ok(key)
  return refuse([malformed])
}

const malformed = issue(
  ['Idempotency-Key'],
  'must be 1 to 255 printable ASCII characters',
  'string.regex.base',
  'header',
)

/** SHA-256 over the path's token and the body as it was sent: the same text on another order is another request. */
export function requestHash(token: string | undefined, body: JsonBody): Buffer {
  return hash('sha256', `${token ?? ''}\n${body.text}`, 'buffer')
}
