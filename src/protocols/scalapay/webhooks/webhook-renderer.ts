import { webhookEvents } from '../../../domain/webhook/event-name.ts'
import { isStatus200, jsonContent, type WebhookRenderer } from '../../../domain/webhook/renderer.ts'
import { signScalapay } from './webhook-signature.ts'
import { isSent, renderWebhook } from './webhooks.ts'

/** How Scalapay tells a merchant (scalapay.md 13): only `created` carries the order itself. */
export const scalapayWebhooks: WebhookRenderer = {
  sends: webhookEvents.filter(isSent),
  wantsDetails: ['created'],
  render: (payment, event, details) => {
    const body = renderWebhook(payment, event, details ?? '{}')
    return body === null ? null : jsonContent(body)
  },
  sign: (apiKey, timestampMs, { body }) => ({ headers: signScalapay(apiKey, timestampMs, body), query: {} }),
  // scalapay.md 13: a redirect or another success is tried again.
  isReceived: isStatus200,
}
