import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import { keepBodiesRaw } from '../../http/raw-bodies.ts'
import { refuseOtherMethods } from '../../http/refuse-other-methods.ts'
import type { ProtocolAdapter } from '../shared/protocol.ts'
import { authenticate } from './auth.ts'
import { sendMethodNotAllowed, sendThrown } from './errors.ts'
import { handle } from './orders/operation.ts'
import * as operations from './orders/operations.ts'
import { registerReads } from './orders/reads.ts'
import { registerSandboxRoutes } from './sandbox-routes.ts'
import * as schemas from './schemas.ts'

/** Scalapay's merchant API, online part (scalapay.md). */
export const scalapay: ProtocolAdapter = { name: 'scalapay', register }

async function register(scope: FastifyInstance, app: App): Promise<void> {
  scope.decorateRequest('scalapayMerchant')
  scope.addHook('onRequest', authenticate(app))
  scope.setErrorHandler(sendThrown)
  keepBodiesRaw(scope)
  const refuseTheRest = refuseOtherMethods(scope, sendMethodNotAllowed)
  registerWrites(scope, app)
  registerReads(scope, app)
  if (app.mode === 'sandbox') registerSandboxRoutes(scope, app)
  refuseTheRest()
}

function registerWrites(scope: FastifyInstance, app: App): void {
  const create = handle(app, operations.createOrder)
  scope.post('/v2/orders', { schema: schemas.createSchema }, create)
  // A client whose base URL lost its version asks here (scalapay.md 11.2).
  scope.post('/orders', { schema: { hide: true } }, create)
  scope.post('/v2/orders/:token', { schema: schemas.updateSchema }, handle(app, operations.updateReferences))
  scope.post('/v2/payments/capture', { schema: schemas.captureSchema }, handle(app, operations.capture))
  const payment = '/v2/payments/:token'
  scope.post(`${payment}/delay`, { schema: schemas.delaySchema }, handle(app, operations.delay))
  scope.post(`${payment}/void`, { schema: schemas.voidSchema }, handle(app, operations.voidOrder))
  scope.post(`${payment}/refund`, { schema: schemas.refundSchema }, handle(app, operations.refund))
  scope.post(`${payment}/delay/capture`, { schema: schemas.partCaptureSchema }, handle(app, operations.capturePart))
  scope.post(`${payment}/delay/refund`, { schema: schemas.reduceSchema }, handle(app, operations.reduce))
  scope.post(`${payment}/delay/void`, { schema: schemas.closeSchema }, handle(app, operations.close))
}
