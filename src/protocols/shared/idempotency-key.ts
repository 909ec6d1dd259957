import type { FastifyRequest } from 'fastify'

/** Up to 255 printable ASCII characters, which holds every UUID and order number. */
const keyForm = /^[\x20-\x7e]{1,255}$/

/** The request's `Idempotency-Key`; null without one, undefined for one that is malformed or was sent twice. */
export function idempotencyKey(request: FastifyRequest): string | null | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined) return null
  return typeof key === 'string' && keyForm.test(key) ? key : undefined
}

export const keyRule = 'must be 1 to 255 printable ASCII characters'
