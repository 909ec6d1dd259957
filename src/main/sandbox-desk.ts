import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { sandboxCatalogue } from '../domain/catalogue/file/sandbox-catalogue.ts'
import type { SandboxDesk } from '../web/home/sandbox-desk.ts'
import {
  kupayShopKey,
  kupayToken,
  salescloudOrganizationKey,
  scalapayDeviceKey,
  scalapayMerchantKey,
  secondScalapayMerchantKey,
} from './fixtures.ts'
import { version } from './version.ts'

type Desk = Omit<SandboxDesk, 'hasDocs'>

/** The public facts of the sandbox; its first order is made through the server's own API, with the public key. */
export function createSandboxDesk(server: () => FastifyInstance): Desk {
  const ask = async (url: string, body: object, key = scalapayMerchantKey) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const response = await server().inject({ method: 'POST', url, headers, payload: body })
    return response.json<Record<string, unknown>>()
  }
  return {
    version,
    key: scalapayMerchantKey,
    keys: sandboxKeys,
    cards: sandboxCards,
    createOrder: async (returnUrl) => String((await ask('/v2/orders', firstOrder(returnUrl))).checkoutUrl),
    createPayment: async (returnUrl) =>
      String((await ask('/v1/payment/create', firstPayment(returnUrl), kupayToken)).pay_url),
    captureOrder: async (token) => void (await ask('/v2/payments/capture', { token })),
  }
}

function firstOrder(returnUrl: string): object {
  return {
    totalAmount: { amount: '90.00', currency: 'EUR' },
    consumer: { givenNames: 'Ada', surname: 'Verdi', email: 'ada@example.com' },
    items: [{ name: 'Chair', quantity: 1, price: { amount: '90.00', currency: 'EUR' } }],
    merchant: { redirectConfirmUrl: returnUrl, redirectCancelUrl: returnUrl },
    merchantReference: 'FIRST-ORDER',
  }
}

/** A new id each time: a repeated one is the same payment. */
function firstPayment(returnUrl: string): object {
  return {
    id: randomUUID(),
    order_number: 'FIRST-PAYMENT',
    created_at: new Date().toISOString(),
    currency: 'USD',
    amount: 12.34,
    cancel_url: returnUrl,
    paid_url: returnUrl,
    callback_url: returnUrl,
  }
}

const { organization, channels, instances } = sandboxCatalogue

export const sandboxKeys: Desk['keys'] = [
  {
    api: 'Scalapay API',
    rows: [
      ['merchant key', scalapayMerchantKey],
      ['device key', scalapayDeviceKey],
      ['second shop', secondScalapayMerchantKey],
    ],
  },
  {
    api: 'KuPay API',
    rows: [
      ['bearer token', kupayToken],
      ['WooCommerce key', kupayShopKey],
    ],
  },
  {
    api: 'SalesCloud API',
    rows: [
      ['organization', organization.uuid],
      ['channel', channels?.[0]?.uuid ?? ''],
      ['card instance', instances?.[0]?.uuid ?? ''],
      ['own key', salescloudOrganizationKey],
    ],
  },
]

/** Every test card, and what each is declined for: the messages of a shop can all be tried. */
export const sandboxCards: Desk['cards'] = [
  ['4242424242424242', 'approved'],
  ['5555555555554444', 'approved'],
  ['5200828282828210', 'approved'],
  ['4000000000000002', 'declined by the bank'],
  ['4000000000009995', 'insufficient funds'],
  ['4000000000000341', 'suspected fraud'],
]
