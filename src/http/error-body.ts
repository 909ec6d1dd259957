import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** One refusal as it leaves: the stable code for programs, the text for people, the id that is also in the log. */
export type ErrorBody = {
  readonly errorCode: string
  readonly errorId: string
  /** JSON: a string, or the object that lists validation errors */
  readonly message: string | object
  readonly httpStatusCode: number
  /** what varies in the message, for a page that says it in another language */
  readonly detail?: string
}

/** `error-` and 16 lower-case letters and digits from the system's random source (scalapay.md 1.5): 80 bits, unique. */
export function newErrorId(): string {
  let id = 'error-'
  for (const byte of randomBytes(16)) id += (byte % 32).toString(32)
  return id
}

/** Sends the body as JSON and writes its id to the log of the request. Headers must have been set before. */
export function sendErrorBody(request: FastifyRequest, reply: FastifyReply, body: ErrorBody): FastifyReply {
  const { errorCode, errorId, httpStatusCode } = body
  const level = httpStatusCode >= 500 ? 'error' : 'info'
  request.log[level](
    {
      reqId: request.id,
      errorId,
      errorCode,
      status: httpStatusCode,
      method: request.method,
      path: pathOf(request.url),
    },
    'refused',
  )
  return reply.code(httpStatusCode).header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(body))
}

/** The path alone, without what does not belong in a log: the query, digits that could be a card's, and a key. */
export function pathOf(url: string): string {
  return (
    url
      .split('?', 1)
      .join('')
      .slice(0, longestPath)
      .replace(/\d{12,}/g, '[digits]')
      // Addresses that shops post to are secret by their last part.
      .replace(/(\/webhook\/+[^/]+\/+)[^/]+/i, '$1[key]')
  )
}

const longestPath = 200
