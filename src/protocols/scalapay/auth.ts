import type { FastifyReply } from 'fastify'
import type { App } from '../../app/app.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import { bearerOf } from '../../http/request/bearer-key.ts'
import { ok, refuse } from '../../kernel/result.ts'
import { admit } from '../shared/admit.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** whose key came with the request; set before any Scalapay handler runs */
    scalapayMerchant: MerchantTerms
  }
}

/**
 * Lets a request through that carries a Scalapay merchant key (scalapay.md 1.2). Everything else, the device key included, is
 * answered with the bare word.
 */
export function authenticate({ merchants }: Pick<App, 'merchants'>): ReturnType<typeof admit> {
  return admit({
    find: async (request) => {
      const key = bearerOf(request)
      const credentials = key === undefined ? undefined : await merchants.byKey(key)
      const isMerchant = credentials?.kind === 'merchant' && credentials.protocol === 'scalapay'
      return isMerchant ? ok(credentials.merchant) : refuse('unauthorized')
    },
    keep: (request, merchant) => {
      request.scalapayMerchant = merchant
      request.servedMerchant = merchant.id
    },
    refuse: (_request, reply) => refuseUnauthorized(reply),
  })
}

/** Twelve bytes that are not JSON under a JSON content type: what the live API sends (scalapay.md 1.2). */
function refuseUnauthorized(reply: FastifyReply): void {
  reply.code(401).header('content-type', 'application/json').send(unauthorized)
}

const unauthorized = Buffer.from('Unauthorized')
