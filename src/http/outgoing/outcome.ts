import { errors } from 'undici'
import type { UrlRefusal } from '../../kernel/url-refusal.ts'
import { ConnectionError } from './guarded-connector.ts'

/** How a guarded request ended. Every network event is one of these values; nothing of the network is thrown. */
export type Outcome = Answered | Refused | Failed

export type Answered = {
  readonly kind: 'answered'
  readonly status: number
  /** The first 2 KB of the answer as text; NUL becomes U+FFFD, since PostgreSQL cannot store it. */
  readonly body: string
  readonly headers: { readonly 'retry-after'?: string }
  readonly milliseconds: number
}

/** How a guarded download ended. */
export type Download = Downloaded | Refused | Failed

export type Downloaded = {
  readonly kind: 'answered'
  readonly status: number
  /** the whole answer; empty when it was too large */
  readonly content: Uint8Array
  readonly milliseconds: number
}

/** Nothing was sent, because the URL or an address behind it is not allowed. Trying again does not help. */
export type Refused = { readonly kind: 'refused'; readonly reason: UrlRefusal }

export type Failed = {
  readonly kind: 'failed'
  readonly error: 'timeout' | 'dns' | 'connect' | 'tls' | 'reset' | 'other'
  readonly detail: string
  readonly milliseconds: number
}

/**
 * Names what went wrong on the network. Errors about wrong arguments are bugs of the caller and are thrown on.
 * `deadlineMs` is the deadline when it has passed, else undefined: it explains whatever error came of it.
 */
export function outcomeOfError(error: unknown, deadlineMs: number | undefined, milliseconds: number): Refused | Failed {
  if (error instanceof errors.InvalidArgumentError || error instanceof errors.NotSupportedError) throw error
  if (deadlineMs !== undefined) return failed('timeout', `no complete answer within ${deadlineMs} ms`, milliseconds)
  if (!(error instanceof Error)) return failed('other', String(error), milliseconds)
  if (error instanceof ConnectionError) {
    if (error.step === 'refused') return { kind: 'refused', reason: 'address_not_public' }
    return failed(error.step, error.message, milliseconds)
  }
  const code = 'code' in error ? String(error.code) : ''
  return failed(RESET_CODES.has(code) ? 'reset' : 'other', error.message || code, milliseconds)
}

const RESET_CODES = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'])

function failed(error: Failed['error'], detail: string, milliseconds: number): Failed {
  return { kind: 'failed', error, detail: detail.slice(0, 200), milliseconds }
}
