import type { FastifyReply, FastifyRequest } from 'fastify'
import { newErrorId, sendErrorBody } from '../../http/error-body.ts'
import { clientFaultOf, lastResortError } from '../../http/last-resort.ts'

/** Why a call is not done, in the envelope that most APIs here have. Returned by whoever finds it, and sent in one place. */
export type Refusal = {
  readonly status: number
  /** the stable word for programs */
  readonly code: string
  /** for people: a sentence, or an object that lists what is wrong */
  readonly message: string | object
}

export function refusal(status: number, code: string, message: string | object): Refusal {
  return { status, code, message }
}

export function invalid(message: string): Refusal {
  return refusal(400, 'invalid_request', message)
}

/** Unknown, foreign and malformed ids alike, so that nobody learns what another merchant has. */
export function notFound(what: string): Refusal {
  return refusal(404, 'not_found', `There is no such ${what}.`)
}

export const keyReused = refusal(409, 'key_reused', 'The Idempotency-Key was used for another request.')

/** The envelope under a fresh id, which the log has too. */
export function sendRefusal(request: FastifyRequest, reply: FastifyReply, refused: Refusal): FastifyReply {
  const { status, code, message } = refused
  return sendErrorBody(request, reply, { errorCode: code, errorId: newErrorId(), message, httpStatusCode: status })
}

/** 405, with the methods that the path does know in `Allow`. */
export function sendMethodNotAllowed(request: FastifyRequest, reply: FastifyReply, allowed: string): FastifyReply {
  const message = `This path answers ${allowed} only.`
  return sendRefusal(request, reply.header('allow', allowed), refusal(405, 'method_not_allowed', message))
}

/** What was thrown is not a refusal: a body that is too large, an outage, a request that is broken, or a bug. */
export function sendThrown(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (clientFaultOf(error) !== 413) return lastResortError(error, request, reply)
  return sendRefusal(request, reply, refusal(413, 'payload_too_large', 'The request body is too large.'))
}
