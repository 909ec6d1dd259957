import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import type { WebhookEndpoints } from '../../app/webhook-endpoints.ts'
import type { WebhookListeners } from '../../app/webhook-listeners.ts'
import type { WebhookLog } from '../../app/webhook-log.ts'
import { sendErrorBody } from '../../http/error-body.ts'
import { refuseOtherMethods } from '../../http/refuse-other-methods.ts'
import type { ProtocolAdapter } from '../protocol.ts'
import { authenticate } from './auth.ts'
import { registerDeliveryRoutes } from './deliveries.ts'
import { registerEndpointRoutes } from './endpoints.ts'
import { methodNotAllowed, sendThrown } from './errors.ts'
import { registerListenerRoutes } from './listeners.ts'
import { registerSandboxRoutes } from './sandbox-routes.ts'

export type WebhookManagement = {
  readonly endpoints: WebhookEndpoints
  readonly log: WebhookLog
  readonly listeners: WebhookListeners
}

/** This program's own merchant API: webhooks. Any merchant's bearer key opens it, whichever protocol the key is for. */
export function tercet(webhooks: WebhookManagement): ProtocolAdapter {
  return { name: 'tercet', register: (scope, app) => register(scope, app, webhooks) }
}

async function register(scope: FastifyInstance, app: App, webhooks: WebhookManagement): Promise<void> {
  scope.decorateRequest('tercetMerchantId')
  scope.addHook('onRequest', authenticate(app))
  scope.setErrorHandler(sendThrown)
  // Bodies come as bytes: they are checked by hand, and what is no JSON gets an answer in this API's own shape.
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  scope.setValidatorCompiler(() => () => true)
  scope.setSerializerCompiler(() => (value) => JSON.stringify(value))
  const refuseTheRest = refuseOtherMethods(scope, (request, reply, allowed) =>
    sendErrorBody(request, reply.header('allow', allowed), methodNotAllowed(allowed)),
  )
  registerEndpointRoutes(scope, webhooks.endpoints)
  registerDeliveryRoutes(scope, webhooks.log)
  registerListenerRoutes(scope, webhooks.listeners)
  if (app.mode === 'sandbox') registerSandboxRoutes(scope, webhooks)
  refuseTheRest()
}
