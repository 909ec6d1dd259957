import { Agent, type Dispatcher } from 'undici'

/** What came of one call. Nothing of the network is thrown. */
export type Exchange =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  /** no connection was made, so that not one byte of the request has left */
  | { readonly kind: 'not_sent'; readonly detail: string }
  /** the request may or may not have been read at the other end */
  | { readonly kind: 'lost'; readonly detail: string }

export type AcquirerHttp = {
  /** `deadlineMs` bounds everything together: a free connection, connect, TLS, headers and body. Never tries twice. */
  post(url: string, headers: Readonly<Record<string, string>>, body: string, deadlineMs: number): Promise<Exchange>
  /** Cuts what is under way (it becomes `lost`) and closes every connection. */
  close(): Promise<void>
}

/** Real answers are about 1 KB. */
export const maxAnswerBytes = 65_536

/**
 * HTTP towards acquirers: kept-alive connections shared by every connector, one deadline, one size cap, no redirect.
 * The addresses come from the operator and not from a merchant, so there is no guard against private ranges.
 */
export function createAcquirerHttp(): AcquirerHttp {
  const agent = new Agent({
    connections: 64,
    // The deadline below is the only clock; undici's own would be two more for each request.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  return {
    post: (url, headers, body, deadlineMs) => post(agent, new URL(url), headers, body, deadlineMs),
    close: () => agent.destroy(),
  }
}

async function post(
  agent: Agent,
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  deadlineMs: number,
): Promise<Exchange> {
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), deadlineMs)
  const options = { origin: url.origin, path: url.pathname + url.search, method: 'POST', headers, body } as const
  try {
    const response = await agent.request({ ...options, signal: deadline.signal })
    return await readAnswer(response)
  } catch (error) {
    // A rail outcome in the sense of the style guide: whatever the network did becomes a value.
    return failureOf(error, deadline.signal.aborted)
  } finally {
    clearTimeout(timer)
  }
}

async function readAnswer(response: Dispatcher.ResponseData): Promise<Exchange> {
  const chunks: Buffer[] = []
  let received = 0
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    received += chunk.length
    // Leaving the loop early destroys the socket.
    if (received > maxAnswerBytes) return { kind: 'lost', detail: 'the answer is longer than any real one' }
    chunks.push(chunk)
  }
  const bytes = Buffer.concat(chunks)
  const text = bytes.toString('utf8')
  if (!Buffer.from(text).equals(bytes)) return { kind: 'lost', detail: 'the answer is not UTF-8' }
  return { kind: 'answered', status: response.statusCode, body: text }
}

/** Errors that only a connection that never stood can end with. A reset or an unreachable host may come later, too. */
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT'])

/** Only the error's code is kept: its message may quote what was sent. */
function failureOf(error: unknown, late: boolean): Exchange {
  if (late) return { kind: 'lost', detail: 'no complete answer within the deadline' }
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no code'
  const kind = neverConnected.has(code) ? 'not_sent' : 'lost'
  return { kind, detail: `connection failed (${code})` }
}
