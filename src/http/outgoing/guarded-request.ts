import { setMaxListeners } from 'node:events'
import { Agent, buildConnector, type Dispatcher } from 'undici'
import { checkUrl, type UrlPolicy } from './guard.ts'
import { guardConnector, guardLookup } from './guarded-connector.ts'
import {
  type Answered,
  type Download,
  type Downloaded,
  type Failed,
  type Outcome,
  outcomeOfError,
  type Refused,
} from './outcome.ts'
import { createHostResolver, type ResolveHost } from './resolve-host.ts'

export type OutgoingRequest = {
  readonly url: string
  readonly method: 'POST' | 'GET' | 'PUT'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** For everything together: waiting for a free connection, DNS, connect, TLS, headers and body. Default 10,000. */
  readonly deadlineMs?: number
  /** After so many bytes of body the connection is cut; the answer counts. Default 65,536. */
  readonly maxResponseBytes?: number
}

export type GuardedClient = {
  /** Sends one request. Never follows a redirect, never tries twice. Throws only for arguments that are a caller's bug. */
  send(request: OutgoingRequest): Promise<Outcome>
  /** The same, for an answer that is a file: nothing of it is kept when it is larger than `maxResponseBytes`. */
  download(request: OutgoingRequest): Promise<Download>
  /** Waits for the requests under way, each of which ends by its deadline, and closes every connection. */
  close(): Promise<void>
}

export type GuardedClientOptions = {
  readonly resolve?: ResolveHost
  /**
   * Default 32. Requests beyond it wait, and their deadline runs meanwhile, so a sender of many should hold no more
   * than this in flight towards one origin.
   */
  readonly connectionsPerOrigin?: number
  /** Certificate authorities to trust instead of the public ones (PEM). */
  readonly ca?: string
  /** Replaces the part that opens sockets; the guard stays around it. */
  readonly connector?: buildConnector.connector
}

/**
 * The one way out for merchant-given URLs: each URL is checked as text at every send, each new connection is resolved and
 * checked again (see guarded-connector.ts), and one deadline and one size cap bound what a receiver can cost.
 * Connections are kept alive and reused; after five minutes a busy one is replaced, so that a changed name takes effect.
 */
export function createGuardedClient(policy: UrlPolicy, options: GuardedClientOptions = {}): GuardedClient {
  const lookup = guardLookup(options.resolve ?? createHostResolver(), policy)
  const trust = options.ca === undefined ? {} : { ca: options.ca }
  const closing = new AbortController()
  setMaxListeners(0, closing.signal) // one listener for each open socket, removed when it closes
  const sockets = { ...trust, lookup, signal: closing.signal, timeout: DEFAULT_DEADLINE_MS }
  const agent = new Agent({
    connect: guardConnector(options.connector ?? buildConnector(sockets), policy),
    connections: options.connectionsPerOrigin ?? 32,
    clientTtl: 300_000,
    // The deadline below is the only clock; undici's own would be two more for each request.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  const underWay = new Set<Promise<unknown>>()
  const track = <T>(made: Promise<T>): Promise<T> => {
    const outcome = made.finally(() => underWay.delete(outcome))
    underWay.add(outcome)
    return outcome
  }
  return {
    send: (request) => track(perform(agent, policy, request, exchange)),
    download: (request) => track(perform(agent, policy, request, fetchFile)),
    async close() {
      await Promise.allSettled(underWay)
      // agent.close() would wait ten seconds for a connection that is being tried and no longer needed.
      closing.abort()
      await agent.destroy()
    },
  }
}

const DEFAULT_DEADLINE_MS = 10_000
const DEFAULT_MAX_RESPONSE_BYTES = 65_536
const KEPT_RESPONSE_BYTES = 2048

/** The whole time is measured around it. */
type Exchange<A> = (agent: Agent, url: URL, request: OutgoingRequest, signal: AbortSignal) => Promise<A>

async function perform<A extends Answered | Downloaded>(
  agent: Agent,
  policy: UrlPolicy,
  request: OutgoingRequest,
  exchange: Exchange<A>,
): Promise<A | Refused | Failed> {
  const target = checkUrl(request.url, policy)
  if (!target.ok) return { kind: 'refused', reason: target.reason }
  const deadlineMs = request.deadlineMs ?? DEFAULT_DEADLINE_MS
  const startedAt = performance.now()
  const elapsed = () => Math.round(performance.now() - startedAt)
  const deadline = new AbortController()
  const passed = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    deadline.abort()
    passed.reject(deadline.signal.reason)
  }, deadlineMs)
  try {
    // undici answers an abort only once the request has a connection, so the deadline is raced as well as signalled.
    const answer = await Promise.race([passed.promise, exchange(agent, target.value, request, deadline.signal)])
    return { ...answer, milliseconds: elapsed() }
  } catch (error) {
    // A rail outcome in the sense of the style guide: whatever the network did becomes a value.
    return outcomeOfError(error, deadline.signal.aborted ? deadlineMs : undefined, elapsed())
  } finally {
    clearTimeout(timer)
  }
}

async function exchange(agent: Agent, url: URL, request: OutgoingRequest, signal: AbortSignal): Promise<Answered> {
  const response = await agent.request(dispatchOptions(url, request, signal))
  const body = await readStart(response.body, request.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES)
  return { kind: 'answered', status: response.statusCode, body, headers: kept(response), milliseconds: 0 }
}

async function fetchFile(agent: Agent, url: URL, request: OutgoingRequest, signal: AbortSignal): Promise<Downloaded> {
  const response = await agent.request(dispatchOptions(url, request, signal))
  const content = await readWhole(response.body, request.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES)
  return { kind: 'answered', status: response.statusCode, content, milliseconds: 0 }
}

/** Empty when there is more of it than that. Leaving the loop early destroys the socket. */
async function readWhole(stream: AsyncIterable<Buffer>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let received = 0
  for await (const chunk of stream) {
    received += chunk.length
    if (received > maxBytes) return new Uint8Array(0)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function dispatchOptions(
  url: URL,
  request: OutgoingRequest,
  signal: AbortSignal,
): Dispatcher.RequestOptions & { origin: string } {
  const body = typeof request.body === 'object' ? Buffer.from(request.body) : (request.body ?? null)
  return {
    origin: url.origin,
    path: url.pathname + url.search,
    method: request.method,
    headers: request.headers,
    body,
    signal,
  }
}

/** Reads to the end or to the cap, keeping only the first 2 KB. Leaving the loop early destroys the socket. */
async function readStart(stream: AsyncIterable<Buffer>, maxBytes: number): Promise<string> {
  const start: Buffer[] = []
  let received = 0
  for await (const chunk of stream) {
    if (received < KEPT_RESPONSE_BYTES) start.push(chunk.subarray(0, KEPT_RESPONSE_BYTES - received))
    received += chunk.length
    if (received >= maxBytes) break
  }
  // `stream: true` leaves out a character that the cut went through, instead of a replacement sign at the end.
  const text = new TextDecoder().decode(Buffer.concat(start), { stream: received > KEPT_RESPONSE_BYTES })
  return text.replaceAll('\u0000', '\ufffd')
}

function kept(response: Dispatcher.ResponseData): Answered['headers'] {
  const value = response.headers['retry-after']
  const first = Array.isArray(value) ? value[0] : value
  return first === undefined ? {} : { 'retry-after': first.slice(0, 64) }
}
