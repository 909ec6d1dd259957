import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../../app/app.ts'
import { parsePaymentId } from '../../../kernel/ids.ts'
import { invalidToken, refusalOf, sendRefusal, validationError } from '../errors.ts'
import { registerOldForms } from '../old-forms.ts'
import { configurationV2Schema, configurationV3Schema, getSchema, referencesSchema } from '../schemas.ts'
import { configurationV2, configurationV3 } from './configurations.ts'
import { pathToken, sendJson } from './operation.ts'
import { parseReferences, renderReferences } from './references.ts'
import { renderOrder } from './render.ts'

/** The calls that change nothing. They skip the engine and see everything that was ever answered. */
export function registerReads(scope: FastifyInstance, app: App): void {
  registerOldForms(scope, 'GET', '/payments/references', referencesSchema, getReferences(app))
  registerOldForms(scope, 'GET', '/payments/:token', getSchema, getOrder(app))
  registerOldForms(scope, 'GET', '/configurations', configurationV2Schema, getConfigurationV2(app))
  scope.get('/v1/configuration', { schema: { hide: true } }, getConfigurationV2(app))
  scope.get('/v3/configurations', { schema: configurationV3Schema }, (request, reply) =>
    sendJson(reply, configurationV3(request.scalapayMerchant)),
  )
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

function getOrder(app: App): Handler {
  return async (request, reply) => {
    const id = parsePaymentId(pathToken(request))
    const found = id === undefined ? undefined : await app.payments.find(request.scalapayMerchant.id, id)
    if (found?.payment.protocol !== 'scalapay') return sendRefusal(request, reply, invalidToken)
    const { payment, details } = found
    // Only an order that nobody can pay any more says why: until then the shopper may do better.
    const isRefused =
      payment.state === 'expired' && (await app.shoppers.feedback(payment.merchantId, payment.id)) !== null
    return sendJson(reply, renderOrder(payment, details, isRefused))
  }
}

/** At most a hundred rows, newest first; no match is an empty array (scalapay.md 6). */
function getReferences(app: App): Handler {
  return async (request, reply) => {
    const asked = parseReferences(request.query)
    if (!asked.ok) return sendRefusal(request, reply, validationError(asked.reason))
    const merchantId = request.scalapayMerchant.id
    const rows = await app.payments.byReferences({ merchantId, protocol: 'scalapay', limit: 100, ...asked.value })
    return sendJson(reply, renderReferences(rows))
  }
}

function getConfigurationV2(app: App): Handler {
  return async (request, reply) => {
    const text = configurationV2(request.scalapayMerchant, app.publicUrl)
    if (text !== undefined) return sendJson(reply, text)
    return sendRefusal(request, reply, refusalOf({ reason: 'product_not_agreed', product: 'pay-in-3' }))
  }
}
