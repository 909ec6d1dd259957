import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import { refuseOtherMethods } from '../../http/refuse-other-methods.ts'
import { keepBodiesRaw } from '../../http/request/raw-bodies.ts'
import type { ProtocolAdapter } from '../shared/protocol.ts'
import { authenticate } from './auth.ts'
import { type ScalapayAction, sendMethodNotAllowed, sendThrown } from './errors.ts'
import { registerOldForms } from './old-forms.ts'
import { handle, type Operation } from './orders/operation.ts'
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
  const post = <A extends ScalapayAction>(path: string, schema: object, operation: Operation<A>) =>
    registerOldForms(scope, 'POST', path, schema, handle(app, operation))
  post('/orders', schemas.createSchema, operations.createOrder)
  post('/orders/:token', schemas.updateSchema, operations.updateReferences)
  post('/payments/capture', schemas.captureSchema, operations.capture)
  post('/payments/:token/delay', schemas.delaySchema, operations.delay)
  post('/payments/:token/void', schemas.voidSchema, operations.voidOrder)
  post('/payments/:token/refund', schemas.refundSchema, operations.refund)
  post('/payments/:token/delay/capture', schemas.partCaptureSchema, operations.capturePart)
  post('/payments/:token/delay/refund', schemas.reduceSchema, operations.reduce)
  post('/payments/:token/delay/void', schemas.closeSchema, operations.close)
}
