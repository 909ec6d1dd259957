import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'
import type pg from 'pg'
import { hashKey } from '../../../src/app/merchant/hash-key.ts'
import { createSealer, type Sealer } from '../../../src/app/shared/seal.ts'
import { createWebhookPrinter } from '../../../src/app/webhook/print-webhook.ts'
import {
  createWebhookEndpoints,
  type EndpointOptions,
  type WebhookEndpoints,
} from '../../../src/app/webhook/webhook-endpoints.ts'
import { insertApiKey } from '../../../src/db/merchant/api-keys.ts'
import { connectPool } from '../../../src/db/wire/connection.ts'
import type { MerchantTerms } from '../../../src/domain/merchant/terms.ts'
import type { WebhookRenderers } from '../../../src/domain/webhook/renderer.ts'
import { checkUrlInWords } from '../../../src/http/outgoing/guard.ts'
import { createGuardedClient, type GuardedClient } from '../../../src/http/outgoing/guarded-request.ts'
import { newSecret, signStandard } from '../../../src/http/outgoing/standard-webhooks.ts'
import {
  createWebhookDelivery,
  type WebhookDelivery,
  type WebhookDeliveryOptions,
} from '../../../src/jobs/webhooks/deliver-webhooks.ts'
import type { Clock } from '../../../src/kernel/clock.ts'
import { type Instant, plus } from '../../../src/kernel/instant.ts'
import { scalapayWebhooks } from '../../../src/protocols/scalapay/webhooks/webhook-renderer.ts'
import { someTime } from '../payments/factories.ts'

export const testSealer: Sealer = createSealer(Buffer.alloc(32, 7))

export const testRenderers: WebhookRenderers = {
  scalapay: scalapayWebhooks,
}

/** A clock that stands until it is moved. */
export function standingClock(
  now: Instant = someTime,
): Clock & { moveTo: (instant: Instant) => void; moveBy: (by: bigint) => void } {
  let present = now
  return {
    now: () => present,
    moveTo: (instant) => {
      present = instant
    },
    moveBy: (by) => {
      present = plus(present, by)
    },
  }
}

/** The key that the merchant's webhooks are signed with. */
export async function addSigningKey(pool: pg.Pool, merchant: MerchantTerms, key: string): Promise<void> {
  const hash = hashKey(`${merchant.id} ${key}`)
  const names = {
    id: `key-${merchant.id}-${key}`,
    last4: key.slice(-4),
    kind: 'merchant',
    protocol: 'scalapay',
  } as const
  await insertApiKey(pool, { ...names, hash, merchantId: merchant.id, sealed: testSealer.seal(key) })
}

export function testEndpoints(pool: pg.Pool, overrides: Partial<EndpointOptions> = {}): WebhookEndpoints {
  return createWebhookEndpoints({
    pool,
    clock: standingClock(),
    sealer: testSealer,
    renderers: testRenderers,
    checkUrl: (text) => checkUrlInWords(text, { allowLoopback: true }),
    newSecret,
    nudge: () => undefined,
    ...overrides,
  })
}

/** For the whole test file, so made at its top level; loopback receivers are allowed. */
export function testClient(): GuardedClient {
  const client = createGuardedClient({ allowLoopback: true })
  after(() => client.close())
  return client
}

/** A deliverer with a pool of its own, as a server process has; stopped after the test file. Errors are bugs unless expected. */
export function testDelivery(
  url: string,
  clock: Clock,
  overrides: Partial<WebhookDeliveryOptions> & Pick<WebhookDeliveryOptions, 'client'>,
): WebhookDelivery & { readonly pool: pg.Pool; readonly errors: Error[] } {
  // A claim without a connection loses what it was nudged for until the next poll, which some tests put off for ever.
  const pool = connectPool(url, { max: 2, connectTimeoutMs: 20_000 })
  const errors: Error[] = []
  const renderers = overrides.renderers ?? testRenderers
  const delivery = createWebhookDelivery({
    pool,
    clock,
    renderers,
    print: createWebhookPrinter({ pool, sealer: testSealer, renderers, signStandard, version: '0.0.0' }),
    onError: (error) => errors.push(error),
    ...overrides,
  })
  after(async () => {
    await delivery.stop()
    if (!pool.ended) await pool.end()
  })
  return Object.assign(delivery, { pool, errors })
}

export type Received = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export type Receiver = {
  readonly url: string
  readonly requests: Received[]
  /** what it does from now on; 200 at first */
  answer: (response: ServerResponse, request: Received) => void
  /** Resolves once it has received so many requests in all. */
  readonly received: (count: number) => Promise<void>
  readonly close: () => Promise<void>
}

/** A merchant's server on the loopback, closed after the test file. */
export async function startReceiver(): Promise<Receiver> {
  const waiting = new Map<() => void, number>()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const received = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    }
    receiver.requests.push(received)
    for (const [resolve, count] of waiting) if (receiver.requests.length >= count) resolve()
    receiver.answer(response, received)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hooks?shop=7`,
    requests: [],
    answer: (response) => response.writeHead(200).end('ok'),
    received: (count) =>
      new Promise((resolve) => {
        waiting.set(resolve, count)
        if (receiver.requests.length >= count) resolve()
      }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  after(() => receiver.close())
  return receiver
}

export function answering(status: number, body = '', headers: Record<string, string> = {}): Receiver['answer'] {
  return (response) => response.writeHead(status, headers).end(body)
}
