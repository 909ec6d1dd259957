import type { FastifyBaseLogger } from 'fastify'
import type pg from 'pg'
import { levelOf } from '../../app/shared/outage.ts'
import type { Sealer } from '../../app/shared/seal.ts'
import type { WriteOnce } from '../../app/shared/write-once.ts'
import { createPaymentCallbacks, type PaymentCallbacks } from '../../app/webhook/payment-callbacks.ts'
import { createWebhookPrinter } from '../../app/webhook/print-webhook.ts'
import { createStaffWebhooks, type StaffWebhooks } from '../../app/webhook/staff-webhooks.ts'
import { createWebhookEndpoints } from '../../app/webhook/webhook-endpoints.ts'
import { createWebhookListeners } from '../../app/webhook/webhook-listeners.ts'
import { createWebhookLog } from '../../app/webhook/webhook-log.ts'
import { connectPool } from '../../db/wire/connection.ts'
import { checkUrlInWords, type UrlPolicy } from '../../http/outgoing/guard.ts'
import { createGuardedClient } from '../../http/outgoing/guarded-request.ts'
import { newSecret, signStandard } from '../../http/outgoing/standard-webhooks.ts'
import { createWebhookDelivery, type WebhookDelivery } from '../../jobs/webhooks/deliver-webhooks.ts'
import { type Clock, systemClock } from '../../kernel/clock.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { callbackEvents } from '../../protocols/kupay/callbacks.ts'
import type { WebhookManagement } from '../../protocols/tercet/webhook-management.ts'
import { version } from '../version.ts'
import { webhookRenderers as renderers } from '../webhook-renderers.ts'

export type WiredWebhooks = {
  readonly delivery: WebhookDelivery
  readonly management: WebhookManagement
  /** the same for staff in the portal */
  readonly staff: StaffWebhooks
  /** what stands behind the addresses that payments bring along */
  readonly callbacks: PaymentCallbacks
  readonly close: () => Promise<void>
}

export function wireWebhooks(parts: {
  readonly mode: 'sandbox' | 'live'
  readonly pool: pg.Pool
  readonly databaseUrl: string
  readonly clock: Clock
  readonly sealer: Sealer
  readonly logger: FastifyBaseLogger
  readonly once: WriteOnce
  /** while it is not, another server delivers; default always */
  readonly isOnDuty?: () => boolean
  /** told of each attempt that was recorded */
  readonly onRecorded?: (merchantId: MerchantId) => void
  readonly onTried?: ((state: string) => void) | undefined
}): WiredWebhooks {
  const { pool, clock, sealer, logger } = parts
  const policy: UrlPolicy = { allowLoopback: parts.mode === 'sandbox' }
  const client = createGuardedClient(policy)
  const print = createWebhookPrinter({ pool, sealer, renderers, signStandard, version })
  // Connections of its own: however much there is to deliver, reads of the API never wait behind it.
  const deliveryPool = connectPool(parts.databaseUrl, { max: 2, applicationName: 'tercet-webhooks' })
  const delivery = createWebhookDelivery({
    pool: deliveryPool,
    client,
    clock,
    renderers,
    print,
    ...(parts.onRecorded && { onRecorded: parts.onRecorded }),
    ...(parts.onTried && { onTried: parts.onTried }),
    ...(parts.isOnDuty && { isOnDuty: parts.isOnDuty }),
    onError: (error) => logger[levelOf(error)]({ err: error }, 'webhooks could not be delivered and are tried again'),
  })
  const nudge = delivery.nudge.bind(delivery)
  const management: WebhookManagement = {
    endpoints: createWebhookEndpoints({
      pool,
      clock,
      sealer,
      renderers,
      newSecret,
      nudge,
      checkUrl: (text) => checkUrlInWords(text, policy),
    }),
    once: parts.once,
    log: createWebhookLog({ pool, clock, renderers, nudge }),
    listeners: createWebhookListeners({ pool, clock, sealer, renderers, print, newSecret }),
  }
  return {
    delivery,
    callbacks: createPaymentCallbacks({ pool, clock, sealer, newSecret, events: callbackEvents }),
    management,
    staff: createStaffWebhooks({ ...management, pool, clock, realClock: systemClock, renderers, nudge }),
    close: async () => {
      await delivery.stop()
      await client.close()
      await deliveryPool.end()
    },
  }
}
