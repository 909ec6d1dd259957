import type { FastifyInstance } from 'fastify'
import type { WriteOnce } from '../../app/shared/write-once.ts'
import type { Shops } from '../../app/shop/shops.ts'
import { byKey } from './auth.ts'
import { invalid } from './errors.ts'
import { readFields } from './input.ts'
import { registerWrite } from './register-write.ts'
import * as schemas from './shop-schemas.ts'

const path = '/tercet/shop/secret'

/** What a merchant's shop system signs its webhooks with. It is never shown again. */
export function registerShop(scope: FastifyInstance, shops: Shops, once: WriteOnce): void {
  scope.get(path, schemas.readShopSecret, async (request) => ({
    set: await shops.hasSecret(request.tercetMerchantId),
  }))
  registerWrite(scope, { method: 'POST', url: path, ...schemas.setShopSecret }, once, (request) => {
    const { secret } = readFields(request, ['secret'])
    if (typeof secret !== 'string' || !/^[\x21-\x7e]{16,255}$/.test(secret))
      throw invalid('The field secret must be 16 to 255 characters without spaces, as the shop shows it.')
    return async (client) => {
      await shops.setSecret(request.tercetMerchantId, secret, byKey(request), client)
      return { status: 200, body: { set: true } }
    }
  })
  registerWrite(
    scope,
    { method: 'DELETE', url: path, ...schemas.removeShopSecret },
    once,
    (request) => async (client) => {
      await shops.setSecret(request.tercetMerchantId, null, byKey(request), client)
      return { status: 204 }
    },
  )
}
