import type { FastifyInstance } from 'fastify'
import { MissingSigningKey } from '../../app/webhook/print-webhook.ts'
import type { HeardEvent, WebhookListeners } from '../../app/webhook/webhook-listeners.ts'
import { isoOf } from '../../kernel/instant.ts'
import { notFound, Refused } from './errors.ts'
import { pathId, queryLimit, queryText, readFields } from './input.ts'
import * as schemas from './schemas.ts'
import { sourceView } from './source-view.ts'

const path = '/tercet/webhooks/listeners'

/** What `tercet listen` talks to: an endpoint without a URL, read from a cursor. */
export function registerListenerRoutes(scope: FastifyInstance, listeners: WebhookListeners): void {
  scope.post(path, schemas.addListener, async (request, reply) => {
    readFields(request, [])
    const added = await listeners.add(request.tercetMerchantId)
    if (!added) throw new Refused(409, 'too_many_listeners', 'A merchant may have 16 listeners. Stop one first.')
    return reply.code(201).send(added)
  })
  scope.get(`${path}/:id/events`, schemas.readEvents, async (request) => {
    const position = { after: queryText(request, 'after') ?? '0-0', limit: queryLimit(request) }
    const id = pathId(request, 'listener')
    const heard = await listeners.read(request.tercetMerchantId, id, position).catch(refuseWithoutKey)
    if (!heard) throw notFound('listener, or cursor')
    return { events: heard.events.map(eventView), cursor: heard.cursor }
  })
  scope.delete(`${path}/:id`, schemas.deleteListener, async (request, reply) => {
    const isDeleted = await listeners.remove(request.tercetMerchantId, pathId(request, 'listener'))
    if (!isDeleted) throw notFound('listener')
    return reply.code(204).send()
  })
}

function eventView({ sourceKind, sourceId, at, ...rest }: HeardEvent): object {
  return { ...rest, ...sourceView({ sourceKind, sourceId }), at: isoOf(at) }
}

function refuseWithoutKey(error: unknown): never {
  if (!(error instanceof MissingSigningKey)) throw error
  throw new Refused(409, 'no_signing_key', 'There is no live API key to sign the events with. Make a new one first.')
}
