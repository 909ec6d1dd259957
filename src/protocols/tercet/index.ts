import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import type { LocalChains } from '../../app/chain/local-chains.ts'
import type { ClockMover } from '../../app/sandbox/clock-mover.ts'
import { refuseOtherMethods } from '../../http/refuse-other-methods.ts'
import { keepBodiesRaw } from '../../http/request/raw-bodies.ts'
import type { Part } from '../../http/server.ts'
import { parsePaymentId } from '../../kernel/ids.ts'
import { sendMethodNotAllowed, sendThrown } from '../shared/refusal.ts'
import { authenticate } from './auth.ts'
import { registerInbox } from './chains/inbox-routes.ts'
import { registerLocalChains } from './chains/local-routes.ts'
import { registerChainPayments } from './chains/payment-routes.ts'
import { registerChainSettings } from './chains/settings-routes.ts'
import { registerClockRoutes } from './clock-routes.ts'
import { registerDeliveryRoutes } from './deliveries.ts'
import { registerEndpointRoutes } from './endpoints.ts'
import { registerListenerRoutes } from './listeners.ts'
import { registerSandboxRoutes } from './sandbox-routes.ts'
import { registerShop } from './shop-routes.ts'
import type { WebhookManagement } from './webhook-management.ts'

/** All that this API needs of the app, so any protocol's server can carry it. */
export type TercetApp = Pick<App, 'mode' | 'merchants' | 'isBehindProxy'>

/** What only the sandbox has; undefined in live mode. */
export type SandboxTools = {
  readonly mover: ClockMover | undefined
  readonly chains: LocalChains | undefined
}

/** What a merchant who is paid on chains manages. */
export type PaidOnChains = Pick<App, 'payments' | 'chains' | 'shops'>

const noTools: SandboxTools = { mover: undefined, chains: undefined }

/** This program's own merchant API: webhooks, and payments on chains. Any merchant's bearer key opens it, whichever protocol the key is for. */
export function tercet(
  webhooks: WebhookManagement,
  sandbox: SandboxTools = noTools,
  paid?: PaidOnChains,
): Part<TercetApp> {
  return { name: 'tercet', register: (scope, app) => register(scope, app, webhooks, sandbox, paid) }
}

async function register(
  scope: FastifyInstance,
  app: TercetApp,
  webhooks: WebhookManagement,
  tools: SandboxTools,
  paid: PaidOnChains | undefined,
): Promise<void> {
  scope.decorateRequest('tercetMerchantId')
  scope.decorateRequest('tercetKey')
  scope.decorateRequest('tercetAddress')
  scope.addHook('onRequest', authenticate(app))
  scope.setErrorHandler(sendThrown)
  // They are checked by hand: what is not JSON gets an answer in this API's own shape.
  keepBodiesRaw(scope)
  const refuseTheRest = refuseOtherMethods(scope, sendMethodNotAllowed)
  registerEndpointRoutes(scope, webhooks.endpoints, webhooks.once)
  registerDeliveryRoutes(scope, webhooks.log, webhooks.once)
  registerListenerRoutes(scope, webhooks.listeners, webhooks.once)
  if (app.mode === 'sandbox') registerSandboxRoutes(scope, webhooks)
  if (paid) {
    registerChainSettings(scope, paid.chains.settings, webhooks.once)
    registerInbox(scope, paid.chains, webhooks.once)
    registerChainPayments(scope, paid)
    registerShop(scope, paid.shops, webhooks.once)
  }
  if (tools.mover) registerClockRoutes(scope, tools.mover, webhooks.once)
  if (tools.chains) registerLocalChains(scope, tools.chains, parsePaymentId, webhooks.once)
  refuseTheRest()
}
