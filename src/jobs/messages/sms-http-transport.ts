import { Agent, request } from 'undici'
import type { MessageTransport, SendOutcome } from '../../app/message/message-transport.ts'

const deadlineMs = 15_000

export type SmsHttpSettings = {
  /** takes `POST { "id", "to", "text" }`, JSON; set by the operator, so it may lie in a network of theirs */
  readonly url: string
  /** sent as `Authorization: Bearer` */
  readonly token?: string | undefined
}

/**
 * Text messages through any provider that takes JSON over HTTP, or a small adapter in front of one. The id is also sent as
 * `Idempotency-Key`. Any 2xx is taken, 429 and 503 are for now, other answers for good; no answer is unknown, unless no
 * connection came about.
 */
export function createSmsHttpTransport({ url, token }: SmsHttpSettings): MessageTransport {
  const agent = new Agent({ connections: 4, connect: { timeout: deadlineMs } })
  return {
    send: async ({ id, recipient, text }) => {
      try {
        const { statusCode, body } = await request(url, {
          method: 'POST',
          dispatcher: agent,
          headers: {
            'content-type': 'application/json',
            'idempotency-key': id,
            ...(token && { authorization: `Bearer ${token}` }),
          },
          body: JSON.stringify({ id, to: recipient, text }),
          signal: AbortSignal.timeout(deadlineMs),
        })
        await body.dump({ limit: 65_536 })
        return outcomeOf(statusCode)
      } catch (error) {
        return failureOf(error as Error & { code?: string })
      }
    },
    close: () => void agent.destroy(),
  }
}

function outcomeOf(status: number): SendOutcome {
  if (status >= 200 && status < 300) return { kind: 'sent' }
  return { kind: status === 429 || status === 503 ? 'later' : 'refused', error: `the provider answered ${status}` }
}

/** Nothing was sent when there was nobody to send it to. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

function failureOf({ message, code }: Error & { code?: string }): SendOutcome {
  return { kind: neverConnected.has(code ?? '') ? 'later' : 'unknown', error: message.slice(0, 300) }
}
