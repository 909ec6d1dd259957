import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import { keepBodiesRaw } from '../../http/request/raw-bodies.ts'
import type { ProtocolAdapter } from '../shared/protocol.ts'
import { sendThrown, sendUnknown, unreadableRequest } from './errors.ts'
import { createLimits } from './limits.ts'
import { registerOrganizationRoutes } from './organization/index.ts'
import { getFields } from './payments/fields-of-instance.ts'
import { pay, refuseUnread } from './payments/pay.ts'
import { fieldsSchema, paySchema } from './schemas.ts'
import { findTarget } from './target.ts'

/** SalesCloud's Payment Request API (salescloud.md) below `/v`, and what an organization needs beside it (ours). */
export const salescloud: ProtocolAdapter = {
  name: 'salescloud',
  register: async (scope, app) => {
    await scope.register(async (service) => registerPaymentService(service, app), { prefix: '/v' })
    await scope.register(async (own) => registerOrganizationRoutes(own, app))
  },
  unreadableAddress: { prefix: '/v/', answer: sendUnknown },
  unreadableRequest,
}

/** Nothing in this scope answers anything but 200 and 404 (salescloud.md 2). */
function registerPaymentService(scope: FastifyInstance, app: App): void {
  scope.decorateRequest('salescloudTarget')
  scope.setErrorHandler(sendThrown)
  scope.setNotFoundHandler(sendUnknown)
  keepBodiesRaw(scope)
  const limits = createLimits(app)
  const onRequest = findTarget(app)
  const path = '/:version/:organization/:channel/:instance'
  scope.post(path, { schema: paySchema, onRequest: [onRequest, refuseUnread(limits)] }, pay(app, limits))
  scope.get(`${path}/fields`, { schema: fieldsSchema, onRequest }, getFields)
}
