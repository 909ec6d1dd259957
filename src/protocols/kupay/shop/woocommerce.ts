import type { FastifyInstance } from 'fastify'
import type { App } from '../../../app/app.ts'
import { millisOf } from '../../../kernel/instant.ts'
import { merchantOf } from '../auth.ts'
import { readBody } from '../body.ts'
import { sendEmptyList, sendFieldErrors, sendJson, sendRefusal } from '../errors.ts'
import { openRequest, payUrl } from '../payments/open-request.ts'
import * as schemas from '../schemas.ts'
import { parseWooCommerce } from './parse-woocommerce.ts'

/**
 * What the unmodified WooCommerce plugin posts each time its thank-you page is shown (kupay.md 6): the key in the path, HTTP/1.0, five
 * seconds of patience, and nothing but 200 is taken. No price and no chain is asked before the answer.
 */
export function registerWooCommerce(scope: FastifyInstance, app: App): void {
  scope.post('/webhook/woocommerce/:key', { schema: schemas.wooCommerce }, async (request, reply) => {
    const merchant = await merchantOf(app, (request.params as { key: string }).key, 'api_key')
    if (!merchant) return sendEmptyList(reply, 401)
    request.servedMerchant = merchant.id
    const body = readBody(request)
    if (!body.ok) return sendFieldErrors(reply, body.reason)
    const parsed = parseWooCommerce(body.value, app.mode === 'sandbox', new Date(millisOf(app.clock.now())))
    if (!parsed.ok) return sendFieldErrors(reply, parsed.reason)
    const opened = await openRequest(app, { merchant, ...parsed.value, email: null })
    if (!opened.ok) return sendRefusal(reply, opened.reason)
    const { id } = opened.value.payment
    return sendJson(reply, 200, JSON.stringify({ pay_url: payUrl(app, merchant, id), payment_id: id }))
  })
}
