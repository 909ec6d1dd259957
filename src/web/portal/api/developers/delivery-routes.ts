import { type Static, Type } from 'typebox'
import type { DeliveryRow } from '../../../../app/webhook/webhook-log.ts'
import { type Instant, instantFromMillis, isoOf } from '../../../../kernel/instant.ts'
import type { PortalApp } from '../../portal-app.ts'
import { deliveryOf, deliverySchema } from '../delivery-view.ts'
import { Refused, route } from '../route.ts'
import { merchant, ofMerchant, orNull } from '../shapes.ts'

const pageSize = 50
const manage = { to: 'merchant', permission: 'manage_webhooks' } as const
const uuid = Type.String({ format: 'uuid' })
const states = ['pending', 'delivered', 'dead', 'skipped'] as const
const replayed = Type.Object({ replayed: Type.Integer({ description: 'How many messages are sent again.' }) })

const delivery = Type.Intersect([
  deliverySchema,
  Type.Object({
    endpoint: Type.String(),
    order: Type.Union([Type.String(), Type.Null()], { description: 'null for a test, and for what is about no order' }),
    isTest: Type.Boolean(),
    nextAttemptAt: orNull,
  }),
])

/** What was sent to a shop's endpoints, and sending it again. */
export function deliveryRoutes(app: PortalApp) {
  const { webhooks } = app.developers
  return [
    route({
      method: 'GET',
      url: '/merchants/{merchant}/webhooks/deliveries',
      access: manage,
      summary: 'Deliveries with every attempt, newest event first',
      schemas: {
        params: ofMerchant,
        query: Type.Object({
          state: Type.Optional(Type.Enum([...states])),
          endpoint: Type.Optional(uuid),
          before: Type.Optional(uuid),
        }),
        answer: Type.Object({ deliveries: Type.Array(delivery), next: orNull }),
      },
      handle: async ({ query, caller: { merchantId } }) => {
        const { state = null, endpoint: endpointId = null, before = null } = query
        const filter = { merchantId, state, endpointId, before, paymentId: null, limit: pageSize }
        const rows = await webhooks.deliveries(filter)
        return {
          deliveries: rows.map(viewOf),
          next: rows.length === pageSize ? (rows.at(-1)?.id ?? null) : null,
        }
      },
    }),
    route({
      method: 'GET',
      url: '/merchants/{merchant}/webhooks/deliveries/{delivery}/request',
      access: manage,
      summary: "A delivery's request without its signatures, which are made anew for each attempt",
      schemas: {
        params: Type.Object({ merchant, delivery: uuid }),
        answer: Type.Object({
          method: Type.String(),
          query: Type.Record(Type.String(), Type.String()),
          headers: Type.Record(Type.String(), Type.String()),
          body: Type.String(),
        }),
      },
      handle: async ({ params, caller: { merchantId } }) => {
        const content = await webhooks.content(merchantId, params.delivery)
        if (content === undefined) throw unknown
        if (content === null) throw new Refused(404, 'nothing_sent', 'Nothing is sent for this event.')
        return { ...content, query: { ...content.query }, headers: { ...content.headers } }
      },
    }),
    route({
      method: 'POST',
      url: '/merchants/{merchant}/webhooks/deliveries/{delivery}/replay',
      access: manage,
      summary: 'Send one delivery again, under the same id',
      schemas: { params: Type.Object({ merchant, delivery: uuid }), answer: replayed },
      handle: async ({ params, caller: { merchantId, by } }) => {
        if (!(await webhooks.replay(merchantId, params.delivery, by))) throw unknown
        return { replayed: 1 }
      },
    }),
    route({
      method: 'POST',
      url: '/merchants/{merchant}/webhooks/replay',
      access: manage,
      summary: 'Send again what happened in a range of time',
      schemas: {
        params: ofMerchant,
        body: Type.Object({
          from: Type.String({ maxLength: 40 }),
          to: Type.String({ maxLength: 40 }),
          endpoint: Type.Optional(uuid),
        }),
        answer: replayed,
      },
      handle: async ({ body, caller: { merchantId, by } }) => {
        const range = { from: timeOf(body.from), to: timeOf(body.to), endpointId: body.endpoint ?? null }
        if (range.to <= range.from) throw new Refused(400, 'empty_range', 'The range must end after it begins.')
        return { replayed: await webhooks.replayRange(merchantId, range, by) }
      },
    }),
    route({
      method: 'GET',
      url: '/merchants/{merchant}/webhooks/failed',
      access: { to: 'merchant', permission: 'view_sales' },
      summary: 'How many deliveries of the last week nothing will try again',
      schemas: { params: ofMerchant, answer: Type.Object({ failed: Type.Integer() }) },
      handle: async ({ caller: { merchantId } }) => ({ failed: await webhooks.countFailed(merchantId) }),
    }),
  ] as const
}

const unknown = new Refused(404, 'unknown_delivery', 'There is no such delivery, or its endpoint was deleted.')

function timeOf(text: string): Instant {
  const millis = Date.parse(text)
  if (Number.isNaN(millis) || millis < 0 || millis > Date.UTC(9000, 0))
    throw new Refused(400, 'invalid_time', 'A time looks like 2026-11-25T09:00:00Z.')
  return instantFromMillis(millis)
}

function viewOf(row: DeliveryRow): Static<typeof delivery> {
  const { sourceKind, sourceId, endpointId, nextAttemptAt } = row
  return {
    ...deliveryOf(row),
    endpoint: endpointId,
    order: sourceKind === 'payment' ? sourceId : null,
    isTest: sourceKind === 'test',
    nextAttemptAt: nextAttemptAt && isoOf(nextAttemptAt),
  }
}
