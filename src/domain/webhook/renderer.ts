import type { SourceEvent, SourceKind } from '../ledger/source.ts'
import type { PaymentEvent } from '../payment/event.ts'
import type { Payment } from '../payment/payment.ts'
import { type WebhookEvent, webhookEvents } from './event-name.ts'
import type { PaymentFacts } from './subject.ts'

/** What one request says, before anybody has signed it. */
export type WebhookContent = {
  readonly method: 'POST' | 'GET'
  /** parameters behind those that the endpoint's address has already */
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  /** empty without one */
  readonly body: string
}

/** The usual form: compact JSON, posted. */
export function jsonContent(body: string): WebhookContent {
  return { method: 'POST', query: {}, headers: { 'content-type': 'application/json' }, body }
}

/** Only this status is success by the usual rule: not 201, not a redirect. */
export function isStatus200(status: number): boolean {
  return status === 200
}

/** How the protocol that made a payment tells its merchant of an event. The delivery machinery knows nothing else of it. */
export type WebhookRenderer = {
  /** every event that `render` has words for in some state of a payment: what else an endpoint asks for is refused */
  readonly sends: readonly WebhookEvent[]
  /** `render` is given the merchant's request for these events only: it is the widest thing a payment has */
  readonly wantsDetails: readonly WebhookEvent[]
  /** Null when the protocol has no word for the event, which is then not sent. */
  readonly render: (payment: PaymentFacts, event: PaymentEvent, details: string | null) => WebhookContent | null
  /** Whether `sign` has something to add to this request; absent: to every one. Without it no key is needed. */
  readonly needsKey?: (content: WebhookContent) => boolean
  /**
   * What can only be said with the merchant's API key, where the protocol has such: headers that sign, or parameters. `timestampMs` is
   * real time. The key itself is struck out of what is kept of the answer.
   */
  readonly sign?: (
    apiKey: string,
    timestampMs: number,
    content: WebhookContent,
  ) => Pick<WebhookContent, 'headers' | 'query'>
  /** Whether an answer of that status means that the merchant has it. */
  readonly isReceived: (status: number) => boolean
}

/** A protocol that is missing sends no webhooks. */
export type WebhookRenderers = { readonly [protocol: Payment['protocol']]: WebhookRenderer | undefined }

/** How merchants are told of what belongs to no payment, whatever protocol they use. JSON, and 200 is success. */
export type SourceRenderer = (
  source: { readonly id: string; readonly event: SourceEvent },
  details: string | null,
) => string | null

export type SourceRenderers = { readonly [Kind in Exclude<SourceKind, 'payment' | 'test'>]?: SourceRenderer }

/** Every event that some protocol sends. */
export function sentBy(renderers: WebhookRenderers): readonly WebhookEvent[] {
  return webhookEvents.filter((name) => Object.values(renderers).some((renderer) => renderer?.sends.includes(name)))
}
