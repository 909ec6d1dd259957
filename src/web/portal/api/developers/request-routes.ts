import { Type } from 'typebox'
import { isoOf } from '../../../../kernel/instant.ts'
import type { PortalApp } from '../../portal-app.ts'
import { route } from '../route.ts'
import { ofMerchant, orNull } from '../shapes.ts'

const pageSize = 50

/** What was asked of the APIs in the last week. */
export function requestRoutes(app: PortalApp) {
  const { requests } = app.developers
  return [
    route({
      method: 'GET',
      url: '/merchants/{merchant}/requests',
      access: { to: 'merchant', permission: 'view_request_log' },
      summary: 'Requests of the last seven days, newest first, without personal data and secrets',
      schemas: {
        params: ofMerchant,
        query: Type.Object({
          show: Type.Optional(Type.Enum(['all', 'errors'])),
          before: Type.Optional(Type.String({ format: 'uuid' })),
        }),
        answer: Type.Object({
          requests: Type.Array(
            Type.Object({
              id: Type.String(),
              at: Type.String(),
              api: Type.String(),
              method: Type.String(),
              path: Type.String(),
              status: Type.Integer(),
              latencyMs: Type.Integer(),
              requestId: Type.String(),
              errorCode: orNull,
              request: orNull,
              response: orNull,
              skipped: Type.Integer({ description: 'Requests before it that were too many to be kept.' }),
            }),
          ),
          next: orNull,
        }),
      },
      handle: async ({ query, caller: { merchantId } }) => {
        const { show = 'all', before = null } = query
        const found = await requests.list({ merchantId, onlyErrors: show === 'errors', before, limit: pageSize })
        return {
          requests: found.map(({ merchantId: _, at, ...rest }) => ({ ...rest, at: isoOf(at) })),
          next: found.length === pageSize ? (found.at(-1)?.id ?? null) : null,
        }
      },
    }),
  ] as const
}
