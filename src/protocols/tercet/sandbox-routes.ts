import type { FastifyInstance } from 'fastify'
import { deliveryView } from './deliveries.ts'
import { endpointView, granted } from './endpoints.ts'
import { invalid } from './errors.ts'
import { queryLimit, readFields } from './input.ts'
import { sandboxDeliveries, sandboxEndpoint } from './schemas.ts'
import type { WebhookManagement } from './webhook-management.ts'

/** The two calls of the sandbox that are about webhooks. Not registered in live mode. */
export function registerSandboxRoutes(scope: FastifyInstance, { endpoints, log }: WebhookManagement): void {
  scope.get('/sandbox/webhooks', sandboxDeliveries, async (request) => {
    const everything = { state: null, endpointId: null, paymentId: null, before: null }
    const query = { ...everything, merchantId: request.tercetMerchantId, limit: queryLimit(request) }
    return { deliveries: (await log.list(query)).map(deliveryView) }
  })
  scope.post('/sandbox/webhooks/endpoint', sandboxEndpoint, async (request) => {
    const { url } = readFields(request, ['url'])
    if (typeof url !== 'string') throw invalid('The field url must be a text.')
    const result = granted(await endpoints.set(request.tercetMerchantId, url))
    return { ...endpointView(result.endpoint, endpoints), ...(result.secret !== null && { secret: result.secret }) }
  })
}
