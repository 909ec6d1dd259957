import type { FastifyInstance } from 'fastify'
import type { App } from '../../../app/app.ts'
import { refuseOtherMethods } from '../../../http/refuse-other-methods.ts'
import { keepBodiesRaw } from '../../../http/request/raw-bodies.ts'
import { sendMethodNotAllowed, sendThrown } from '../../shared/refusal.ts'
import { authenticate } from './auth.ts'
import { registerCatalogueRoutes } from './catalogue-routes.ts'
import { getOrder, listOrders } from './orders.ts'
import { returnPayment } from './returns.ts'
import * as schemas from './schemas.ts'

/** What an organization does with its own key. Not below `/v`, so that ordinary HTTP statuses may be used (ours). */
export function registerOrganizationRoutes(scope: FastifyInstance, app: App): void {
  scope.decorateRequest('salescloudCaller')
  scope.addHook('onRequest', authenticate(app))
  scope.setErrorHandler(sendThrown)
  keepBodiesRaw(scope)
  const refuseTheRest = refuseOtherMethods(scope, sendMethodNotAllowed)
  const root = '/salescloud/v1/organizations/:organization'
  const order = `${root}/orders/:payment`
  scope.get(`${root}/orders`, { schema: schemas.listSchema }, listOrders(app))
  scope.get(order, { schema: schemas.orderSchema }, getOrder(app))
  scope.post(`${order}/refund`, { schema: schemas.refundSchema }, returnPayment(app, 'refund'))
  scope.post(`${order}/void`, { schema: schemas.voidSchema }, returnPayment(app, 'void'))
  registerCatalogueRoutes(scope, app, `${root}/catalogue`)
  refuseTheRest()
}
