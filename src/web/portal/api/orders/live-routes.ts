import { Type } from 'typebox'
import { may } from '../../../../domain/user/role.ts'
import { sendStream } from '../../../shared/event-streams.ts'
import type { PortalApp } from '../../portal-app.ts'
import { sessionCookie } from '../cookie.ts'
import { Refused, route } from '../route.ts'
import { ofMerchant } from '../shapes.ts'

/** What keeps the lists fresh without asking again and again. */
export function liveRoutes(app: PortalApp) {
  return [
    route({
      method: 'GET',
      url: '/merchants/{merchant}/live',
      access: { to: 'merchant', permission: 'view_orders' },
      summary: 'Server-sent events: that something of the shop has changed, and never what',
      schemas: {
        params: ofMerchant,
        answer: Type.Unknown({ description: 'text/event-stream' }),
      },
      handle: async ({ caller: { merchantId, who }, reply }) => {
        const { accept = '' } = reply.request.headers
        if (!accept.includes('text/event-stream'))
          throw new Refused(400, 'not_a_stream', 'This is a stream of events: ask for text/event-stream.')
        const token = reply.request.cookies[sessionCookie] ?? ''
        const isStillAllowed = async () => {
          const found = await app.users.sessions.peek(token)
          const membership = found?.memberships.find((each) => each.merchantId === merchantId)
          return membership !== undefined && may(membership.role, 'view_orders')
        }
        const stream = app.live.open({ merchantId, countedAs: who.session.sessionId, isStillAllowed })
        if (!stream)
          throw new Refused(429, 'too_many_streams', 'Too many pages listen at once. Close some.', {
            retryAfterSeconds: 30,
          })
        return sendStream(reply, stream)
      },
    }),
  ] as const
}
