import { Type } from 'typebox'
import type { PortalApp } from '../../portal-app.ts'
import { route } from '../route.ts'
import { ofMerchant, orNull } from '../shapes.ts'

/** What a shop puts into its own pages. */
export function buttonRoutes(app: PortalApp) {
  return [
    route({
      method: 'GET',
      url: '/merchants/{merchant}/buttons',
      access: { to: 'merchant', permission: 'view_keys' },
      summary: "What the markup of a shop's pages names: its widget's token, its currency, this server's address",
      schemas: {
        params: ofMerchant,
        answer: Type.Object({
          widgetToken: orNull,
          currency: Type.String(),
          publicUrl: Type.String(),
          products: Type.Array(Type.String()),
        }),
      },
      handle: async ({ caller: { merchantId } }) => {
        const [widgetToken, merchant] = [
          await app.developers.widgetToken(merchantId),
          await app.merchants.byId(merchantId),
        ]
        return {
          widgetToken,
          currency: merchant?.currency ?? '',
          publicUrl: app.publicUrl,
          products: merchant?.products.map(({ product }) => product) ?? [],
        }
      },
    }),
  ] as const
}
