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
import { allOf, ok, type Result, refuse } from '../../kernel/result.ts'
import type { JsonObject } from '../shared/body.ts'
import { answer, answering, type Handled } from '../shared/handler.ts'
import { invalid, notFound, type Refusal, refusal } from '../shared/refusal.ts'
import { pathId, readFields } from './input.ts'
import { type ReadWrite, registerWrite } from './register-write.ts'
import * as schemas from './schemas.ts'

const path = '/tercet/webhooks/endpoints'

/** Endpoints: where a merchant's events are sent to. A secret is in an answer exactly once, when it was made. */
export function registerEndpointRoutes(scope: FastifyInstance, endpoints: WebhookEndpoints, once: WriteOnce): void {
  const one = `${path}/:id`
  scope.get(
    path,
    schemas.listEndpoints,
    answering(async (request) => {
      const list = await endpoints.list(request.tercetMerchantId)
      return answer({ endpoints: list.map((each) => endpointView(each, endpoints)) })
    }),
  )
  registerWrite(scope, { method: 'POST', url: path, ...schemas.addEndpoint }, once, addEndpoint(endpoints))
  registerWrite(scope, { method: 'PATCH', url: one, ...schemas.changeEndpoint }, once, (request) => {
    const asked = allOf({ id: pathId(request, endpoint), change: readChange(request, endpoints) })
    if (!asked.ok) return asked
    const { id, change } = asked.value
    return ok(async (client) =>
      answerOf(await endpoints.change(request.tercetMerchantId, id, change, client), 200, (each) =>
        endpointView(each, endpoints),
      ),
    )
  })
  registerWrite(scope, { method: 'DELETE', url: one, ...schemas.deleteEndpoint }, once, (request) => {
    const id = pathId(request, endpoint)
    if (!id.ok) return id
    return ok(async (client) => {
      const isRemoved = await endpoints.remove(request.tercetMerchantId, id.value, client)
      return isRemoved ? ok({ status: 204 }) : refuse(notFound(endpoint))
    })
  })
  registerWrite(scope, { method: 'POST', url: `${one}/rotate`, ...schemas.rotateSecret }, once, (request) => {
    const asked = allOf({ fields: readFields(request, []), id: pathId(request, endpoint) })
    if (!asked.ok) return asked
    const { id } = asked.value
    return ok(async (client) =>
      answerOf(await endpoints.rotate(request.tercetMerchantId, id, client), 200, (each) => shown(each, endpoints)),
    )
  })
}

function addEndpoint(endpoints: WebhookEndpoints): ReadWrite {
  return (request) => {
    const fields = readFields(request, ['url', 'description', 'events'])
    if (!fields.ok) return fields
    const { url } = fields.value
    if (typeof url !== 'string') return refuse(invalid('The field url must be a string.'))
    const read = allOf({ description: readDescription(fields.value), events: readFilter(fields.value, endpoints) })
    if (!read.ok) return read
    const row = { url, description: read.value.description ?? '', events: read.value.events }
    return ok(async (client) =>
      answerOf(await endpoints.add(request.tercetMerchantId, row, client), 201, (each) => shown(each, endpoints)),
    )
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
): Handled {
  return result.ok ? ok({ status, body: view(result.value) }) : refuse(refusedAs(result.reason))
}

function refusedAs(reason: EndpointRefusal): Refusal {
  switch (reason.kind) {
    case 'url':
      return refusal(400, 'invalid_url', reason.sentence)
    case 'events':
      return invalid(reason.sentence)
    case 'unknown':
      return notFound(endpoint)
    case 'too_many':
      return refusal(409, 'too_many_endpoints', 'A merchant may have 16 webhook endpoints. Delete one first.')
    case 'too_many_secrets':
      return refusal(
        409,
        'too_many_secrets',
        'This endpoint has 8 earlier secrets that are still valid. Wait until one has ended.',
      )
    default:
      return unreachable(reason)
  }
}

function readChange(request: FastifyRequest, endpoints: WebhookEndpoints): Result<EndpointUpdate, Refusal> {
  const fields = readFields(request, ['url', 'description', 'events', 'enabled'])
  if (!fields.ok) return fields
  const { enabled } = fields.value
  if (enabled !== undefined && typeof enabled !== 'boolean')
    return refuse(invalid('The field enabled must be true or false.'))
  const read = allOf({ description: readDescription(fields.value), events: readFilter(fields.value, endpoints) })
  if (!read.ok) return read
  const { description, events } = read.value
  return ok({
    ...('url' in fields.value && { url: fields.value.url }),
    ...(description !== undefined && { description }),
    ...('events' in fields.value && { events: { list: events } }),
    ...(enabled !== undefined && { enabled }),
  })
}

function readDescription({ description }: JsonObject): Result<string | undefined, Refusal> {
  if (description === undefined) return ok(undefined)
  const isText = typeof description === 'string' && description.length <= 200
  if (isText && description.isWellFormed() && !description.includes('\0')) return ok(description)
  return refuse(invalid('The field description must be a string of at most 200 characters.'))
}

function readFilter(
  { events }: JsonObject,
  { events: { all } }: WebhookEndpoints,
): Result<readonly WebhookEvent[] | null, Refusal> {
  const filter = parseEventFilter(events, all)
  if (filter !== undefined) return ok(filter)
  const message = `The field events must be a list of some of: ${all.join(', ')}. Leave it out for all but expiring_soon, which is sent only when it is named.`
  return refuse(invalid(message))
}
