import { createHmac, randomBytes } from 'node:crypto'
import { assert } from '../../kernel/assert.ts'

export type StandardWebhookHeaders = {
  readonly 'webhook-id': string
  readonly 'webhook-timestamp': string
  readonly 'webhook-signature': string
}

/**
 * Signs one webhook message as Standard Webhooks 1.0 wants it: HMAC-SHA256 over `{id}.{timestamp}.{body}`, base64, one
 * `v1,` signature for each secret, separated by spaces (during a rotation both the old and the new secret are valid).
 *
 * `id` is the same for every attempt of a message, so that a receiver can dedupe; `timestampSeconds` is the time of the
 * attempt. `body` is what is sent, byte for byte. Secrets are checked when they are made or registered, not here:
 * a malformed one is a bug.
 */
export function signStandard(
  secrets: readonly string[],
  id: string,
  timestampSeconds: number,
  body: string,
): StandardWebhookHeaders {
  assert(secrets.length > 0, 'a webhook is signed with at least one secret')
  // A dot in the id would let two different messages have the same signed text.
  assert(/^[^.\s]+$/.test(id), 'a webhook id has no dot and no space')
  assert(Number.isSafeInteger(timestampSeconds), 'a webhook timestamp is whole seconds')
  const signatures = secrets.map((secret) => `v1,${hmac(secret, `${id}.${timestampSeconds}.${body}`)}`)
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': signatures.join(' '),
  }
}

/** A new endpoint secret: `whsec_` and 32 random bytes in base64 (the specification allows 24 to 64). */
export function newSecret(): string {
  return PREFIX + randomBytes(32).toString('base64')
}

/** The key bytes of a `whsec_` secret, or undefined when the text is not one (prefix, strict base64, 24 to 64 bytes). */
export function secretKey(secret: string): Buffer | undefined {
  if (!secret.startsWith(PREFIX)) return undefined
  const encoded = secret.slice(PREFIX.length)
  const key = Buffer.from(encoded, 'base64')
  // Node skips characters that are not base64; only a text that comes back the same was base64 throughout.
  return key.toString('base64') === encoded && key.length >= 24 && key.length <= 64 ? key : undefined
}

const PREFIX = 'whsec_'

function hmac(secret: string, text: string): string {
  const key = secretKey(secret)
  assert(key, 'a webhook secret is whsec_ and 24 to 64 bytes in base64')
  return createHmac('sha256', key).update(text, 'utf8').digest('base64')
}
