import { Type } from 'typebox'
import type { PortalApp } from '../../portal-app.ts'
import { route } from '../route.ts'
import { ofMerchant, orNull } from '../shapes.ts'

const ownAmount = Type.Object({
  account: Type.String(),
  donation: Type.String(),
  chains: Type.Array(Type.Object({ chainId: Type.Integer(), name: Type.String() })),
})

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
          ownAmount: Type.Union([ownAmount, Type.Null()], {
            description:
              'Where anybody pays the shop an amount of their own from a wallet; null where it is paid on no chain.',
          }),
        }),
      },
      handle: async ({ caller: { merchantId } }) => {
        const [widgetToken, merchant, choices] = await Promise.all([
          app.developers.widgetToken(merchantId),
          app.merchants.byId(merchantId),
          app.chains.choices(merchantId),
        ])
        const name = merchant?.prefix.toLowerCase()
        const chains = new Map(choices.map(({ chain }) => [chain.id, { chainId: chain.id, name: chain.name }]))
        return {
          ownAmount:
            name === undefined || chains.size === 0
              ? null
              : {
                  account: `${app.publicUrl}/-${name}`,
                  donation: `${app.publicUrl}/donate/${name}`,
                  chains: [...chains.values()],
                },
          widgetToken,
          currency: merchant?.currency ?? '',
          publicUrl: app.publicUrl,
          products: merchant?.products.map(({ product }) => product) ?? [],
        }
      },
    }),
  ] as const
}
