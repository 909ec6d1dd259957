import type pg from 'pg'
import { replayFeed } from '../../db/webhook/webhook-feed.ts'
import {
  type DeliveryQuery,
  type DeliveryRow,
  listDeliveries,
  replayMessage,
  replayRange,
} from '../../db/webhook/webhook-log.ts'
import { sentBy, type WebhookRenderers } from '../../domain/webhook/renderer.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { outageAsUnavailable } from '../shared/outage.ts'

export type { DeliveryQuery, DeliveryRow, MessageState } from '../../db/webhook/webhook-log.ts'

export type WebhookReplayRange = {
  readonly from: Instant
  /** exclusive */
  readonly to: Instant
  readonly endpointId: string | null
}

/** The delivery log, and sending again. A replay is a further attempt of the same message, under the same `webhook-id`. */
export type WebhookLog = {
  readonly list: (query: DeliveryQuery) => Promise<readonly DeliveryRow[]>
  /** False when the merchant has no such delivery, or its endpoint was deleted. */
  readonly replay: (merchantId: MerchantId, id: string, client?: pg.PoolClient) => Promise<boolean>
  /** How many messages will be sent again; for a merchant without an endpoint, how many its listeners see again. */
  readonly replayRange: (merchantId: MerchantId, range: WebhookReplayRange, client?: pg.PoolClient) => Promise<number>
}

export function createWebhookLog(options: {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly renderers: WebhookRenderers
  readonly nudge: (merchantId: MerchantId) => void
}): WebhookLog {
  const { pool, clock, nudge } = options
  const sent = sentBy(options.renderers)
  return {
    list: (query) => outageAsUnavailable(listDeliveries(pool, query)),
    replay: async (merchantId, id, client) => {
      const isReplayed = await outageAsUnavailable(replayMessage(client ?? pool, merchantId, id, clock.now()))
      nudge(merchantId)
      return isReplayed
    },
    replayRange: async (merchantId, range, client) => {
      const count = await outageAsUnavailable(replayRange(client ?? pool, { ...range, merchantId }, clock.now()))
      nudge(merchantId)
      if (count > 0 || range.endpointId !== null) return count
      return await outageAsUnavailable(replayFeed(client ?? pool, merchantId, { ...range, sent }))
    },
  }
}
