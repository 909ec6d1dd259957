import type { FastifyInstance } from 'fastify'
import { deliveryView } from './deliveries.ts'
import { answerOf, endpointView } from './endpoints.ts'
import { invalid } from './errors.ts'
import { queryLimit, readFields } from './input.ts'
import { registerWrite } from './register-write.ts'
import { sandboxDeliveries, sandboxEndpoint } from './schemas.ts'
import type { WebhookManagement } from './webhook-management.ts'

/** The two calls of the sandbox that are about webhooks. Not registered in live mode. */
export function registerSandboxRoutes(scope: FastifyInstance, { endpoints, log, once }: WebhookManagement): void {
  scope.get('/sandbox/webhooks', sandboxDeliveries, async (request) => {
    const everything = { state: null, endpointId: null, paymentId: null, before: null }
    const query = { ...everything, merchantId: request.tercetMerchantId, limit: queryLimit(request) }
    return { deliveries: (await log.list(query)).map(deliveryView) }
  })
  const set = { method: 'POST', url: '/sandbox/webhooks/endpoint', ...sandboxEndpoint } as const
  registerWrite(scope, set, once, (request) => {
    const { url } = readFields(request, ['url'])
    if (typeof url !== 'string') throw invalid('The field url must be a text.')
    return async (client) =>
      answerOf(await endpoints.set(request.tercetMerchantId, url, client), 200, ({ endpoint, secret }) => ({
        ...endpointView(endpoint, endpoints),
        ...(secret !== null && { secret }),
      }))
  })
}
