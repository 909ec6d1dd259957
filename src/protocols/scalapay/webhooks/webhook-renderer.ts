import type { WebhookRenderer } from '../../../domain/webhook/renderer.ts'
import { signScalapay } from './webhook-signature.ts'
import { renderWebhook } from './webhooks.ts'

/** How Scalapay tells a merchant (scalapay.md 13): only `created` carries the order itself. */
export const scalapayWebhooks: WebhookRenderer = {
  wantsDetails: ['created'],
  render: (payment, event, details) => renderWebhook(payment, event, details ?? '{}'),
  sign: signScalapay,
}
