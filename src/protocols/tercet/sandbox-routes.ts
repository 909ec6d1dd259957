import type { FastifyInstance } from 'fastify'
import { ok, refuse } from '../../kernel/result.ts'
import { answer, answering } from '../shared/handler.ts'
import { invalid } from '../shared/refusal.ts'
import { deliveryView } from './deliveries.ts'
import { answerOf, endpointView } from './endpoints.ts'
import { queryLimit, readFields } from './input.ts'
import { registerWrite } from './register-write.ts'
import { sandboxDeliveries, sandboxEndpoint } from './schemas.ts'
import type { WebhookManagement } from './webhook-management.ts'

/** The two calls of the sandbox that are about webhooks. Not registered in live mode. */
export function registerSandboxRoutes(scope: FastifyInstance, { endpoints, log, once }: WebhookManagement): void {
  scope.get(
    '/sandbox/webhooks',
    sandboxDeliveries,
    answering(async (request) => {
      const limit = queryLimit(request)
      if (!limit.ok) return limit
      const everything = { state: null, endpointId: null, paymentId: null, before: null }
      const query = { ...everything, merchantId: request.tercetMerchantId, limit: limit.value }
      return answer({ deliveries: (await log.list(query)).map(deliveryView) })
    }),
  )
  const set = { method: 'POST', url: '/sandbox/webhooks/endpoint', ...sandboxEndpoint } as const
  registerWrite(scope, set, once, (request) => {
    const fields = readFields(request, ['url'])
    if (!fields.ok) return fields
    const { url } = fields.value
    if (typeof url !== 'string') return refuse(invalid('The field url must be a string.'))
    return ok(async (client) =>
      answerOf(await endpoints.set(request.tercetMerchantId, url, client), 200, ({ endpoint, secret }) => ({
        ...endpointView(endpoint, endpoints),
        ...(secret !== null && { secret }),
      })),
    )
  })
}
