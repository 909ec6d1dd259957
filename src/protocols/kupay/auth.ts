import type { App } from '../../app/app.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import { bearerOf } from '../../http/request/bearer-key.ts'
import { ok, refuse } from '../../kernel/result.ts'
import { admit } from '../shared/admit.ts'
import { sendEmptyList } from './errors.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** whose token came with the request; set before any handler below `/v1/payment` runs */
    kupayMerchant: MerchantTerms
  }
}

/** Lets a request through that carries a merchant's token (kupay.md 1), before its body is read. A shop's key opens nothing here. */
export function authenticate(app: App): ReturnType<typeof admit> {
  return admit({
    find: async (request) => {
      const token = bearerOf(request)
      const merchant = token === undefined ? undefined : await merchantOf(app, token, 'token')
      return merchant ? ok(merchant) : refuse('unauthorized')
    },
    keep: (request, merchant) => {
      request.kupayMerchant = merchant
      request.servedMerchant = merchant.id
    },
    refuse: (_request, reply) => sendEmptyList(reply, 401),
  })
}

/** Whose key it is; undefined for a key of another kind or API. */
export async function merchantOf(app: App, key: string, kind: 'token' | 'api_key'): Promise<MerchantTerms | undefined> {
  const found = await app.merchants.byKey(key)
  return found?.kind === kind && found.protocol === 'kupay' ? found.merchant : undefined
}
