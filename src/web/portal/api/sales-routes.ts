import { Type } from 'typebox'
import { dateIn } from '../../../kernel/calendar-date.ts'
import { isoOf } from '../../../kernel/instant.ts'
import type { PortalApp } from '../portal-app.ts'
import { moneyOf, moneySchema } from './money.ts'
import { Refused, route } from './route.ts'
import { ofMerchant } from './shapes.ts'

/** What the first page shows. */
export function salesRoutes(app: PortalApp) {
  return [
    route({
      method: 'GET',
      url: '/merchants/{merchant}/sales',
      access: { to: 'merchant', permission: 'view_sales' },
      summary: 'Sales of the last days and of as many before, by day, in the time zone of the shop',
      schemas: {
        params: ofMerchant,
        query: Type.Object({ days: Type.Optional(Type.Enum(['7', '28', '90'], { description: 'Left out: 7.' })) }),
        answer: Type.Object({
          today: Type.String({ description: "The shop's day now: `2026-11-25`." }),
          currency: Type.String(),
          since: Type.Union([Type.String(), Type.Null()], {
            description:
              'When the oldest order of the sums was made, where a shop has too many to sum them all; else null.',
          }),
          expiring: Type.Integer(),
          unmatched: Type.Integer(),
          days: Type.Array(
            Type.Object({
              day: Type.String(),
              paid: Type.Integer(),
              captured: moneySchema,
              refunded: moneySchema,
              approved: Type.Integer(),
              refused: Type.Integer(),
            }),
          ),
        }),
      },
      handle: async ({ query, caller: { merchantId } }) => {
        const merchant = await app.merchants.byId(merchantId)
        if (!merchant) throw new Refused(404, 'unknown_shop', 'There is no such shop.')
        const { days, since, expiring, unmatched } = await app.orders.readSales(merchant, Number(query.days ?? '7'))
        const currency = days.at(-1)?.currency ?? merchant.currency
        return {
          today: dateIn(merchant.timeZone, app.clock.now()),
          currency,
          since: since && isoOf(since),
          expiring,
          unmatched,
          // A merchant sells in one currency; days of another one, from before a change, are in the list of orders.
          days: days
            .filter((each) => each.currency === currency)
            .map(({ day, paid, captured, refunded, approved, refused }) => ({
              day,
              paid,
              captured: moneyOf(currency as Parameters<typeof moneyOf>[0], captured),
              refunded: moneyOf(currency as Parameters<typeof moneyOf>[0], refunded),
              approved,
              refused,
            })),
        }
      },
    }),
  ] as const
}
