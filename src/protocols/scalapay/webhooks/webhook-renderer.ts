import { webhookEvents } from '../../../domain/webhook/event-name.ts'
import type { WebhookRenderer } from '../../../domain/webhook/renderer.ts'
import { signScalapay } from './webhook-signature.ts'
import { isSent, renderWebhook } from './webhooks.ts'

/** How Scalapay tells a merchant (scalapay.md 13): only `created` carries the order itself. */
export const scalapayWebhooks: WebhookRenderer = {
  sends: webhookEvents.filter(isSent),
  wantsDetails: ['created'],
  render: (payment, event, details) => renderWebhook(payment, event, details ?? '{}'),
  sign: signScalapay,
}
