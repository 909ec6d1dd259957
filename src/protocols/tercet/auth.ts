import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import type { App, KeyKind } from '../../app/app.ts'
import type { By } from '../../app/user/people.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { sendRefused, unauthorized } from './errors.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** whose key came with the request; set before any handler of this API runs */
    tercetMerchantId: MerchantId
    /** which key it was, for the audit log: never the key itself */
    tercetKey: string
  }
}

const bearer = /^bearer ([\x21-\x7e]{1,512})$/i

/** A device key lies in a shop's till and an api_key in a shop's web server: neither may redirect a merchant's webhooks. */
const mayManage: Record<KeyKind, boolean> = { merchant: true, token: true, admin: true, device: false, api_key: false }

type OnRequest = (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction) => void

/** Lets a request through that carries a key of a merchant, before its body is read. */
export function authenticate({ merchants }: Pick<App, 'merchants'>): OnRequest {
  return (request, reply, done) => {
    const key = bearer.exec(request.headers.authorization ?? '')?.[1]
    if (key === undefined) {
      sendRefused(request, reply, unauthorized)
      return
    }
    merchants.byKey(key).then((credentials) => {
      if (!credentials || !mayManage[credentials.kind]) {
        sendRefused(request, reply, unauthorized)
        return
      }
      request.tercetMerchantId = credentials.merchant.id
      request.servedMerchant = credentials.merchant.id
      request.tercetKey = `${credentials.protocol} ${credentials.kind} ending in ${key.slice(-4)}`
      done()
    }, done)
  }
}

/** What the audit log keeps of whoever changes something by this API. */
export function byKey({ tercetKey, ip }: FastifyRequest): By {
  return { actor: { kind: 'key', name: tercetKey }, address: ip }
}
