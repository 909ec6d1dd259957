import type { WriteOnce } from '../../app/shared/write-once.ts'
import type { WebhookEndpoints } from '../../app/webhook/webhook-endpoints.ts'
import type { WebhookListeners } from '../../app/webhook/webhook-listeners.ts'
import type { WebhookLog } from '../../app/webhook/webhook-log.ts'

/** What this API manages for a merchant: endpoints, what was delivered to them, and listeners without an endpoint. */
export type WebhookManagement = {
  readonly endpoints: WebhookEndpoints
  readonly log: WebhookLog
  readonly listeners: WebhookListeners
  readonly once: WriteOnce
}
