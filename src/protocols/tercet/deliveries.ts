import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { WriteOnce } from '../../app/shared/write-once.ts'
import type { DeliveryRow, MessageState, WebhookLog, WebhookReplayRange } from '../../app/webhook/webhook-log.ts'
import { isoOf } from '../../kernel/instant.ts'
import { invalid, notFound } from './errors.ts'
import { isId, pathId, queryId, queryLimit, queryText, readFields, readTime } from './input.ts'
import { type Answer, registerWrite } from './register-write.ts'
import * as schemas from './schemas.ts'
import { sourceView } from './source-view.ts'

/** The delivery log and replays. */
export function registerDeliveryRoutes(scope: FastifyInstance, log: WebhookLog, once: WriteOnce): void {
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
  const one = { method: 'POST', url: '/tercet/webhooks/deliveries/:id/replay', ...schemas.replayDelivery } as const
  registerWrite(scope, one, once, (request) => {
    readFields(request, [])
    const id = pathId(request, 'delivery')
    return async (client) =>
      (await log.replay(request.tercetMerchantId, id, client)) ? answer(1) : notFound('delivery')
  })
  const range = { method: 'POST', url: '/tercet/webhooks/replay', ...schemas.replayRange } as const
  registerWrite(scope, range, once, (request) => {
    const asked = readRange(request)
    return async (client) => answer(await log.replayRange(request.tercetMerchantId, asked, client))
  })
}

function answer(replayed: number): Answer {
  return { status: 202, body: { replayed } }
}

function readRange(request: FastifyRequest): WebhookReplayRange {
  const fields = readFields(request, ['from', 'to', 'endpoint'])
  const [from, to] = [readTime(fields, 'from'), readTime(fields, 'to')]
  if (to <= from) throw invalid('The field to must be later than from.')
  return { from, to, endpointId: readEndpoint(fields.endpoint) }
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
