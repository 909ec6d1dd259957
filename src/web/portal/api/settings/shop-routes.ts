import { Type } from 'typebox'
import { isShopSecret } from '../../../../app/shop/shops.ts'
import type { PortalApp } from '../../portal-app.ts'
import { Refused, route } from '../route.ts'
import { done, ofMerchant, orNull } from '../shapes.ts'

const url = '/merchants/{merchant}/shop-system'

/** What a shop's own system signs its orders with. Whoever knows it can open payments in the shop's name: a change wants a fresh proof. */
export function shopRoutes({ merchants, shopSystem }: PortalApp) {
  return [
    route({
      method: 'GET',
      url,
      access: { to: 'merchant', permission: 'view_transfers' },
      summary: 'Where a shop system sends its orders, and whether its secret is known',
      schemas: { params: ofMerchant, answer: Type.Object({ hasSecret: Type.Boolean(), webhookUrl: orNull }) },
      handle: async ({ caller: { merchantId } }) => {
        const [hasSecret, merchant] = await Promise.all([shopSystem.hasSecret(merchantId), merchants.byId(merchantId)])
        return { hasSecret, webhookUrl: (merchant && shopSystem.webhookUrl(merchant)) ?? null }
      },
    }),
    route({
      method: 'PUT',
      url,
      access: { to: 'merchant', permission: 'change_wallets', stepUp: true },
      summary: 'Set the secret of the shop system, or remove it; it is never shown',
      schemas: {
        params: ofMerchant,
        // Null first: where a text comes first, null is taken for an empty one.
        body: Type.Object({ secret: Type.Union([Type.Null(), Type.String({ maxLength: 300 })]) }),
        answer: done,
      },
      handle: async ({ body, caller: { merchantId, by } }) => {
        const secret = body.secret === null ? null : body.secret.trim()
        if (secret !== null && !isShopSecret(secret))
          throw new Refused(
            422,
            'not_a_secret',
            'A secret is 16 to 255 characters without spaces, as the shop shows it.',
          )
        await shopSystem.setSecret(merchantId, secret, by)
        return { ok: true as const }
      },
    }),
  ] as const
}
