import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import type { App } from '../../app/app.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import { sendEmptyList } from './errors.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** whose token came with the request; set before any handler below `/v1/payment` runs */
    kupayMerchant: MerchantTerms
  }
}

/** The scheme in any case, one space, the token (kupay.md 1). */
const bearer = /^bearer ([\x21-\x7e]{1,512})$/i

type OnRequest = (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction) => void

/** Lets a request through that carries a merchant's token, before its body is read. A shop's key opens nothing here. */
export function authenticate(app: App): OnRequest {
  return (request, reply, done) => {
    const token = bearer.exec(request.headers.authorization ?? '')?.[1]
    if (token === undefined) {
      sendEmptyList(reply, 401)
      return
    }
    merchantOf(app, token, 'token').then((merchant) => {
      if (!merchant) {
        sendEmptyList(reply, 401)
        return
      }
      request.kupayMerchant = merchant
      done()
    }, done)
  }
}

/** Whose key it is; undefined for a key of another kind or API. */
export async function merchantOf(app: App, key: string, kind: 'token' | 'api_key'): Promise<MerchantTerms | undefined> {
  const found = await app.merchants.byKey(key)
  return found?.kind === kind && found.protocol === 'kupay' ? found.merchant : undefined
}
