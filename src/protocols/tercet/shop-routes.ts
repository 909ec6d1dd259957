import type { FastifyInstance } from 'fastify'
import type { WriteOnce } from '../../app/shared/write-once.ts'
import { isShopSecret, type Shops } from '../../app/shop/shops.ts'
import { ok, refuse } from '../../kernel/result.ts'
import { answer, answering } from '../shared/handler.ts'
import { invalid } from '../shared/refusal.ts'
import { byKey } from './auth.ts'
import { readFields } from './input.ts'
import { registerWrite } from './register-write.ts'
import * as schemas from './shop-schemas.ts'

const path = '/tercet/shop/secret'

/** What a merchant's shop system signs its webhooks with. It is never shown again. */
export function registerShop(scope: FastifyInstance, shops: Shops, once: WriteOnce): void {
  scope.get(
    path,
    schemas.readShopSecret,
    answering(async (request) => answer({ set: await shops.hasSecret(request.tercetMerchantId) })),
  )
  registerWrite(scope, { method: 'POST', url: path, ...schemas.setShopSecret }, once, (request) => {
    const fields = readFields(request, ['secret'])
    if (!fields.ok) return fields
    const { secret } = fields.value
    if (typeof secret !== 'string' || !isShopSecret(secret))
      return refuse(invalid('The field secret must be 16 to 255 characters without spaces, as the shop shows it.'))
    return ok(async (client) => {
      await shops.setSecret(request.tercetMerchantId, secret, byKey(request), client)
      return answer({ set: true })
    })
  })
  registerWrite(scope, { method: 'DELETE', url: path, ...schemas.removeShopSecret }, once, (request) =>
    ok(async (client) => {
      await shops.setSecret(request.tercetMerchantId, null, byKey(request), client)
      return ok({ status: 204 })
    }),
  )
}
