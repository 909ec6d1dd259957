import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../../app/app.ts'
import type { MerchantTerms } from '../../../domain/merchant/terms.ts'
import { millisOf } from '../../../kernel/instant.ts'
import { readBody } from '../body.ts'
import { sendEmptyList, sendFieldErrors, sendJson, sendRefusal } from '../errors.ts'
import { openRequest, payUrl } from '../payments/open-request.ts'
import { statusAt } from '../payments/payment-view.ts'
import * as schemas from '../schemas.ts'
import { parseShopify } from './parse-shopify.ts'
import { boxScript, noBox } from './status-script.ts'

/** Shopify's new orders, and the box on its order status page (kupay.md 9). */
export function registerShopify(scope: FastifyInstance, app: App): void {
  scope.post('/webhook/shopify/:merchant', { schema: schemas.shopify }, async (request, reply) => {
    const merchant = await app.merchants.byPrefix((request.params as { merchant: string }).merchant)
    if (!merchant || !(await isSigned(app, merchant, request))) return sendEmptyList(reply, 401)
    request.servedMerchant = merchant.id
    const body = readBody(request)
    if (!body.ok) return sendFieldErrors(reply, body.reason)
    const parsed = parseShopify(body.value, new Date(millisOf(app.clock.now())))
    if (!parsed.ok) return sendFieldErrors(reply, parsed.reason)
    if (parsed.value === null) return sendEmptyList(reply, 200)
    const { orderId, orderNumber, ...order } = parsed.value
    await app.shops.note(merchant.id, { orderId, orderNumber })
    const opened = await openRequest(app, { merchant, ...order, reference: referenceOf(orderId), callbackUrl: null })
    if (!opened.ok) return sendRefusal(reply, opened.reason)
    const { id } = opened.value.payment
    return sendJson(reply, 200, JSON.stringify({ pay_url: payUrl(app, merchant, id), payment_id: id }))
  })
  scope.get<{ Querystring: Query }>(
    '/pay/api/order/shopify/status/js',
    { schema: schemas.shopifyScript },
    (request, reply) => sendScript(app, request, reply),
  )
}

/** Where a merchant's shop is to send its webhook. */
export function shopWebhookUrl(publicUrl: string, { prefix }: Pick<MerchantTerms, 'prefix'>): string {
  return `${publicUrl}/webhook/shopify/${prefix.toLowerCase()}`
}

/** A slash stands before it, as in no id that another face of this API could be given for the same order. */
function referenceOf(orderId: string): string {
  return `/shopify/${orderId}`
}

/** Base64 of HMAC-SHA256 over the bytes that came, with the secret that the shop shows its owner. Without one nothing is believed. */
async function isSigned(app: App, { id }: MerchantTerms, { headers, body }: FastifyRequest): Promise<boolean> {
  const secret = await app.shops.secret(id)
  const claimed = headers['x-shopify-hmac-sha256']
  if (secret === undefined || typeof claimed !== 'string' || !(body instanceof Buffer)) return false
  const expected = Buffer.from(createHmac('sha256', secret).update(body).digest('base64'))
  const given = Buffer.from(claimed)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

type Query = { readonly order_id?: unknown; readonly order_number?: unknown; readonly theme?: unknown }

/**
 * Anybody may ask, and names no merchant: only who knows both numbers of an order is told, and nothing but its link and state. Whatever is wrong is a
 * script that does nothing, since a shop's page is not a place for an error.
 */
async function sendScript(
  app: App,
  { query }: FastifyRequest<{ Querystring: Query }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const text = await boxOf(app, query)
  return reply
    .header('content-type', 'text/javascript; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('cross-origin-resource-policy', 'cross-origin')
    .send(text)
}

async function boxOf(app: App, { order_id: orderId, order_number: orderNumber, theme }: Query): Promise<string> {
  if (typeof orderId !== 'string' || !/^\d{1,20}$/.test(orderId)) return noBox
  if (typeof orderNumber !== 'string' || orderNumber.length > 255) return noBox
  const merchantId = await app.shops.ownerOf({ orderId, orderNumber })
  if (merchantId === undefined) return noBox
  const query = { merchantId, protocol: 'kupay', merchantReference: referenceOf(orderId), limit: 1 }
  const [row] = await app.payments.byReferences(query)
  const stored = row && (await app.payments.find(merchantId, row.paymentId))
  const merchant = stored && (await app.merchants.byPaymentId(stored.payment.id))
  if (!stored || !merchant) return noBox
  const { payment } = stored
  const status = payment.state === 'processing' ? 'confirming' : statusAt(payment, app.clock.now())
  return boxScript({ status, payUrl: payUrl(app, merchant, payment.id), isLight: theme === 'light' })
}
