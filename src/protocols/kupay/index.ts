import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import { refuseOtherMethods } from '../../http/refuse-other-methods.ts'
import { keepBodiesRaw } from '../../http/request/raw-bodies.ts'
import type { ProtocolAdapter } from '../shared/protocol.ts'
import { sendMethodNotAllowed, sendThrown } from './errors.ts'
import { registerPayments } from './payments/routes.ts'
import { registerShopify } from './shop/shopify.ts'
import { registerWooCommerce } from './shop/woocommerce.ts'

/** KuPay's merchant API: payment requests that are paid into the merchant's own wallet (kupay.md). */
export const kupay: ProtocolAdapter = { name: 'kupay', register }

async function register(scope: FastifyInstance, app: App): Promise<void> {
  scope.decorateRequest('kupayMerchant')
  scope.setErrorHandler(sendThrown)
  keepBodiesRaw(scope)
  const refuseTheRest = refuseOtherMethods(scope, sendMethodNotAllowed)
  registerPayments(scope, app)
  registerWooCommerce(scope, app)
  registerShopify(scope, app)
  refuseTheRest()
}
