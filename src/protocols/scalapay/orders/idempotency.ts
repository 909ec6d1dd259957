import { hash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import type { JsonBody } from '../../shared/body.ts'
import { idempotencyKey, keyRule } from '../../shared/idempotency-key.ts'
import { type Issue, issue } from '../validation.ts'

/** The request's `Idempotency-Key`, undefined without one (scalapay.md 15). */
export function readIdempotencyKey(request: FastifyRequest): Result<string | undefined, readonly Issue[]> {
  const key = idempotencyKey(request)
  return key === undefined ? refuse([malformed]) : ok(key ?? undefined)
}

/** Length and characters are unpublished. */
const malformed = issue(['Idempotency-Key'], keyRule, 'string.regex.base', 'header')

/** SHA-256 over the path's token and the body as it was sent: the same text on another order is another request. */
export function requestHash(token: string | undefined, body: JsonBody): Buffer {
  return hash('sha256', `${token ?? ''}\n${body.text}`, 'buffer')
}
