import { type Static, Type } from 'typebox'
import type { PortalApp } from '../../portal-app.ts'
import { Refused, route } from '../route.ts'
import { done, merchant, ofMerchant } from '../shapes.ts'
import { filterOf, orderFilter } from './order-filter.ts'

const ofView = Type.Object({
  merchant,
  name: Type.String({ minLength: 1, maxLength: 60 }),
})
const access = { to: 'merchant', permission: 'view_orders' } as const

/** Filters of the order list that a person keeps. They are the person's own: nobody else sees them. */
export function viewRoutes(app: PortalApp) {
  const { savedViews } = app.users
  return [
    route({
      method: 'GET',
      url: '/merchants/{merchant}/views',
      access,
      summary: 'Your saved filters of the order list',
      schemas: {
        params: ofMerchant,
        answer: Type.Object({ views: Type.Array(Type.Object({ name: Type.String(), query: orderFilter })) }),
      },
      handle: async ({ caller: { merchantId, who } }) => ({
        views: (await savedViews.list({ merchantId, userId: who.user.id })).map(({ name, query }) => ({ name, query })),
      }),
    }),
    route({
      method: 'PUT',
      url: '/merchants/{merchant}/views/{name}',
      access,
      summary: 'Keep a filter of the order list under a name, in place of one of the same name',
      schemas: { params: ofView, body: orderFilter, answer: done },
      handle: async ({ params, body, caller: { merchantId, timeZone, who } }) => {
        filterOf(body, timeZone)
        const name = params.name.trim()
        if (name === '') throw new Refused(400, 'invalid_name', 'Give the view a name.')
        const isKept = await savedViews.put({ merchantId, userId: who.user.id }, { name, query: knownOf(body) })
        if (!isKept) throw new Refused(409, 'too_many_views', 'There are twenty saved views. Remove one first.')
        return { ok: true as const }
      },
    }),
    route({
      method: 'DELETE',
      url: '/merchants/{merchant}/views/{name}',
      access,
      summary: 'Remove a saved filter',
      schemas: { params: ofView, answer: done },
      handle: async ({ params, caller: { merchantId, who } }) => {
        if (!(await savedViews.remove({ merchantId, userId: who.user.id }, params.name)))
          throw new Refused(404, 'unknown_view', 'There is no such view.')
        return { ok: true as const }
      },
    }),
  ] as const
}

/** What the list knows of the body, and nothing else that was sent. */
function knownOf({ status, api, from, to }: Static<typeof orderFilter>): Record<string, string> {
  return { ...(status && { status }), ...(api && { api }), ...(from && { from }), ...(to && { to }) }
}
