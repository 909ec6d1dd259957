import type { FastifyReply, FastifyRequest } from 'fastify'
import { clientFaultOf, retryAfterOf } from '../../http/last-resort.ts'
import { wrongContentType } from './body.ts'
import { nowhere, type Refusal, refusal, sendAnswer, textOf, unknownAddress } from './payments/answer.ts'
import { invalid } from './payments/refusals.ts'

/** An unknown path below `/v/`, another method, an address that cannot even be decoded: as unknown as a wrong uuid. */
export function sendUnknown(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendAnswer(reply, unknownAddress)
}

/**
 * Whatever was thrown before a payment was requested (pay.ts lets nothing be thrown after): 404 all the same, since only 200
 * and 404 leave this service. The reasons are in the log.
 */
export function sendThrown(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (retryAfterOf(error) !== undefined) {
    request.log.warn({ reqId: request.id, err: error }, 'unavailable')
    return sendAnswer(reply, nowhere(refusal('unavailable')))
  }
  const fault = clientFaultOf(error)
  if (fault === undefined) request.log.error({ reqId: request.id, err: error }, 'unexpected error')
  return sendAnswer(reply, nowhere(fault === undefined ? refusal('internal_error') : requestFault(fault)))
}

/** What is not HTTP, or did not arrive in time: it never got to a payment. */
export const unreadableRequest = { prefix: '/v/', status: 404, body: textOf(nowhere(requestFault(400))) }

function requestFault(status: number): Refusal {
  if (status === 415) return invalid(wrongContentType)
  const what = status === 413 ? 'the body must not be larger than 256 KB' : 'it could not be read'
  return refusal('invalid_request', `The request is not valid: ${what}.`)
}
