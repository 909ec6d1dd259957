import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signScalapay } from './webhook-signature.ts'

const BODY =
  '{"merchantReference":"merchantOrder-1234","totalAmount":40.7,"status":"charged","orderToken":"21KLT3YDWT"}'

/** What Scalapay's documentation has a receiver do: print the parsed body again and compare in hex. */
async function receiverSignature(apiKey: string, timestamp: string, parsed: unknown): Promise<string> {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const key = await crypto.subtle.importKey('raw', bytes(apiKey), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const signature = await crypto.subtle.sign('HMAC', key, bytes(`V1:${timestamp}:${JSON.stringify(parsed)}`))
  return new Uint8Array(signature).toHex()
}

test('signs so that a receiver that prints the parsed body again agrees', async () => {
  const headers = signScalapay('qhtfs87hjnc12kkos', 1234567890123, BODY)
  assert.equal(headers['x-scalapay-timestamp'], '1234567890123')
  assert.match(headers['x-scalapay-hmac-v1'], /^[0-9a-f]{64}$/)
  assert.equal(
    headers['x-scalapay-hmac-v1'],
    await receiverSignature('qhtfs87hjnc12kkos', headers['x-scalapay-timestamp'], JSON.parse(BODY)),
  )
})

test('signs text beyond ASCII as UTF-8', async () => {
  const body = '{"merchantReference":"pöntun 1 þæö €"}'
  const headers = signScalapay('key', 1, body)
  assert.equal(headers['x-scalapay-hmac-v1'], await receiverSignature('key', '1', JSON.parse(body)))
})

test('gives another signature for another key, time or body', () => {
  const signatures = [
    signScalapay('key', 1, BODY),
    signScalapay('kez', 1, BODY),
    signScalapay('key', 2, BODY),
    signScalapay('key', 1, `${BODY} `),
  ].map((headers) => headers['x-scalapay-hmac-v1'])
  assert.equal(new Set(signatures).size, 4)
})

test('does not sign with an empty key or a time that is not whole milliseconds', () => {
  assert.throws(() => signScalapay('', 1, BODY), /key/)
  for (const time of [1.5, Number.NaN]) assert.throws(() => signScalapay('key', time, BODY), /milliseconds/)
})
