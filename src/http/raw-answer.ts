import { STATUS_CODES } from 'node:http'

export type RawAnswer = {
  readonly status: number
  /** JSON */
  readonly body: string
  readonly requestId: string
  readonly isTls: boolean
  /** an answer to HEAD says how long its body would have been, and has none */
  readonly isHead: boolean
}

/** A whole HTTP/1.1 answer as text, the last one on its connection: for a request that no router ever sees. */
export function rawAnswer({ status, body, requestId, isTls, isHead }: RawAnswer): string {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `date: ${new Date().toUTCString()}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'connection: close',
    'x-content-type-options: nosniff',
    `x-request-id: ${requestId}`,
    ...(isTls ? [`strict-transport-security: ${strictTransport}`] : []),
  ]
  return `${lines.join('\r\n')}\r\n\r\n${isHead ? '' : body}`
}

/** A year of HTTPS only, for clients that came over TLS. */
export const strictTransport = 'max-age=31536000'
