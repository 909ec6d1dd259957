import type { PaymentEvent } from '../payment/event.ts'
import type { Payment } from '../payment/payment.ts'
import { type WebhookEvent, webhookEvents } from './event-name.ts'
import type { PaymentFacts } from './subject.ts'

/** How the protocol that made a payment tells its merchant of an event. The delivery machinery knows nothing else of it. */
export type WebhookRenderer = {
  /** every event that `render` has a body for in some state of a payment: what else an endpoint asks for is refused */
  readonly sends: readonly WebhookEvent[]
  /** `render` is given the merchant's request for these events only: it is the widest thing a payment has */
  readonly wantsDetails: readonly WebhookEvent[]
  /** The body, compact JSON; null when the protocol has no word for the event, which is then not sent. */
  readonly render: (payment: PaymentFacts, event: PaymentEvent, details: string | null) => string | null
  /** Headers that sign the body with the merchant's API key, where the protocol has such. `timestampMs` is real time. */
  readonly sign?: (apiKey: string, timestampMs: number, body: string) => Readonly<Record<string, string>>
}

/** A protocol that is missing sends no webhooks. */
export type WebhookRenderers = { readonly [protocol: Payment['protocol']]: WebhookRenderer | undefined }

/** Every event that some protocol sends. */
export function sentBy(renderers: WebhookRenderers): readonly WebhookEvent[] {
  return webhookEvents.filter((name) => Object.values(renderers).some((renderer) => renderer?.sends.includes(name)))
}
