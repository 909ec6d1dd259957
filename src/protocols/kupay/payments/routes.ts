import type { FastifyInstance } from 'fastify'
import type { App } from '../../../app/app.ts'
import { parsePaymentId } from '../../../kernel/ids.ts'
import { authenticate } from '../auth.ts'
import { readBody } from '../body.ts'
import { sendEmptyList, sendFieldErrors, sendJson, sendRefusal } from '../errors.ts'
import * as schemas from '../schemas.ts'
import { openRequest, payUrl } from './open-request.ts'
import { parsePayment } from './parse-payment.ts'
import { paymentText, statusAt } from './payment-view.ts'

/** `payment/create` and `payment/status` (kupay.md 2, 3). */
export function registerPayments(scope: FastifyInstance, app: App): void {
  const onRequest = authenticate(app)
  scope.post('/v1/payment/create', { schema: schemas.create, onRequest }, async (request, reply) => {
    const body = readBody(request)
    if (!body.ok) return sendFieldErrors(reply, body.reason)
    const parsed = parsePayment(body.value, app.mode === 'sandbox')
    if (!parsed.ok) return sendFieldErrors(reply, parsed.reason)
    const merchant = request.kupayMerchant
    const opened = await openRequest(app, { merchant, ...parsed.value, reference: parsed.value.details.id })
    if (!opened.ok) return sendRefusal(reply, opened.reason)
    const { id } = opened.value.payment
    return sendJson(reply, 200, JSON.stringify({ pay_url: payUrl(app, merchant, id), payment_id: id }))
  })
  scope.get('/v1/payment/status/:id', { schema: schemas.status, onRequest }, async (request, reply) => {
    const id = parsePaymentId((request.params as { id: string }).id)
    const stored = id && (await app.payments.find(request.kupayMerchant.id, id))
    if (!stored || stored.payment.protocol !== 'kupay') return sendEmptyList(reply, 404)
    const { payment, details } = stored
    return sendJson(reply, 200, paymentText(payment, statusAt(payment, app.clock.now()), details))
  })
}
