import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { parseFaults } from './faults.ts'
import type { Gateway } from './gateway.ts'

const maxBodyBytes = 262_144

type SetClock = (offset: bigint) => void

/** SOAP on every path but `/control/...`, which sets the faults and the clock, and reads the book. */
export function createSimulatorServer(gateway: Gateway, setClock: SetClock): Server {
  const listener: RequestListener = (request, response) => {
    serve({ gateway, setClock }, request, response).catch(() => {
      // The client went away in the middle of its request, or the disk failed: either way it gets no answer.
      response.destroy()
    })
  }
  return createServer(listener)
}

type Office = { readonly gateway: Gateway; readonly setClock: SetClock }

async function serve(office: Office, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request)
  const reply = body === undefined ? plain(413, 'too large') : await route(office, request, body)
  if (reply === 'cut') {
    request.socket.destroy()
    return
  }
  response.writeHead(reply.status, { 'content-type': reply.type, 'content-length': Buffer.byteLength(reply.body) })
  response.end(reply.body)
}

type HttpReply = { readonly status: number; readonly type: string; readonly body: string }

async function route(
  { gateway, setClock }: Office,
  request: IncomingMessage,
  body: string,
): Promise<HttpReply | 'cut'> {
  if (request.url === '/control/book' && request.method === 'GET') return json(200, gateway.book())
  if (request.url === '/control/faults' && request.method === 'POST') return setFaults(gateway, body)
  if (request.url === '/control/clock' && request.method === 'POST') return moveClock(setClock, body)
  if (request.url?.startsWith('/control/')) return json(404, { error: 'unknown control' })
  if (request.method !== 'POST') return plain(405, 'POST only')
  const reply = await gateway.handle(body)
  return reply === undefined ? 'cut' : { ...reply, type: 'text/xml; charset=utf-8' }
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let received = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    received += chunk.length
    if (received > maxBodyBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function setFaults(gateway: Gateway, body: string): HttpReply {
  const faults = parseFaults(readJson(body))
  if (faults === undefined) return json(400, { error: 'the body must be a list of faults' })
  gateway.setFaults(faults)
  return json(200, { faults: faults.length })
}

function moveClock(setClock: SetClock, body: string): HttpReply {
  const { offset } = (readJson(body) ?? {}) as { offset?: unknown }
  if (typeof offset !== 'string' || !/^-?\d{1,18}$/.test(offset))
    return json(400, { error: 'offset must be microseconds' })
  setClock(BigInt(offset))
  return json(200, { offset })
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // What is not JSON is not a list of faults either: the caller refuses it.
    return undefined
  }
}

function json(status: number, value: unknown): HttpReply {
  return { status, type: 'application/json', body: JSON.stringify(value) }
}

function plain(status: number, body: string): HttpReply {
  return { status, type: 'text/plain', body }
}
