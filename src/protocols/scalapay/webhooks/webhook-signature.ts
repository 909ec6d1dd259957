import { createHmac } from 'node:crypto'
import { assert } from '../../../kernel/assert.ts'

export type ScalapaySignatureHeaders = {
  readonly 'x-scalapay-hmac-v1': string
  readonly 'x-scalapay-timestamp': string
}

/**
 * Signs one Scalapay webhook (scalapay.md 13.3): HMAC-SHA256 over `V1:{timestamp}:{body}` with the merchant's API
 * key, in lower-case hex. The timestamp is in milliseconds, unlike the seconds of Standard Webhooks.
 *
 * `body` is the text that is sent. Receivers sign `JSON.stringify` of what they parsed, so it must be compact JSON that
 * comes back the same from a parse and a print; the renderer of the payload is responsible for that.
 */
export function signScalapay(apiKey: string, timestampMs: number, body: string): ScalapaySignatureHeaders {
  assert(apiKey !== '', 'a webhook is signed with a key')
  assert(Number.isSafeInteger(timestampMs), 'a webhook timestamp is whole milliseconds')
  const signature = createHmac('sha256', apiKey).update(`V1:${timestampMs}:${body}`, 'utf8').digest('hex')
  return { 'x-scalapay-hmac-v1': signature, 'x-scalapay-timestamp': String(timestampMs) }
}
