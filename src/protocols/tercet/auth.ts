import type { FastifyRequest } from 'fastify'
import type { App, KeyKind } from '../../app/app.ts'
import type { By } from '../../app/audit/audit-log.ts'
import { bearerOf } from '../../http/request/bearer-key.ts'
import { clientAddress } from '../../http/request/client-address.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { admit } from '../shared/admit.ts'
import { type Refusal, refusal, sendRefusal } from '../shared/refusal.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** whose key came with the request; set before any handler of this API runs */
    tercetMerchantId: MerchantId
    /** which key it was, for the audit log: never the key itself */
    tercetKey: string
    /** where it came from */
    tercetAddress: string
  }
}

/** A device key lies in a shop's till and an api_key in a shop's web server: neither may redirect a merchant's webhooks. */
const mayManage: Record<KeyKind, boolean> = { merchant: true, token: true, admin: true, device: false, api_key: false }

/** Lets a request through that carries a key of a merchant, before its body is read. */
export function authenticate({
  merchants,
  isBehindProxy,
}: Pick<App, 'merchants' | 'isBehindProxy'>): ReturnType<typeof admit> {
  return admit({
    find: (request) => callerOf(merchants, request),
    keep: (request, { merchantId, key }) => {
      request.tercetMerchantId = merchantId
      request.servedMerchant = merchantId
      request.tercetKey = key
      request.tercetAddress = clientAddress(request, isBehindProxy)
    },
    refuse: sendRefusal,
  })
}

type Caller = { readonly merchantId: MerchantId; readonly key: string }

async function callerOf(merchants: App['merchants'], request: FastifyRequest): Promise<Result<Caller, Refusal>> {
  const key = bearerOf(request)
  const found = key === undefined ? undefined : await merchants.byKey(key)
  if (key === undefined || !found || !mayManage[found.kind]) return refuse(unauthorized)
  return ok({ merchantId: found.merchant.id, key: `${found.protocol} ${found.kind} ending in ${key.slice(-4)}` })
}

const unauthorized = refusal(401, 'unauthorized', 'A merchant API key is needed: Authorization: Bearer <key>.')

/** What the audit log keeps of whoever changes something by this API. */
export function byKey({ tercetKey, tercetAddress }: FastifyRequest): By {
  return { actor: { kind: 'key', name: tercetKey }, address: tercetAddress }
}
