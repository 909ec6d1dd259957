import type { FastifyInstance, FastifyRequest } from 'fastify'
import type {
  EndpointRefusal,
  EndpointUpdate,
  WebhookEndpoint,
  WebhookEndpoints,
} from '../../app/webhook/webhook-endpoints.ts'
import { parseEventFilter, type WebhookEvent } from '../../domain/webhook/event-name.ts'
import { isoOf } from '../../kernel/instant.ts'
import type { Result } from '../../kernel/result.ts'
import { invalid, notFound, Refused } from './errors.ts'
import { type Fields, pathId, readFields } from './input.ts'
import * as schemas from './schemas.ts'

const path = '/tercet/webhooks/endpoints'

/** Endpoints: where a merchant's events are sent to. A secret is in an answer exactly once, when it was made. */
export function registerEndpointRoutes(scope: FastifyInstance, endpoints: WebhookEndpoints): void {
  scope.get(path, schemas.listEndpoints, async (request) => {
    const list = await endpoints.list(request.tercetMerchantId)
    return { endpoints: list.map((each) => endpointView(each, endpoints)) }
  })
  scope.post(path, schemas.addEndpoint, async (request, reply) => {
    const fields = readFields(request, ['url', 'description', 'events'])
    const { url } = fields
    if (typeof url !== 'string') throw invalid('The field url must be a text.')
    const description = readDescription(fields) ?? ''
    const added = granted(
      await endpoints.add(request.tercetMerchantId, { url, description, events: readFilter(fields, endpoints) }),
    )
    return reply.code(201).send({ ...endpointView(added.endpoint, endpoints), secret: added.secret })
  })
  scope.patch(`${path}/:id`, schemas.changeEndpoint, async (request) => {
    const id = pathId(request, endpoint)
    return endpointView(
      granted(await endpoints.change(request.tercetMerchantId, id, readChange(request, endpoints))),
      endpoints,
    )
  })
  scope.delete(`${path}/:id`, schemas.deleteEndpoint, async (request, reply) => {
    const isDeleted = await endpoints.remove(request.tercetMerchantId, pathId(request, endpoint))
    if (!isDeleted) throw notFound(endpoint)
    return reply.code(204).send()
  })
  scope.post(`${path}/:id/rotate`, schemas.rotateSecret, async (request) => {
    readFields(request, [])
    const rotated = granted(await endpoints.rotate(request.tercetMerchantId, pathId(request, endpoint)))
    return { ...endpointView(rotated.endpoint, endpoints), secret: rotated.secret }
  })
}

const endpoint = 'webhook endpoint'

/** An endpoint without a filter is shown with all that it hears. */
export function endpointView(row: WebhookEndpoint, { events: { usual } }: Pick<WebhookEndpoints, 'events'>): object {
  const { id, url, description, events, enabled, createdAt, previousSecretUntil } = row
  return {
    ...{ id, url, description, events: events ?? usual, enabled },
    createdAt: isoOf(createdAt),
    previousSecretUntil: previousSecretUntil && isoOf(previousSecretUntil),
  }
}

export function granted<T>(result: Result<T, EndpointRefusal>): T {
  if (result.ok) return result.value
  const { reason } = result
  if (reason.kind === 'url') throw new Refused(400, 'invalid_url', reason.sentence)
  if (reason.kind === 'unknown') throw notFound(endpoint)
  throw new Refused(409, 'too_many_endpoints', 'A merchant may have 16 webhook endpoints. Delete one first.')
}

function readChange(request: FastifyRequest, endpoints: WebhookEndpoints): EndpointUpdate {
  const fields = readFields(request, ['url', 'description', 'events', 'enabled'])
  const { enabled } = fields
  if (enabled !== undefined && typeof enabled !== 'boolean') throw invalid('The field enabled must be true or false.')
  const description = readDescription(fields)
  return {
    ...('url' in fields && { url: fields.url }),
    ...(description !== undefined && { description }),
    ...('events' in fields && { events: { list: readFilter(fields, endpoints) } }),
    ...(enabled !== undefined && { enabled }),
  }
}

function readDescription({ description }: Fields): string | undefined {
  if (description === undefined) return undefined
  const isText = typeof description === 'string' && description.length <= 200
  if (isText && description.isWellFormed() && !description.includes('\0')) return description
  throw invalid('The field description must be a text of at most 200 characters.')
}

function readFilter({ events }: Fields, { events: { all } }: WebhookEndpoints): readonly WebhookEvent[] | null {
  const filter = parseEventFilter(events, all)
  if (filter !== undefined) return filter
  throw invalid(
    `The field events must be a list of some of: ${all.join(', ')}. Leave it out for all but expiring_soon, which is sent only when it is named.`,
  )
}
