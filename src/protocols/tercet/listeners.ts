import type { FastifyInstance } from 'fastify'
import type { WriteOnce } from '../../app/shared/write-once.ts'
import { MissingSigningKey } from '../../app/webhook/print-webhook.ts'
import type { HeardEvent, WebhookListeners } from '../../app/webhook/webhook-listeners.ts'
import { isoOf } from '../../kernel/instant.ts'
import { allOf, ok, type Result, refuse } from '../../kernel/result.ts'
import { answer, answering } from '../shared/handler.ts'
import { notFound, type Refusal, refusal } from '../shared/refusal.ts'
import { pathId, queryLimit, queryText, readFields } from './input.ts'
import { registerWrite } from './register-write.ts'
import * as schemas from './schemas.ts'
import { sourceView } from './source-view.ts'

const path = '/tercet/webhooks/listeners'

/** What `tercet listen` talks to: an endpoint without a URL, read from a cursor. */
export function registerListenerRoutes(scope: FastifyInstance, listeners: WebhookListeners, once: WriteOnce): void {
  registerWrite(scope, { method: 'POST', url: path, ...schemas.addListener }, once, (request) => {
    const fields = readFields(request, [])
    if (!fields.ok) return fields
    return ok(async (client) => {
      const added = await listeners.add(request.tercetMerchantId, client)
      return added ? ok({ status: 201, body: added }) : refuse(tooMany)
    })
  })
  scope.get(
    `${path}/:id/events`,
    schemas.readEvents,
    answering(async (request) => {
      const asked = allOf({
        after: queryText(request, 'after'),
        limit: queryLimit(request),
        id: pathId(request, 'listener'),
      })
      if (!asked.ok) return asked
      const position = { after: asked.value.after ?? '0', limit: asked.value.limit }
      const heard = await listeners.read(request.tercetMerchantId, asked.value.id, position).then(ok, withoutKey)
      if (!heard.ok) return heard
      if (!heard.value) return refuse(notFound('listener, or cursor'))
      return answer({ events: heard.value.events.map(eventView), cursor: heard.value.cursor })
    }),
  )
  registerWrite(scope, { method: 'DELETE', url: `${path}/:id`, ...schemas.deleteListener }, once, (request) => {
    const id = pathId(request, 'listener')
    if (!id.ok) return id
    return ok(async (client) => {
      const isRemoved = await listeners.remove(request.tercetMerchantId, id.value, client)
      return isRemoved ? ok({ status: 204 }) : refuse(notFound('listener'))
    })
  })
}

const tooMany = refusal(409, 'too_many_listeners', 'A merchant may have 16 listeners. Stop one first.')

function eventView({ sourceKind, sourceId, at, ...rest }: HeardEvent): object {
  return { ...rest, ...sourceView({ sourceKind, sourceId }), at: isoOf(at) }
}

function withoutKey(error: unknown): Result<never, Refusal> {
  if (!(error instanceof MissingSigningKey)) throw error
  const message = 'There is no live API key to sign the events with. Make a new one first.'
  return refuse(refusal(409, 'no_signing_key', message))
}
