import { Type } from 'typebox'
import type { StaffRefusal } from '../../../../app/webhook/staff-webhooks.ts'
import { parseEventFilter, type WebhookEvent } from '../../../../domain/webhook/event-name.ts'
import { unreachable } from '../../../../kernel/assert.ts'
import { isoOf } from '../../../../kernel/instant.ts'
import type { Result } from '../../../../kernel/result.ts'
import type { PortalApp } from '../../portal-app.ts'
import { requireStepUp } from '../guard.ts'
import { Refused, route } from '../route.ts'
import { done, merchant, ofMerchant, orNull, press } from '../shapes.ts'

const manage = { to: 'merchant', permission: 'manage_webhooks' } as const
const ofEndpoint = Type.Object({
  merchant,
  endpoint: Type.String({ format: 'uuid' }),
})
const url = Type.String({ maxLength: 2_048 })
const description = Type.String({ maxLength: 200 })
const events = Type.Array(Type.String({ maxLength: 40 }), {
  maxItems: 40,
  description: 'All of the usual ones: those of later versions as well.',
})
const withSecret = Type.Object({ id: Type.String(), secret: Type.String({ description: 'Shown this once.' }) })

/** Where the events of a shop are sent to. */
export function webhookRoutes(app: PortalApp) {
  const { webhooks } = app.developers
  const filterOf = (names: readonly string[]): readonly WebhookEvent[] | null => {
    const filter = parseEventFilter(names, webhooks.events.all)
    if (filter !== undefined) return filter
    if (names.length > 0) throw new Refused(400, 'unknown_event', 'There is no such event.')
    throw new Refused(400, 'no_event', 'Choose at least one event.')
  }
  return [
    route({
      method: 'GET',
      url: '/merchants/{merchant}/webhooks/endpoints',
      access: manage,
      summary: 'Where webhooks are sent to',
      schemas: {
        params: ofMerchant,
        answer: Type.Object({
          events: Type.Array(Type.String(), { description: 'Everything that an endpoint can ask for.' }),
          usual: Type.Array(Type.String(), { description: 'What one hears that asks for nothing.' }),
          endpoints: Type.Array(
            Type.Object({
              id: Type.String(),
              url: Type.String(),
              description: Type.String(),
              events: Type.Array(Type.String()),
              enabled: Type.Boolean(),
              createdAt: Type.String(),
              previousSecretUntil: orNull,
            }),
          ),
        }),
      },
      handle: async ({ caller: { merchantId } }) => {
        const { all, usual } = webhooks.events
        const list = await webhooks.list(merchantId)
        return {
          events: [...all],
          usual: [...usual],
          endpoints: list.map((each) => ({
            id: each.id,
            url: each.url ?? '',
            description: each.description,
            events: [...(each.events ?? usual)],
            enabled: each.enabled,
            createdAt: isoOf(each.createdAt),
            previousSecretUntil: each.previousSecretUntil && isoOf(each.previousSecretUntil),
          })),
        }
      },
    }),
    route({
      method: 'POST',
      url: '/merchants/{merchant}/webhooks/endpoints',
      access: { ...manage, stepUp: true },
      summary: 'Send webhooks to one more address; its secret is shown this once',
      schemas: { params: ofMerchant, body: Type.Object({ url, description, events, press }), answer: withSecret },
      handle: async ({ body, caller: { merchantId, by } }) => {
        const fields = { url: body.url, description: body.description, events: filterOf(body.events) }
        return answerOf(await webhooks.add({ merchantId, press: body.press, by, fields }))
      },
    }),
    route({
      method: 'PATCH',
      url: '/merchants/{merchant}/webhooks/endpoints/{endpoint}',
      access: manage,
      summary: 'Change an address, what it hears, or whether anything is sent to it',
      schemas: {
        params: ofEndpoint,
        body: Type.Partial(Type.Object({ url, description, events, enabled: Type.Boolean() })),
        answer: done,
      },
      handle: async ({ params, body, caller: { who, merchantId, by } }) => {
        const { events: names, ...rest } = body
        // Another address hears of every order, as one more would.
        if (rest.url !== undefined) requireStepUp(who, app.realClock.now())
        const change = { ...rest, ...(names !== undefined && { events: { list: filterOf(names) } }) }
        answerOf(await webhooks.change(merchantId, params.endpoint, change, by))
        return { ok: true as const }
      },
    }),
    route({
      method: 'DELETE',
      url: '/merchants/{merchant}/webhooks/endpoints/{endpoint}',
      access: manage,
      summary: 'Send nothing to an address any more',
      schemas: { params: ofEndpoint, answer: done },
      handle: async ({ params, caller: { merchantId, by } }) => {
        if (!(await webhooks.remove(merchantId, params.endpoint, by))) throw unknown
        return { ok: true as const }
      },
    }),
    route({
      method: 'POST',
      url: '/merchants/{merchant}/webhooks/endpoints/{endpoint}/rotate',
      access: { ...manage, stepUp: true },
      summary: 'A new secret; messages are signed with the one before as well for a day',
      schemas: { params: ofEndpoint, body: Type.Object({ press }), answer: withSecret },
      handle: async ({ params, body, caller: { merchantId, by } }) =>
        answerOf(await webhooks.rotate({ merchantId, id: params.endpoint, press: body.press, by })),
    }),
    route({
      method: 'POST',
      url: '/merchants/{merchant}/webhooks/endpoints/{endpoint}/test',
      access: manage,
      summary: 'Send an address a test: a message about an order that does not exist',
      schemas: {
        params: ofEndpoint,
        body: Type.Object({ event: Type.String({ maxLength: 40 }), press }),
        answer: Type.Object({ delivery: Type.String() }),
      },
      handle: async ({ params, body, caller: { merchantId, by } }) => {
        const event = webhooks.events.all.find((name) => name === body.event)
        if (!event) throw new Refused(400, 'unknown_event', 'There is no such event.')
        return answerOf(await webhooks.test({ merchantId, id: params.endpoint, event, press: body.press, by }))
      },
    }),
  ] as const
}

const unknown = new Refused(404, 'unknown_endpoint', 'There is no such webhook endpoint.')

function answerOf<T>(result: Result<T, StaffRefusal>): T {
  if (result.ok) return result.value
  const { reason } = result
  switch (reason.kind) {
    case 'url':
      throw new Refused(422, `url_${reason.reason}`, reason.sentence)
    case 'unknown':
      throw unknown
    case 'events':
      throw new Refused(422, 'never_sent', reason.sentence, { detail: reason.detail })
    case 'too_many':
      throw new Refused(409, 'too_many_endpoints', 'A shop may have 16 webhook endpoints. Delete one first.')
    case 'too_many_secrets':
      throw new Refused(
        409,
        'too_many_secrets',
        'This endpoint has 8 earlier secrets that are still valid. Wait until one has ended.',
      )
    case 'key_reused':
      throw new Refused(409, 'key_reused', 'This press was used for something else. Load the page again.')
    case 'no_words':
      throw new Refused(
        422,
        'no_words',
        'The API of this shop sends no message for that event, or none before its first order. Choose another event.',
      )
    default:
      return unreachable(reason)
  }
}
