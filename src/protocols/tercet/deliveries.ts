import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { WriteOnce } from '../../app/shared/write-once.ts'
import type { DeliveryRow, MessageState, WebhookLog, WebhookReplayRange } from '../../app/webhook/webhook-log.ts'
import { isoOf } from '../../kernel/instant.ts'
import { allOf, ok, type Result, refuse } from '../../kernel/result.ts'
import { answer, answering, type Handled } from '../shared/handler.ts'
import { invalid, notFound, type Refusal } from '../shared/refusal.ts'
import { isId, pathId, queryId, queryLimit, queryText, readFields, readTime } from './input.ts'
import { registerWrite } from './register-write.ts'
import * as schemas from './schemas.ts'
import { sourceView } from './source-view.ts'

/** The delivery log and replays. */
export function registerDeliveryRoutes(scope: FastifyInstance, log: WebhookLog, once: WriteOnce): void {
  scope.get(
    '/tercet/webhooks/deliveries',
    schemas.listDeliveries,
    answering(async (request) => {
      const asked = allOf({
        limit: queryLimit(request),
        state: queryState(request),
        endpointId: queryId(request, 'endpoint'),
        paymentId: queryText(request, 'order'),
        before: queryId(request, 'before'),
      })
      if (!asked.ok) return asked
      const rows = await log.list({ merchantId: request.tercetMerchantId, ...asked.value })
      const next = rows.length === asked.value.limit ? (rows.at(-1)?.id ?? null) : null
      return answer({ deliveries: rows.map(deliveryView), next })
    }),
  )
  const one = { method: 'POST', url: '/tercet/webhooks/deliveries/:id/replay', ...schemas.replayDelivery } as const
  registerWrite(scope, one, once, (request) => {
    const asked = allOf({ fields: readFields(request, []), id: pathId(request, 'delivery') })
    if (!asked.ok) return asked
    const { id } = asked.value
    return ok(async (client) =>
      (await log.replay(request.tercetMerchantId, id, client)) ? accepted(1) : refuse(notFound('delivery')),
    )
  })
  const range = { method: 'POST', url: '/tercet/webhooks/replay', ...schemas.replayRange } as const
  registerWrite(scope, range, once, (request) => {
    const asked = readRange(request)
    if (!asked.ok) return asked
    return ok(async (client) => accepted(await log.replayRange(request.tercetMerchantId, asked.value, client)))
  })
}

function accepted(replayed: number): Handled {
  return ok({ status: 202, body: { replayed } })
}

function readRange(request: FastifyRequest): Result<WebhookReplayRange, Refusal> {
  const fields = readFields(request, ['from', 'to', 'endpoint'])
  if (!fields.ok) return fields
  const range = allOf({ from: readTime(fields.value, 'from'), to: readTime(fields.value, 'to') })
  if (!range.ok) return range
  if (range.value.to <= range.value.from) return refuse(invalid('The field to must be later than from.'))
  const endpointId = readEndpoint(fields.value.endpoint)
  return endpointId.ok ? ok({ ...range.value, endpointId: endpointId.value }) : endpointId
}

export function deliveryView(row: DeliveryRow): object {
  const { id, endpointId, url, sequence, event, state, nextAttemptAt, createdAt, attempts } = row
  return {
    ...{ id, endpoint: endpointId, url, ...sourceView(row), sequence, event, state },
    createdAt: isoOf(createdAt),
    nextAttemptAt: nextAttemptAt && isoOf(nextAttemptAt),
    attempts: attempts.map(({ at, status, error, latencyMs, answer }) => ({
      ...{ at: isoOf(at), status, error, latencyMilliseconds: latencyMs, answer },
    })),
  }
}

const states = ['pending', 'delivered', 'dead', 'skipped'] as const satisfies readonly MessageState[]

function queryState(request: FastifyRequest): Result<MessageState | null, Refusal> {
  const text = queryText(request, 'state')
  if (!text.ok) return text
  const state = text.value === null ? null : states.find((each) => each === text.value)
  return state === undefined ? refuse(invalid(`The parameter state must be one of: ${states.join(', ')}.`)) : ok(state)
}

function readEndpoint(value: unknown): Result<string | null, Refusal> {
  if (value === undefined || value === null) return ok(null)
  return isId(value) ? ok(value) : refuse(invalid('The field endpoint must be the id of a webhook endpoint.'))
}
