import type { WebhookRenderers } from '../domain/webhook/renderer.ts'
import { profiles } from '../protocols/profiles.ts'

/** Which protocol tells its merchants how. */
export const webhookRenderers: WebhookRenderers = Object.fromEntries(
  [...profiles.values()].flatMap(({ name, webhooks }) => (webhooks ? [[name, webhooks] as const] : [])),
)
