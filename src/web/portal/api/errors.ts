import type { FastifyReply, FastifyRequest } from 'fastify'
import { newErrorId, sendErrorBody } from '../../../http/error-body.ts'
import { clientFaultOf, retryAfterOf } from '../../../http/last-resort.ts'
import type { RefusalCode } from './refusal-code.ts'
import { Refused } from './route.ts'

/** Whatever was thrown, in the house's envelope. `message` is an English sentence for people. */
export function sendThrown(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const send = (status: number, errorCode: RefusalCode, message: string, detail = '') =>
    sendErrorBody(request, reply, {
      ...{ errorCode, errorId: newErrorId(), message, httpStatusCode: status },
      ...(detail !== '' && { detail }),
    })
  if (error instanceof Refused) {
    if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds))
    return send(error.status, error.code, error.message, error.detail)
  }
  if (isInvalid(error))
    return send(400, 'invalid_request', `The request is not as it should be: ${error.message}.`, placeOf(error))
  const fault = clientFaultOf(error)
  if (fault !== undefined) return send(fault, 'invalid_request', 'The request could not be read.')
  const retryAfter = retryAfterOf(error)
  if (retryAfter !== undefined) {
    request.log.warn({ err: error }, 'unavailable')
    reply.header('retry-after', String(retryAfter))
    return send(
      503,
      'unavailable',
      'The database cannot be reached. Nothing is known to have changed; try again in a moment.',
    )
  }
  request.log.error({ err: error }, 'unexpected error')
  return send(500, 'unexpected', 'Something went wrong on our side. Try again, or tell us the number of this error.')
}

type Invalid = Error & {
  readonly validation: readonly { readonly instancePath: string; readonly params: Readonly<Record<string, unknown>> }[]
}

function isInvalid(error: unknown): error is Invalid {
  return error instanceof Error && 'validation' in error && Array.isArray(error.validation)
}

/** The first value that is not as it should be, by its name: `amount`, `tokens.0`. */
function placeOf({ validation: [problem] }: Invalid): string {
  const missing = problem?.params.missingProperty
  return [...(problem?.instancePath.split('/').slice(1) ?? []), ...(typeof missing === 'string' ? [missing] : [])].join(
    '.',
  )
}
