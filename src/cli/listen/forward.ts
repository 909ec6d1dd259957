import { lookup as dnsLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { Agent, errors } from 'undici'
import type { HeardEvent } from '../../app/webhook/webhook-listeners.ts'
import { CliError } from '../cli-error.ts'

/** Where events go. `path` is the text as it was typed, query included: nothing in it is decoded or encoded again. */
export type ForwardTarget = { readonly url: string; readonly origin: string; readonly path: string }

const form = /^(https?:\/\/[^/?#\\@\s]+)([^#]*)$/i
/** What HTTP allows in a request line. */
const sendable = /^[\x21-\x7e]*$/
const beyondAscii = /[\u{80}-\u{10ffff}]+/gu

/**
 * Throws CliError unless the text is a plain http or https URL. It may point anywhere: the operator has typed it. Only what
 * HTTP cannot send as it is (`?ü=1`) is percent-encoded.
 */
export function readForwardTarget(text: string): ForwardTarget {
  const match = form.exec(text)
  const origin = match && URL.parse(match[1] as string)?.origin
  const rest = (match?.[2] ?? '').toWellFormed().replace(beyondAscii, encodeURIComponent)
  if (!origin || !sendable.test(rest))
    throw new CliError('--forward must be a URL like http://localhost:3000/hooks, without user, fragment and spaces')
  return { url: text, origin, path: rest.startsWith('/') ? rest : `/${rest}` }
}

export type ForwardResult =
  | { readonly kind: 'answered'; readonly status: number; readonly latencyMs: number }
  /** not sent, or no whole answer came; `error` is a word for the operator */
  | { readonly kind: 'failed'; readonly error: string }

type Forwardable = Pick<HeardEvent, 'method' | 'query' | 'body' | 'headers'>

export type Forwarder = {
  /** Tries until the receiver was reached. Throws the signal's reason when it is aborted. */
  readonly forward: (event: Forwardable, signal: AbortSignal) => Promise<ForwardResult>
  readonly close: () => Promise<void>
}

/** Nobody is there yet: the developer's server is being started again, and the event waits for it. */
const notReached = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/
/** It may have been received. As often as this it is sent again, under the same webhook-id; then the next one has its turn. */
const mostBroken = 5
/** As long as a real receiver gets. */
const deadlineMs = 10_000
const longestPauseMs = 5_000

/**
 * Sends events to a receiver as the server would. A receiver that cannot be reached is waited for, and `onWaiting` told once; one
 * that breaks the connection is tried five times; any answer, and none within ten seconds, ends the event.
 */
export function createForwarder(target: ForwardTarget, onWaiting: (error: string) => void): Forwarder {
  const agent = new Agent({
    headersTimeout: deadlineMs,
    bodyTimeout: deadlineMs,
    connect: { timeout: deadlineMs, lookup },
  })
  return {
    forward: async (event, signal) => {
      for (let tries = 1, broken = 0; ; tries++) {
        const result = await sendOnce(agent, target, event, signal)
        if (result.kind === 'answered') return result
        const isReached = !notReached.test(result.error)
        if (isReached) broken++
        if (isReached && (broken >= mostBroken || /TIMEOUT$/.test(result.error))) return result
        if (tries === 1) onWaiting(result.error)
        await pause(Math.min(100 * 2 ** tries, longestPauseMs), undefined, { signal })
      }
    },
    close: () => agent.close(),
  }
}

/** A receiver on this machine may listen on either loopback address, whichever of them `localhost` is here: both are tried. */
const lookup: LookupFunction = (hostname, options, callback) => {
  if (hostname.toLowerCase() !== 'localhost' || !options.all) dnsLookup(hostname, options, callback)
  else
    callback(null, [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ])
}

async function sendOnce(
  agent: Agent,
  { origin, path }: ForwardTarget,
  { method, query, body, headers }: Forwardable,
  signal: AbortSignal,
): Promise<ForwardResult> {
  const began = performance.now()
  try {
    const added = new URLSearchParams(query).toString()
    const whole = added === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${added}`
    const options = { method, headers: { ...headers }, signal, ...(body !== '' && { body }) }
    const response = await agent.request({ origin, path: whole, ...options })
    await response.body.dump({ limit: 65_536 })
    return { kind: 'answered', status: response.statusCode, latencyMs: Math.round(performance.now() - began) }
  } catch (error) {
    signal.throwIfAborted()
    const isNetwork = error instanceof errors.UndiciError || (error instanceof Error && 'code' in error)
    if (!isNetwork) throw error
    return { kind: 'failed', error: String((error as Error & { code?: unknown }).code) }
  }
}
