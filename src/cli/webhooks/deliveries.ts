import type { DeliveryRow, MessageState } from '../../app/webhook/webhook-log.ts'
import { isoOf } from '../../kernel/instant.ts'
import { withDatabase } from '../database/database.ts'
import type { Io } from '../io.ts'
import { chooseMerchant, type MerchantOption } from '../merchant.ts'
import { timeText } from '../print/format.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { table } from '../print/table.ts'
import { webhookLog } from './parts.ts'

export type DeliveriesOptions = OutputOptions &
  MerchantOption & {
    readonly state?: MessageState
    readonly endpoint?: string
    readonly order?: string
    readonly limit: number
    readonly before?: string
  }

export async function showDeliveries(io: Io, options: DeliveriesOptions): Promise<void> {
  const rows = await withDatabase(io, async (database) => {
    const merchant = await chooseMerchant(database, options)
    return await webhookLog(database).list({
      merchantId: merchant.id,
      state: options.state ?? null,
      endpointId: options.endpoint ?? null,
      paymentId: options.order ?? null,
      before: options.before ?? null,
      limit: options.limit,
    })
  })
  const next = rows.length === options.limit ? (rows.at(-1)?.id ?? null) : null
  answer(io, options, { deliveries: rows.map(viewOf), next }, () => [
    ...(rows.length === 0 ? [emptyText(options)] : deliveryTable(rows)),
    ...(next === null ? [] : ['', `There may be more: --before ${next}`]),
  ])
}

function emptyText({ state, endpoint, order, before }: DeliveriesOptions): string {
  const isFiltered = [state, endpoint, order, before].some((each) => each !== undefined)
  return isFiltered ? 'There is no such delivery.' : 'Nothing was sent to this merchant yet, and nothing waits.'
}

function deliveryTable(rows: readonly DeliveryRow[]): string[] {
  const head = ['delivery', 'event at', 'of', '#', 'event', 'state', 'tries', 'last answer', 'next try', 'url']
  return table(head, rows.map(rowOf), ['#', 'tries'])
}

function rowOf({
  id,
  createdAt,
  sourceKind,
  sourceId,
  sequence,
  event,
  state,
  attempts,
  nextAttemptAt,
  url,
}: DeliveryRow): string[] {
  const last = attempts.at(-1)
  const outcome = last === undefined ? '' : last.status === null ? (last.error ?? '') : String(last.status)
  const next = nextAttemptAt === null ? '' : timeText(nextAttemptAt)
  return [
    id,
    timeText(createdAt),
    sourceKind === 'payment' ? sourceId : `${sourceKind} ${sourceId}`,
    String(sequence),
    event,
    state,
    String(attempts.length),
    outcome,
    next,
    url,
  ]
}

function viewOf({
  id,
  endpointId,
  sourceKind,
  sourceId,
  nextAttemptAt,
  createdAt,
  attempts,
  ...rest
}: DeliveryRow): object {
  return {
    ...{
      id,
      endpoint: endpointId,
      ...(sourceKind === 'payment' ? { orderToken: sourceId } : { source: sourceKind, sourceId }),
      ...rest,
    },
    createdAt: isoOf(createdAt),
    nextAttemptAt: nextAttemptAt && isoOf(nextAttemptAt),
    attempts: attempts.map(({ at, status, error, latencyMs, answer: body }) => ({
      ...{ at: isoOf(at), status, error, latencyMilliseconds: latencyMs, answer: body },
    })),
  }
}
