import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { WriteOnce } from '../../app/shared/write-once.ts'
import type {
  EndpointRefusal,
  EndpointUpdate,
  EndpointWithSecret,
  WebhookEndpoint,
  WebhookEndpoints,
} from '../../app/webhook/webhook-endpoints.ts'
import { parseEventFilter, type WebhookEvent } from '../../domain/webhook/event-name.ts'
import { unreachable } from '../../kernel/assert.ts'
import { isoOf } from '../../kernel/instant.ts'
import type { Result } from '../../kernel/result.ts'
import { invalid, notFound, Refused } from './errors.ts'
import { type Fields, pathId, readFields } from './input.ts'
import { type Answer, registerWrite, type Write } from './register-write.ts'
import * as schemas from './schemas.ts'

const path = '/tercet/webhooks/endpoints'

/** Endpoints: where a merchant's events are sent to. A secret is in an answer exactly once, when it was made. */
export function registerEndpointRoutes(scope: FastifyInstance, endpoints: WebhookEndpoints, once: WriteOnce): void {
  const one = `${path}/:id`
  scope.get(path, schemas.listEndpoints, async (request) => {
    const list = await endpoints.list(request.tercetMerchantId)
    return { endpoints: list.map((each) => endpointView(each, endpoints)) }
  })
  registerWrite(scope, { method: 'POST', url: path, ...schemas.addEndpoint }, once, addEndpoint(endpoints))
  registerWrite(scope, { method: 'PATCH', url: one, ...schemas.changeEndpoint }, once, (request) => {
    const [id, change] = [pathId(request, endpoint), readChange(request, endpoints)]
    return async (client) =>
      answerOf(await endpoints.change(request.tercetMerchantId, id, change, client), 200, (each) =>
        endpointView(each, endpoints),
      )
  })
  registerWrite(scope, { method: 'DELETE', url: one, ...schemas.deleteEndpoint }, once, (request) => {
    const id = pathId(request, endpoint)
    return async (client) =>
      (await endpoints.remove(request.tercetMerchantId, id, client)) ? { status: 204 } : notFound(endpoint)
  })
  registerWrite(scope, { method: 'POST', url: `${one}/rotate`, ...schemas.rotateSecret }, once, (request) => {
    readFields(request, [])
    const id = pathId(request, endpoint)
    return async (client) =>
      answerOf(await endpoints.rotate(request.tercetMerchantId, id, client), 200, (each) => shown(each, endpoints))
  })
}

function addEndpoint(endpoints: WebhookEndpoints) {
  return (request: FastifyRequest): Write => {
    const fields = readFields(request, ['url', 'description', 'events'])
    const { url } = fields
    if (typeof url !== 'string') throw invalid('The field url must be a text.')
    const row = { url, description: readDescription(fields) ?? '', events: readFilter(fields, endpoints) }
    return async (client) =>
      answerOf(await endpoints.add(request.tercetMerchantId, row, client), 201, (each) => shown(each, endpoints))
  }
}

function shown({ endpoint: row, secret }: EndpointWithSecret, endpoints: WebhookEndpoints): object {
  return { ...endpointView(row, endpoints), secret }
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

/** What a change of endpoints came to, as it is answered. */
export function answerOf<T>(
  result: Result<T, EndpointRefusal>,
  status: 200 | 201,
  view: (value: T) => object,
): Answer | Refused {
  return result.ok ? { status, body: view(result.value) } : refusedAs(result.reason)
}

function refusedAs(reason: EndpointRefusal): Refused {
  switch (reason.kind) {
    case 'url':
      return new Refused(400, 'invalid_url', reason.sentence)
    case 'events':
      return invalid(reason.sentence)
    case 'unknown':
      return notFound(endpoint)
    case 'too_many':
      return new Refused(409, 'too_many_endpoints', 'A merchant may have 16 webhook endpoints. Delete one first.')
    case 'too_many_secrets':
      return new Refused(
        409,
        'too_many_secrets',
        'This endpoint has 8 earlier secrets that are still valid. Wait until one has ended.',
      )
    default:
      return unreachable(reason)
  }
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
