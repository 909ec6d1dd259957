import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import type { App } from '../../app/app.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** whose key came with the request; set before any Scalapay handler runs */
    scalapayMerchant: MerchantTerms
  }
}

/** The scheme in any case, exactly one space, the key (scalapay.md 1.2). */
const bearer = /^bearer ([\x21-\x7e]{1,512})$/i

type OnRequest = (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction) => void

/**
 * Lets a request through that carries a Scalapay merchant key, before its body is read. Everything else, the device key
 * included, is answered with the bare word.
 */
export function authenticate(app: App): OnRequest {
  return (request, reply, done) => {
    const key = bearer.exec(request.headers.authorization ?? '')?.[1]
    if (key === undefined) {
      refuseUnauthorized(reply)
      return
    }
    app.merchants.byKey(key).then((credentials) => {
      if (credentials?.kind !== 'merchant' || credentials.protocol !== 'scalapay') {
        refuseUnauthorized(reply)
        return
      }
      request.scalapayMerchant = credentials.merchant
      done()
    }, done)
  }
}

/** Twelve bytes that are not JSON under a JSON content type: what the live API sends (scalapay.md 1.2). */
function refuseUnauthorized(reply: FastifyReply): void {
  reply.code(401).header('content-type', 'application/json').send(unauthorized)
}

const unauthorized = Buffer.from('Unauthorized')
