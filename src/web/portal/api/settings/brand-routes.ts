import { type Static, Type } from 'typebox'
import { type Brand, parseColour } from '../../../../domain/merchant/brand.ts'
import { pictureLimits } from '../../../../domain/picture/picture.ts'
import { languages } from '../../../../kernel/language.ts'
import { brandShades } from '../../../shared/style/brand-style.ts'
import type { PortalApp } from '../../portal-app.ts'
import { type Caller, Refused, route } from '../route.ts'
import { ofMerchant, orNull } from '../shapes.ts'

const access = { to: 'merchant', permission: 'change_branding' } as const

const shades = Type.Object({
  ground: Type.String(),
  fill: Type.String(),
  onFill: Type.String(),
  accent: Type.String(),
  fillContrast: Type.Number(),
  accentContrast: Type.Number(),
  isShaded: Type.Boolean(),
})
const preview = Type.Object({ light: shades, dark: shades })

const brandSchema = Type.Object({
  language: orNull,
  colour: orNull,
  logo: Type.Union([Type.String(), Type.Null()], {
    description: 'Where the picture is, below the root of the server.',
  }),
  languages: Type.Array(Type.String()),
})

/** How a shop's hosted pages look. */
export function brandRoutes(app: PortalApp) {
  const view = async (brand: Brand, { merchantId }: Caller): Promise<Static<typeof brandSchema>> => {
    const merchant = await app.merchants.byId(merchantId)
    const logo = brand.logoId && merchant ? `/pictures/${merchant.prefix}/${brand.logoId}` : null
    return { language: brand.language, colour: brand.colour, logo, languages: [...languages] }
  }
  return [
    route({
      method: 'GET',
      url: '/merchants/{merchant}/brand',
      access,
      summary: "How the shop's pages look",
      schemas: { params: ofMerchant, answer: brandSchema },
      handle: async ({ caller }) => await view(await app.brands.read(caller.merchantId), caller),
    }),
    route({
      method: 'GET',
      url: '/merchants/{merchant}/brand/preview',
      access,
      summary: 'What becomes of a colour on the pages, with the contrast that is reached',
      schemas: {
        params: ofMerchant,
        query: Type.Object({ colour: Type.String({ maxLength: 20 }) }),
        answer: preview,
      },
      handle: async ({ query }) => {
        const colour = parseColour(query.colour)
        if (colour === undefined) throw new Refused(422, 'not_a_colour', 'A colour is written like #0b5c49.')
        return brandShades(colour)
      },
    }),
    route({
      method: 'PUT',
      url: '/merchants/{merchant}/brand',
      access,
      summary: "Change how the shop's pages look; what is not named stays",
      // A picture in base64, and little else.
      bodyLimit: Math.ceil(pictureLimits.bytes * 1.4),
      schemas: {
        params: ofMerchant,
        // Null first: where a text comes first, null is taken for an empty one.
        body: Type.Object({
          language: Type.Optional(Type.Union([Type.Null(), Type.Enum([...languages])])),
          colour: Type.Optional(Type.Union([Type.Null(), Type.String({ maxLength: 20 })])),
          logo: Type.Optional(Type.Union([Type.Null(), Type.String({ description: 'A file in base64.' })])),
        }),
        answer: brandSchema,
      },
      handle: async ({ body: { language, colour, logo }, caller }) => {
        const change = {
          ...(language !== undefined && { language }),
          ...(colour !== undefined && { colour }),
          ...(logo !== undefined && { logo: logo === null ? null : Buffer.from(logo, 'base64') }),
        }
        const changed = await app.brands.change(caller.merchantId, change, caller.by)
        if (!changed.ok)
          throw new Refused(422, changed.reason.code, `This was not taken: ${changed.reason.sentence}.`, {
            detail: changed.reason.detail,
          })
        return await view(changed.value, caller)
      },
    }),
  ] as const
}
