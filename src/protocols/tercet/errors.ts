import type { FastifyReply, FastifyRequest } from 'fastify'
import { type ErrorBody, newErrorId, sendErrorBody } from '../../http/error-body.ts'
import { clientFaultOf, lastResortError } from '../../http/last-resort.ts'

/** A refusal in the envelope that all merchant APIs here share. */
export class Refused extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.name = 'Refused'
    this.status = status
    this.code = code
  }
}

export function invalid(message: string): Refused {
  return new Refused(400, 'invalid_request', message)
}

/** Unknown, foreign and malformed ids alike, so that nobody learns what another merchant has. */
export function notFound(what: string): Refused {
  return new Refused(404, 'not_found', `There is no such ${what}.`)
}

export const unauthorized = new Refused(
  401,
  'unauthorized',
  'A merchant API key is needed: Authorization: Bearer <key>.',
)

export function sendRefused(request: FastifyRequest, reply: FastifyReply, refused: Refused): FastifyReply {
  return sendErrorBody(request, reply, {
    errorCode: refused.code,
    errorId: newErrorId(),
    message: refused.message,
    httpStatusCode: refused.status,
  })
}

/** What a handler threw: a refusal is answered as such; outages, broken requests and bugs as everywhere in the house. */
export function sendThrown(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Refused) return sendRefused(request, reply, error)
  if (clientFaultOf(error) === 413) {
    return sendRefused(request, reply, new Refused(413, 'payload_too_large', 'The request body is too large.'))
  }
  return lastResortError(error, request, reply)
}

export function methodNotAllowed(allowed: string): ErrorBody {
  const message = `This path answers ${allowed} only.`
  return { errorCode: 'method_not_allowed', errorId: newErrorId(), message, httpStatusCode: 405 }
}
