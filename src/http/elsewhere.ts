import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { unavailableBody } from './last-resort.ts'

/** What answers this request; undefined: the server that was asked. */
export type Elsewhere = (request: IncomingMessage) => RequestListener | undefined | Promise<RequestListener | undefined>

/** Hands each request to what `elsewhere` names. Nothing is read of the request before that. */
export function orElsewhere(handler: RequestListener, elsewhere: Elsewhere): RequestListener {
  return (request, response) => {
    const answering = elsewhere(request)
    if (!(answering instanceof Promise)) return (answering ?? handler)(request, response)
    answering.then(
      (listener) => (listener ?? handler)(request, response),
      () => answerUnavailable(request, response),
    )
  }
}

/** 503 in the house's shape, before anything that knows a better one could be asked. */
export function answerUnavailable(_request: IncomingMessage, response: ServerResponse): void {
  sendUnavailable(response, {})
}

/** The same for a cell that this process does not serve: a proxy may send the request to a server that does, since nothing of it was read. */
export function unavailableIn(cell: string): RequestListener {
  return (_request, response) => sendUnavailable(response, { 'tercet-cell': cell })
}

function sendUnavailable(response: ServerResponse, more: Readonly<Record<string, string>>): void {
  const body = JSON.stringify(unavailableBody())
  response.writeHead(503, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'retry-after': '1',
    'x-content-type-options': 'nosniff',
    ...more,
  })
  response.end(body)
}
