import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { EventKind } from '../../src/domain/payment/event.ts'
import type { PaymentState } from '../../src/domain/payment/state.ts'
import { webhookEvents } from '../../src/domain/webhook/event-name.ts'
import { sentBy } from '../../src/domain/webhook/renderer.ts'
import { signStandard } from '../../src/http/outgoing/standard-webhooks.ts'
import { webhookRenderers } from '../../src/main/webhook-renderers.ts'
import { signScalapay } from '../../src/protocols/scalapay/webhooks/webhook-signature.ts'
import { isSent, webhookStatus } from '../../src/protocols/scalapay/webhooks/webhooks.ts'

type Headers = Record<string, string>
type StandardVector = { scheme: 'standard'; secrets: string[]; body: string; headers: Headers }
type ScalapayVector = { scheme: 'scalapay'; apiKey: string; body: string; headers: Headers }
type Samples = {
  verifyStandard(headers: Headers, rawBody: string, secret: string, nowMs?: number): boolean
  verifyScalapay(headers: Headers, rawBody: string, apiKey: string): boolean
}

const page = readFileSync(new URL('../../docs/protocols/webhooks.md', import.meta.url), 'utf8')
const vectors = blocks('json vector').map((json): StandardVector | ScalapayVector => JSON.parse(json))
const standard = vectors.filter((vector) => vector.scheme === 'standard')
const scalapay = vectors.filter((vector) => vector.scheme === 'scalapay')
const samples: Samples = Object.assign({}, ...(await Promise.all(blocks('js').map(importText))))

/** The insides of the page's code blocks with this info string. */
function blocks(info: string): string[] {
  return [...page.matchAll(/^```(.+)\n([\s\S]*?)^```$/gm)].flatMap(([, name, text]) =>
    name === info && text ? [text] : [],
  )
}

function importText(code: string): Promise<object> {
  return import(`data:text/javascript,${encodeURIComponent(code)}`)
}

test('the page has vectors of both schemes, a rotation and text beyond ASCII among them', () => {
  assert.equal(vectors.length, standard.length + scalapay.length)
  assert.ok(standard.some((vector) => vector.secrets.length === 2))
  for (const list of [standard, scalapay]) assert.ok(list.some((vector) => /[^ -~]/.test(vector.body)))
})

test('the published Standard Webhooks vectors follow from node:crypto and from our signer', () => {
  for (const { secrets, body, headers } of standard) {
    const id = headers['webhook-id'] ?? ''
    const timestamp = headers['webhook-timestamp'] ?? ''
    const signatures = secrets.map((secret) => {
      const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
      return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`
    })
    assert.equal(headers['webhook-signature'], signatures.join(' '))
    assert.deepEqual(signStandard(secrets, id, Number(timestamp), body), headers)
  }
})

test('the published Scalapay vectors follow from node:crypto and from our signer', () => {
  for (const { apiKey, body, headers } of scalapay) {
    const timestamp = headers['x-scalapay-timestamp'] ?? ''
    const signature = createHmac('sha256', apiKey).update(`V1:${timestamp}:`).update(body).digest('hex')
    assert.equal(headers['x-scalapay-hmac-v1'], signature)
    assert.deepEqual(signScalapay(apiKey, Number(timestamp), body), headers)
    assert.equal(JSON.stringify(JSON.parse(body)), body)
  }
})

test('the Standard Webhooks sample of the page accepts the vectors and nothing changed or old', () => {
  for (const { secrets, body, headers } of standard) {
    const now = Number(headers['webhook-timestamp']) * 1000
    for (const secret of secrets) {
      assert.equal(samples.verifyStandard(headers, body, secret, now), true)
      assert.equal(samples.verifyStandard(headers, `${body} `, secret, now), false)
      assert.equal(samples.verifyStandard(headers, body, secret, now + 301_000), false)
      assert.equal(samples.verifyStandard({ ...headers, 'webhook-timestamp': 'x' }, body, secret, now), false)
      assert.equal(
        samples.verifyStandard({ ...headers, 'webhook-signature': 'v1 v1, v2,AA==' }, body, secret, now),
        false,
      )
    }
    assert.equal(samples.verifyStandard(headers, body, `whsec_${'A'.repeat(44)}`, now), false)
  }
})

test('the Scalapay sample of the page accepts the vectors and nothing changed', () => {
  for (const { apiKey, body, headers } of scalapay) {
    assert.equal(samples.verifyScalapay(headers, body, apiKey), true)
    assert.equal(samples.verifyScalapay(headers, `${body} `, apiKey), false)
    assert.equal(samples.verifyScalapay(headers, body, `${apiKey}x`), false)
    assert.equal(samples.verifyScalapay({ ...headers, 'x-scalapay-timestamp': '1' }, body, apiKey), false)
    assert.equal(samples.verifyScalapay({ ...headers, 'x-scalapay-hmac-v1': '' }, body, apiKey), false)
  }
})

/** A state in which each event leaves an order. */
const after: Readonly<Partial<Record<string, PaymentState>>> = {
  ...{ reduced: 'captured', closed: 'captured', partially_refunded: 'partially_refunded', expiring_soon: 'authorized' },
}

const section = (number: string) => page.split(/^###? /m).find((each) => each.startsWith(`${number} `)) ?? ''

test('the page lists every event that a Scalapay order is told of, with the status that its body has', () => {
  const listed = new Map(
    [...section('1.1').matchAll(/^\| `([a-z_]+)` \| `([a-z_]+)`/gm)].map(([, name, status]) => [name, status]),
  )
  const sent = webhookEvents.filter(isSent)
  assert.deepEqual([...listed.keys()].toSorted(), sent.toSorted())
  for (const name of sent) {
    const kind = name === 'partially_refunded' ? 'refunded' : name
    const state = after[name] ?? (name as PaymentState)
    assert.equal(webhookStatus({ kind: kind as EventKind, state }), listed.get(name), name)
  }
})

for (const [number, protocol] of [
  ['1.1', 'scalapay'],
  ['1.2', 'kupay'],
  ['1.3', 'salescloud'],
] as const)
  test(`the page lists every event that ${protocol} sends, and no other`, () => {
    const listed = [...section(number).matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name)
    const sent = webhookRenderers[protocol]?.sends ?? []
    assert.deepEqual([...new Set(listed)].toSorted(), [...sent].toSorted())
  })

test('the page names what is never sent', () => {
  const sent = sentBy(webhookRenderers)
  const never = webhookEvents.filter((name) => !sent.includes(name))
  const named = [...(section('1.4').split('are known')[0] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name)
  assert.deepEqual(named.toSorted(), [...never].toSorted())
})
