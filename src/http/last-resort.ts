import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ErrorBody, newErrorId, sendErrorBody } from './error-body.ts'

/**
 * Answers for what no protocol claims: unknown paths, broken URLs, and whatever a handler threw without its own plugin
 * turning it into words. A protocol's own scope sets its own handlers and never comes here.
 */
export function answerLastResort(server: FastifyInstance): void {
  server.setErrorHandler(lastResortError)
  server.setNotFoundHandler(unknownPath)
}

/** 404 in the house's shape, for a path that nothing here serves. */
function unknownPath(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const message = 'No such path.'
  return sendErrorBody(request, reply, { errorCode: 'not_found', errorId: newErrorId(), message, httpStatusCode: 404 })
}

/** The error's own status when it is a client's fault, 503 when the server said so itself, else 500 without a reason. */
export function lastResortError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const errorId = newErrorId()
  const retryAfter = retryAfterOf(error)
  if (retryAfter !== undefined) {
    request.log.warn({ reqId: request.id, err: error, errorId }, 'unavailable')
    reply.header('retry-after', String(retryAfter))
    return sendErrorBody(request, reply, { ...unavailable, errorId })
  }
  const status = clientFaultOf(error)
  if (status === undefined) {
    request.log.error({ reqId: request.id, err: error, errorId }, 'unexpected error')
    return sendErrorBody(request, reply, { ...internal, errorId })
  }
  return sendErrorBody(request, reply, clientFaultBody(status, errorId))
}

/** What is said of a request that never got to a protocol. */
export function clientFaultBody(status: number, errorId: string): ErrorBody {
  const message = clientFaults[status] ?? 'The request could not be understood.'
  return { errorCode: 'bad_request', errorId, message, httpStatusCode: status }
}

/** The one truth about a 503, in every API and on every page of the documentation (decision 0001). */
export const unavailableMessage =
  'The service cannot answer at the moment. Whether the request was done is not known: ask again with the same Idempotency-Key.'

const unavailable = {
  errorCode: 'service_unavailable',
  message: unavailableMessage,
  httpStatusCode: 503,
}
/** For those who answer before any server is asked. */
export function unavailableBody(): ErrorBody {
  return { ...unavailable, errorId: newErrorId() }
}

const internal = { errorCode: 'internal_server', message: 'Something went wrong on our side.', httpStatusCode: 500 }

/** What the framework and Node's parser refuse by themselves; their own texts never leave. */
const clientFaults: Readonly<Record<number, string>> = {
  400: 'The request could not be understood.',
  408: 'The request took too long to arrive.',
  413: 'The request body is too large.',
  415: 'The content type is not supported.',
  431: 'The request line and headers are too large.',
}

/** Seconds to wait, when the error is one of the engine's or database's "not now" kind. */
export function retryAfterOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('retryAfterSeconds' in error)) return undefined
  return typeof error.retryAfterSeconds === 'number' ? error.retryAfterSeconds : undefined
}

/** The 4xx status that the framework put on an error about the request itself. */
export function clientFaultOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined
  const status = error.statusCode
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined
}
