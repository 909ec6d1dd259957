import { connect } from 'node:net'
import { hashKey } from '../../../src/app/merchant/hash-key.ts'
import { createSealer } from '../../../src/app/shared/seal.ts'
import { createWebhookPrinter } from '../../../src/app/webhook/print-webhook.ts'
import { insertApiKey } from '../../../src/db/merchant/api-keys.ts'
import type { MerchantTerms } from '../../../src/domain/merchant/terms.ts'
import type { Payment } from '../../../src/domain/payment/payment.ts'
import { signStandard } from '../../../src/http/outgoing/standard-webhooks.ts'
import { createCancelUnpaidOrders } from '../../../src/jobs/shop/cancel-unpaid-orders.ts'
import { newCommandId, type PaymentId } from '../../../src/kernel/ids.ts'
import { kupayShopKey, kupayToken } from '../../../src/main/fixtures.ts'
import { kupayCallbacks } from '../../../src/protocols/kupay/callbacks.ts'
import { kupay } from '../../../src/protocols/kupay/index.ts'
import { addMerchant } from '../payments/engine.ts'
import { aReceipt } from '../payments/factories.ts'
import { type ScalapayServer, startScalapay } from './scalapay.ts'
import { testClient, testDelivery } from './webhooks.ts'

/** The server's own (startScalapay). */
const sealer = createSealer(Buffer.alloc(32, 1))

export type KupayShop = { readonly merchant: MerchantTerms; readonly token: string; readonly shopKey: string }

export type KupayServer = Omit<ScalapayServer, 'runTimer'> & {
  readonly shop: KupayShop
  readonly otherShop: KupayShop
  /** sends what is due to be told, and answers how many messages */
  readonly deliver: () => Promise<number>
  /** money comes into the shop's wallet, and is final unless told otherwise */
  readonly receive: (id: string, amount: bigint, steps?: readonly ('seen' | 'final' | 'undone')[]) => Promise<Payment>
  /** does what falls due to unpaid orders by then, and answers how many were looked at */
  readonly lookAtUnpaid: () => Promise<number>
  /** lets the payment's time be up */
  readonly expire: (id: string) => Promise<void>
}

/** KuPay's API on a real engine and a real database, with the sandbox's shop and another, listening; closed by itself. */
export async function startKupay(): Promise<KupayServer> {
  const server = await startScalapay(() => ({}), [kupay])
  const { app, database } = server
  const merchant = (await app.merchants.byKey(kupayToken))?.merchant
  if (!merchant) throw new Error('the sandbox has a shop')
  const shop = { merchant, token: kupayToken, shopKey: kupayShopKey }
  const otherShop = await addShop(server, '0b0f3a52-6c0e-4b7a-9a54-0d8f2f3b9c13')
  const renderers = { kupay: kupayCallbacks }
  const print = createWebhookPrinter({ pool: database.pool, sealer, renderers, signStandard, version: '0.0.0' })
  const delivery = testDelivery(database.url, app.clock, { client: testClient(), renderers, print })
  const command = (id: string) => ({ id: newCommandId(), merchant: shop.merchant, paymentId: id as PaymentId })
  return {
    ...server,
    shop,
    otherShop,
    deliver: () => delivery.runDue(app.clock.now()),
    receive: async (id, amount, steps = ['seen', 'final']) => {
      let payment: Payment | undefined
      for (const step of steps) {
        const action = { kind: 'receive', ...aReceipt({ step, amount }) } as const
        const reply = await app.engine.execute({ ...command(id), action })
        if (reply.kind !== 'accepted') throw new Error(JSON.stringify(reply))
        payment = reply.payment
      }
      return payment as Payment
    },
    lookAtUnpaid: () =>
      createCancelUnpaidOrders({ pool: database.pool, engine: app.engine, log: console }).runDue(app.clock.now()),
    expire: async (id) => {
      server.advance(25n * 3_600_000_000n)
      await app.engine.execute({ ...command(id), action: { kind: 'timer' } })
    },
  }
}

async function addShop({ database }: ScalapayServer, shopKey: string): Promise<KupayShop> {
  const merchant = await addMerchant(database.pool, { currency: 'USD' as MerchantTerms['currency'], feePpm: 0 })
  const token = `kp_test_${merchant.prefix}`
  for (const [key, kind] of [
    [token, 'token'],
    [shopKey, 'api_key'],
  ] as const) {
    const sealed = kind === 'api_key' ? sealer.seal(key) : null
    const names = { id: `key-${key}`, last4: key.slice(-4), kind, protocol: 'kupay', merchantId: merchant.id, sealed }
    await insertApiKey(database.pool, { ...names, hash: hashKey(key) })
  }
  return { merchant, token, shopKey }
}

export type Answer = {
  readonly status: number
  readonly type: string | null
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: what a client reads has no type
  readonly json: any
}

/** The documented example of `payment/create`, with a callback that a test's receiver may take. */
export function aKupayPayment(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: '12345',
    order_number: '1234',
    created_at: '2022-05-22T18:58:04+01:00',
    currency: 'USD',
    amount: 123.45,
    email: '',
    order_status_url: 'https://example.com',
    cancel_url: 'https://example.com',
    paid_url: 'https://example.com',
    callback_url: 'https://example.com',
    ...changes,
  }
}

/** `body` is sent as it is when it is a text. */
export async function ask(
  { port }: Pick<KupayServer, 'port'>,
  path: string,
  { body, token, method }: { readonly body?: unknown; readonly token?: string; readonly method?: string } = {},
): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, type: response.headers.get('content-type'), text, json: jsonOf(text) }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export async function create(server: KupayServer, changes: Record<string, unknown> = {}): Promise<string> {
  const { json } = await ask(server, '/v1/payment/create', { body: aKupayPayment(changes), token: server.shop.token })
  return json.payment_id
}

/** Sends the bytes and answers all that comes back until the server closes. */
export function exchange(port: number, sent: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: (Buffer | string)[] = []
    const socket = connect(port, '127.0.0.1', () => socket.write(sent))
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('end', () => resolve(chunks.join('')))
    socket.on('error', reject)
  })
}
