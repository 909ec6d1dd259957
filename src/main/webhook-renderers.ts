import type { WebhookRenderers } from '../domain/webhook/renderer.ts'
import { scalapayWebhooks } from '../protocols/scalapay/webhooks/webhook-renderer.ts'

/** Which protocol tells its merchants how. SalesCloud answers in the request itself and sends none. */
export const webhookRenderers: WebhookRenderers = { scalapay: scalapayWebhooks }
