import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import type { LocalChains } from '../../app/chain/local-chains.ts'
import type { ClockMover } from '../../app/sandbox/clock-mover.ts'
import { sendErrorBody } from '../../http/error-body.ts'
import { keepBodiesRaw } from '../../http/raw-bodies.ts'
import { refuseOtherMethods } from '../../http/refuse-other-methods.ts'
import type { Part } from '../../http/server.ts'
import { parsePaymentId } from '../../kernel/ids.ts'
import { authenticate } from './auth.ts'
import { registerChainRoutes } from './chain-routes.ts'
import { registerClockRoutes } from './clock-routes.ts'
import { registerDeliveryRoutes } from './deliveries.ts'
import { registerEndpointRoutes } from './endpoints.ts'
import { methodNotAllowed, sendThrown } from './errors.ts'
import { registerListenerRoutes } from './listeners.ts'
import { registerSandboxRoutes } from './sandbox-routes.ts'
import type { WebhookManagement } from './webhook-management.ts'

/** All that this API needs of the app, so any protocol's server can carry it. */
export type TercetApp = Pick<App, 'mode' | 'merchants'>

/** What only the sandbox has; undefined in live mode. */
export type SandboxTools = {
  readonly mover: ClockMover | undefined
  readonly chains: LocalChains | undefined
}

/** This program's own merchant API: webhooks. Any merchant's bearer key opens it, whichever protocol the key is for. */
export function tercet(
  webhooks: WebhookManagement,
  sandbox: SandboxTools = { mover: undefined, chains: undefined },
): Part<TercetApp> {
  return { name: 'tercet', register: (scope, app) => register(scope, app, webhooks, sandbox) }
}

async function register(
  scope: FastifyInstance,
  app: TercetApp,
  webhooks: WebhookManagement,
  { mover, chains }: SandboxTools,
): Promise<void> {
  scope.decorateRequest('tercetMerchantId')
  scope.addHook('onRequest', authenticate(app))
  scope.setErrorHandler(sendThrown)
  // They are checked by hand: what is not JSON gets an answer in this API's own shape.
  keepBodiesRaw(scope)
  const refuseTheRest = refuseOtherMethods(scope, (request, reply, allowed) =>
    sendErrorBody(request, reply.header('allow', allowed), methodNotAllowed(allowed)),
  )
  registerEndpointRoutes(scope, webhooks.endpoints, webhooks.once)
  registerDeliveryRoutes(scope, webhooks.log, webhooks.once)
  registerListenerRoutes(scope, webhooks.listeners, webhooks.once)
  if (app.mode === 'sandbox') registerSandboxRoutes(scope, webhooks)
  if (mover) registerClockRoutes(scope, mover, webhooks.once)
  if (chains) registerChainRoutes(scope, chains, parsePaymentId)
  refuseTheRest()
}
