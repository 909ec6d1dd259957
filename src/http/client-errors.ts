import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyBaseLogger } from 'fastify'
import { newErrorId } from './error-body.ts'
import { clientFaultBody } from './last-resort.ts'
import { rawAnswer } from './raw-answer.ts'
import { answerInTurn, type BrokenRequest, brokenRequest, isHead, prefixOf } from './request/broken-request.ts'

/** What a part answers, in its own shape, to input below its prefix that is not HTTP. */
export type UnreadableRequest = {
  readonly prefix: string
  readonly status: number
  /** JSON */
  readonly body: string
}

export type ClientErrors = {
  readonly parts: readonly UnreadableRequest[]
  readonly log: FastifyBaseLogger
  readonly newRequestId: () => string
  readonly isTls: boolean
}

export type OnClientError = (error: Error, socket: Socket) => void

/**
 * For Node's `clientError`: what is not HTTP, too large a head, or too slow is answered once, as the part it was meant for
 * has it, else in the house's shape, and the connection is closed. An answer that belongs to an earlier request on the
 * connection, or that has begun, goes out first and whole. What cannot be seen to be anybody's is answered as the first
 * part with a promise has it. Nothing that was sent is logged: it may hold a card.
 *
 * From the first error on nothing more is read as a request, so that what an answer says of its request stays true.
 */
export function answerClientErrors(options: ClientErrors): OnClientError {
  return (error, socket) => {
    const code = 'code' in error ? String(error.code) : ''
    if (!isRequestFault(code) || socket.bytesRead === 0) {
      // The connection failed, or no request ever came on it (browsers and balancers open some in advance).
      socket.destroy()
      return
    }
    const broken = brokenRequest(error, socket)
    dropFurtherInput(socket)
    answerAndClose(socket, broken, () => refusalOf(options, broken, code))
  }
}

/** Node closes on CONNECT without a word unless somebody listens; here it is one more request that cannot be read. */
export function answerConnect(server: Server, onClientError: OnClientError): void {
  server.on('connect', ({ socket }) => {
    socket.on('error', () => socket.destroy())
    onClientError(Object.assign(new Error('CONNECT is not spoken here'), { code: connectCode }), socket)
  })
}

const connectCode = 'CONNECT'

/** Not a connection's failure: the parser's codes, the time limits', and our own. */
function isRequestFault(code: string): boolean {
  return code.startsWith('HPE_') || code === 'ERR_HTTP_REQUEST_TIMEOUT' || code === connectCode
}

/** A listener for data takes the connection back from the parser; without this a late body could still become a payment. */
function dropFurtherInput(socket: Socket): void {
  socket.removeAllListeners('data')
  socket.on('data', () => undefined)
  socket.resume()
}

function answerAndClose(socket: Socket, broken: BrokenRequest, refusal: () => string): void {
  const current = answerInTurn(socket)
  const isItsTurn = current === undefined || (current.req === broken.message && !current.headersSent)
  if (!isItsTurn) {
    current.once('finish', () => answerAndClose(socket, broken, refusal))
    return
  }
  if (!socket.writable) return
  // A body may break off after its request was answered, when the head alone said no.
  const isAnswered = current === undefined && broken.message !== undefined
  socket.end(isAnswered ? '' : refusal())
  const timer = setTimeout(() => socket.destroy(), lingerMs).unref()
  socket.once('close', () => clearTimeout(timer))
}

/** A connection that is closed while its client still sends may lose the answer on the way; so what comes is read a while. */
const lingerMs = 2_000

function refusalOf({ parts, log, newRequestId, isTls }: ClientErrors, broken: BrokenRequest, code: string): string {
  const requestId = newRequestId()
  const errorId = newErrorId()
  const { status, body } = prefixOf(broken, parts) ?? inTheHouse(statuses[code] ?? 400, errorId)
  log.info({ reqId: requestId, errorId, status, reason: code }, 'refused')
  return rawAnswer({ status, body, requestId, isTls, isHead: isHead(broken) })
}

function inTheHouse(status: number, errorId: string): Pick<UnreadableRequest, 'status' | 'body'> {
  return { status, body: JSON.stringify(clientFaultBody(status, errorId)) }
}

const statuses: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
}
