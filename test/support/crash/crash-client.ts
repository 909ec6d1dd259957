import { setTimeout as pause } from 'node:timers/promises'
import { Pool } from 'undici'
import { merchantKey } from '../protocols/scalapay.ts'

export type Answer = {
  readonly status: number
  readonly body: string
  readonly isReplay: boolean
  readonly retryAfter: string | undefined
}

export type Client = {
  readonly post: (path: string, body: string, key?: string) => Promise<Answer | 'lost'>
  readonly get: (path: string) => Promise<Answer | 'lost'>
  readonly close: () => Promise<void>
}

/**
 * Asks again for as long as it is told to come back: a crowded machine may keep the database longer than the server waits. `wasPutOff`: it was told so, and what it
 * asked may have been done by then.
 */
export async function askPatiently(
  send: () => Promise<Answer | 'lost'>,
): Promise<{ readonly answer: Answer | 'lost'; readonly wasPutOff: boolean }> {
  const end = performance.now() + 60_000
  for (let wasPutOff = false; ; wasPutOff = true) {
    const answer = await send()
    if (answer === 'lost' || answer.status !== 503 || performance.now() > end) return { answer, wasPutOff }
    await pause(100)
  }
}

/** A shop's server: keep-alive connections, its merchant's key, and no retries of its own. `lost`: no answer came. */
export function connectShop(url: string, connections = 32, apiKey = merchantKey): Client {
  const pool = new Pool(url, { connections, pipelining: 1, headersTimeout: 120_000, bodyTimeout: 120_000 })
  const send = async (method: 'GET' | 'POST', path: string, body?: string, key?: string): Promise<Answer | 'lost'> => {
    try {
      const headers = {
        authorization: `Bearer ${apiKey}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
      }
      const answer = await pool.request({ method, path, headers, ...(body !== undefined && { body }) })
      return {
        status: answer.statusCode,
        body: await answer.body.text(),
        isReplay: answer.headers['request-idempotency'] === 'true',
        retryAfter: answer.headers['retry-after'] as string | undefined,
      }
    } catch {
      return 'lost' // an outage: refused, reset, or cut in the middle of the answer
    }
  }
  return {
    post: (path, body, key) => send('POST', path, body, key),
    get: (path) => send('GET', path),
    close: () => pool.destroy(),
  }
}
