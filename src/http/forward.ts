import { request as ask, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'
import { answerUnavailable } from './elsewhere.ts'

/** Hands requests to another process of this machine as they are, and its answers back. Whatever goes wrong with it is answered 503. */
export function forwardTo(port: number): RequestListener {
  return (request, response) => {
    const { method, url: path, headers } = request
    const onward = ask({ host: '127.0.0.1', port, method, path, headers }, (answer) => handBack(answer, response))
    onward.on('error', () => (response.headersSent ? response.destroy() : answerUnavailable(request, response)))
    response.once('close', () => onward.destroy())
    request.pipe(onward)
  }
}

function handBack(answer: IncomingMessage, response: ServerResponse): void {
  response.writeHead(answer.statusCode ?? 502, answer.headers)
  // An answer that breaks half-way ends its client too, and one whose client went is read no further.
  pipeline(answer, response, () => undefined)
}
