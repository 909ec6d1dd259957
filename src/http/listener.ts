import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeader,
  type OutgoingHttpHeaders,
  type RequestListener,
  type Server,
  ServerResponse,
} from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Socket } from 'node:net'

/** PEM texts. */
export type TlsFiles = { readonly cert: string; readonly key: string }

/**
 * Limits against slow and greedy clients. A request must arrive within 20 seconds, its head within 10; an idle
 * connection is kept a little longer than the minute that load balancers keep theirs, so that they close first.
 */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  connectionsCheckingInterval: 2_000,
  keepAliveTimeout: 72_000,
  maxHeaderSize: 16_384,
  // Nothing here depends on the Host header (addresses come from PUBLIC_URL), so a request without one is answered as any other.
  requireHostHeader: false,
}

/** More sockets than this are refused at once: they cost memory whether or not they ever ask for anything. */
const maxConnections = 10_000

/** The socket server under the framework. With TLS it speaks nothing older than 1.2 (scalapay.md 1.2). */
export function createListener(handler: RequestListener, tls: TlsFiles | undefined): Server {
  const requests: Requests = { lastAt: 0, closingSince: undefined }
  const heard: RequestListener = (request, response) => {
    requests.lastAt = performance.now()
    handler(request, response)
  }
  const options = { ...limits, ServerResponse: lastAnswerOf(requests) }
  const server = tls
    ? createTlsServer({ ...options, cert: tls.cert, key: tls.key, minVersion: 'TLSv1.2' }, heard)
    : createServer(options, heard)
  server.maxConnections = maxConnections
  // Node would answer 417 by itself to an expectation it does not know; the protocol of the path shall answer, in its own words.
  server.on('checkExpectation', heard)
  // Whoever has said all, and closes its half of the connection, still gets the answer. Node's types do not know the property.
  Object.assign(server, { httpAllowHalfOpen: true })
  spareTheNew(server, tls ? 'secureConnection' : 'connection')
  spareTheBusy(server, requests)
  return server
}

/** How long a connection may say nothing before it counts as idle. */
const graceMs = 100

/**
 * To Node a connection whose first request has not been read yet is idle, and one that is accepted just before the server closes would be
 * ended unheard. While there is such a connection none is ended; whoever closes a server asks again.
 */
function spareTheNew(server: Server, opened: 'connection' | 'secureConnection'): void {
  const young = new Set<Socket>()
  server.on(opened, (socket: Socket) => {
    young.add(socket)
    // After the next reading, too: what has arrived by then is heard, however late the process itself is.
    setTimeout(() => setImmediate(() => young.delete(socket)), graceMs).unref()
  })
  const closeIdle = server.closeIdleConnections.bind(server)
  server.closeIdleConnections = () => {
    for (const { bytesRead, destroyed } of young) if (bytesRead === 0 && !destroyed) return
    closeIdle()
  }
}

/** How long no request may have come on any connection before those that are kept alive are ended. */
const quietMs = 100
/** By then everybody who goes on to ask has been told that it was the last time. */
const longestMs = 2_000

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[]
type Requests = { lastAt: number; closingSince: number | undefined }

/** Whatever is answered once closing has begun says `Connection: close`, also to what was asked before. */
function lastAnswerOf(requests: Requests): typeof ServerResponse {
  return class<Asked extends IncomingMessage> extends ServerResponse<Asked> {
    override writeHead(status: number, reason?: string | Headers, headers?: Headers): this {
      if (requests.closingSince !== undefined) this.shouldKeepAlive = false
      return typeof reason === 'string' ? super.writeHead(status, reason, headers) : super.writeHead(status, reason)
    }
  }
}

/**
 * A client that sends one request after the other has its next one on the way when its connection counts as idle, and would never know what became
 * of it. So idle connections stay open a moment after closing has begun: whoever asks meanwhile is answered, for the last time, and the rest are
 * ended once nobody has asked for a while.
 */
function spareTheBusy(server: Server, requests: Requests): void {
  const closeIdle = server.closeIdleConnections.bind(server)
  server.closeIdleConnections = () => {
    const now = performance.now()
    requests.closingSince ??= now
    if (now - requests.closingSince >= longestMs) return closeIdle()
    const { lastAt } = requests
    if (now - Math.max(requests.closingSince, lastAt) < quietMs) return
    // Two turns of the event loop: what has arrived while the process was busy with something else is read in between.
    setImmediate(() => setImmediate(() => void (requests.lastAt === lastAt && closeIdle())))
  }
}
