import type { FastifyInstance } from 'fastify'
import type { WriteOnce } from '../../app/shared/write-once.ts'
import { MissingSigningKey } from '../../app/webhook/print-webhook.ts'
import type { HeardEvent, WebhookListeners } from '../../app/webhook/webhook-listeners.ts'
import { isoOf } from '../../kernel/instant.ts'
import { notFound, Refused } from './errors.ts'
import { pathId, queryLimit, queryText, readFields } from './input.ts'
import { registerWrite } from './register-write.ts'
import * as schemas from './schemas.ts'
import { sourceView } from './source-view.ts'

const path = '/tercet/webhooks/listeners'

/** What `tercet listen` talks to: an endpoint without a URL, read from a cursor. */
export function registerListenerRoutes(scope: FastifyInstance, listeners: WebhookListeners, once: WriteOnce): void {
  registerWrite(scope, { method: 'POST', url: path, ...schemas.addListener }, once, (request) => {
    readFields(request, [])
    return async (client) => {
      const added = await listeners.add(request.tercetMerchantId, client)
      return added ? { status: 201, body: added } : tooMany
    }
  })
  scope.get(`${path}/:id/events`, schemas.readEvents, async (request) => {
    const position = { after: queryText(request, 'after') ?? '0', limit: queryLimit(request) }
    const id = pathId(request, 'listener')
    const heard = await listeners.read(request.tercetMerchantId, id, position).catch(refuseWithoutKey)
    if (!heard) throw notFound('listener, or cursor')
    return { events: heard.events.map(eventView), cursor: heard.cursor }
  })
  registerWrite(scope, { method: 'DELETE', url: `${path}/:id`, ...schemas.deleteListener }, once, (request) => {
    const id = pathId(request, 'listener')
    return async (client) =>
      (await listeners.remove(request.tercetMerchantId, id, client)) ? { status: 204 } : notFound('listener')
  })
}

const tooMany = new Refused(409, 'too_many_listeners', 'A merchant may have 16 listeners. Stop one first.')

function eventView({ sourceKind, sourceId, at, ...rest }: HeardEvent): object {
  return { ...rest, ...sourceView({ sourceKind, sourceId }), at: isoOf(at) }
}

function refuseWithoutKey(error: unknown): never {
  if (!(error instanceof MissingSigningKey)) throw error
  throw new Refused(409, 'no_signing_key', 'There is no live API key to sign the events with. Make a new one first.')
}
