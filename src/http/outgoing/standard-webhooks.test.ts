import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { newSecret, type StandardWebhookHeaders, secretKey, signStandard } from './standard-webhooks.ts'

// The example that the specification's reference libraries and Svix's documentation publish.
const published = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: 1614265330,
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}

/** A receiver's verification, written with WebCrypto and from the specification alone. */
async function isGenuine(secret: string, headers: StandardWebhookHeaders, body: string): Promise<boolean> {
  const bytes = Uint8Array.fromBase64(secret.replace(/^whsec_/, ''))
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  const signed = new TextEncoder().encode(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
  const candidates = headers['webhook-signature'].split(' ').filter((part) => part.startsWith('v1,'))
  const checks = candidates.map((part) =>
    crypto.subtle.verify('HMAC', key, Uint8Array.fromBase64(part.slice(3)), signed),
  )
  return (await Promise.all(checks)).includes(true)
}

test('signs the published example as published', () => {
  const { secret, id, timestamp, body, signature } = published
  assert.deepEqual(signStandard([secret], id, timestamp, body), {
    'webhook-id': id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': signature,
  })
})

test('is accepted by an independent receiver, whatever the body', async () => {
  const secret = newSecret()
  const anyText = fc.array(fc.nat({ max: 0xffff })).map((units) => String.fromCharCode(...units).toWellFormed())
  await fc.assert(
    fc.asyncProperty(anyText, fc.nat(), async (body, timestamp) => {
      assert.equal(await isGenuine(secret, signStandard([secret], 'msg_1', timestamp, body), body), true)
    }),
    { numRuns: 50 },
  )
})

test('is not accepted with another body, id, time or secret', async () => {
  const secret = newSecret()
  const headers = signStandard([secret], 'msg_1', 1700000000, 'body')
  assert.equal(await isGenuine(secret, headers, 'body '), false)
  assert.equal(await isGenuine(secret, { ...headers, 'webhook-id': 'msg_2' }, 'body'), false)
  assert.equal(await isGenuine(secret, { ...headers, 'webhook-timestamp': '1700000001' }, 'body'), false)
  assert.equal(await isGenuine(newSecret(), headers, 'body'), false)
})

test('carries one signature for each secret during a rotation', async () => {
  const [older, newer] = [newSecret(), newSecret()]
  const headers = signStandard([newer, older], 'msg_1', 1700000000, '{}')
  assert.match(headers['webhook-signature'], /^v1,[^ ]{44} v1,[^ ]{44}$/)
  for (const secret of [older, newer]) assert.equal(await isGenuine(secret, headers, '{}'), true)
})

test('makes secrets of 32 random bytes that differ', () => {
  const secrets = Array.from({ length: 100 }, newSecret)
  assert.equal(new Set(secrets).size, 100)
  for (const secret of secrets) assert.equal(secretKey(secret)?.length, 32)
})

test('takes secrets of 24 to 64 bytes in strict base64 only', () => {
  const secretOf = (length: number) => `whsec_${Buffer.alloc(length, 1).toString('base64')}`
  for (const length of [24, 64]) assert.equal(secretKey(secretOf(length))?.length, length)
  for (const bad of [
    '',
    'whsec_',
    secretOf(23),
    secretOf(65),
    secretOf(32).slice(6),
    `${secretOf(32)}\n`,
    secretOf(32).replace('=', ''),
    `whsec_${'-_'.repeat(22)}`,
    `whsec_${' '.repeat(44)}`,
    secretOf(32).toUpperCase(),
  ]) {
    assert.equal(secretKey(bad), undefined, bad)
    assert.throws(() => signStandard([bad], 'msg_1', 1, ''), /whsec_/)
  }
})

test('does not sign without a secret, with an ambiguous id or with a broken time', () => {
  const secret = newSecret()
  assert.throws(() => signStandard([], 'msg_1', 1, ''))
  for (const id of ['', 'msg.1', 'msg 1', 'msg\n1']) assert.throws(() => signStandard([secret], id, 1, ''), /id/)
  for (const time of [1.5, Number.NaN, Number.POSITIVE_INFINITY])
    assert.throws(() => signStandard([secret], 'm', time, ''), /seconds/)
})
