import type { FastifyInstance } from 'fastify'
import type { DeliveryRow, MessageState, WebhookLog } from '../../app/webhook/webhook-log.ts'
import { isoOf } from '../../kernel/instant.ts'
import { invalid, notFound } from './errors.ts'
import { isId, pathId, queryId, queryLimit, queryText, readFields, readTime } from './input.ts'
import * as schemas from './schemas.ts'
import { sourceView } from './source-view.ts'

/** The delivery log and replays. */
export function registerDeliveryRoutes(scope: FastifyInstance, log: WebhookLog): void {
  scope.get('/tercet/webhooks/deliveries', schemas.listDeliveries, async (request) => {
    const limit = queryLimit(request)
    const rows = await log.list({
      merchantId: request.tercetMerchantId,
      state: readState(queryText(request, 'state')),
      endpointId: queryId(request, 'endpoint'),
      paymentId: queryText(request, 'order'),
      before: queryId(request, 'before'),
      limit,
    })
    return { deliveries: rows.map(deliveryView), next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null }
  })
  scope.post('/tercet/webhooks/deliveries/:id/replay', schemas.replayDelivery, async (request, reply) => {
    readFields(request, [])
    const isReplayed = await log.replay(request.tercetMerchantId, pathId(request, 'delivery'))
    if (!isReplayed) throw notFound('delivery')
    return reply.code(202).send({ replayed: 1 })
  })
  scope.post('/tercet/webhooks/replay', schemas.replayRange, async (request, reply) => {
    const fields = readFields(request, ['from', 'to', 'endpoint'])
    const [from, to] = [readTime(fields, 'from'), readTime(fields, 'to')]
    if (to <= from) throw invalid('The field to must be later than from.')
    const endpointId = readEndpoint(fields.endpoint)
    const replayed = await log.replayRange(request.tercetMerchantId, { from, to, endpointId })
    return reply.code(202).send({ replayed })
  })
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

function readState(text: string | null): MessageState | null {
  const state = text === null ? null : states.find((each) => each === text)
  if (state === undefined) throw invalid(`The parameter state must be one of: ${states.join(', ')}.`)
  return state
}

function readEndpoint(value: unknown): string | null {
  if (value === undefined || value === null) return null
  if (isId(value)) return value
  throw invalid('The field endpoint must be the id of a webhook endpoint.')
}
