import type { EventKind, PaymentEvent } from '../payment/event.ts'

/** What an endpoint may subscribe to, in this program's own words. What a protocol calls them on its wire is its own affair. */
export const webhookEvents = [
  'created',
  'authorized',
  'delayed',
  'captured',
  'part_captured',
  'reduced',
  'closed',
  'voided',
  'partially_refunded',
  'refunded',
  'expiring_soon',
  'expired',
  'lapsed',
  'failed',
] as const

export type WebhookEvent = (typeof webhookEvents)[number]

/** The name a payment event is announced under; null for what is nobody's business but the rail's or the caller's. */
export function webhookEventOf(event: Pick<PaymentEvent, 'kind' | 'state'>): WebhookEvent | null {
  if (event.kind === 'refunded' && event.state === 'partially_refunded') return 'partially_refunded'
  return announced[event.kind]
}

const announced: Record<EventKind, WebhookEvent | null> = {
  created: 'created',
  attempt_started: null,
  attempt_declined: null,
  attempt_abandoned: null,
  authorized: 'authorized',
  delayed: 'delayed',
  captured: 'captured',
  part_captured: 'part_captured',
  reduced: 'reduced',
  closed: 'closed',
  voided: 'voided',
  refunded: 'refunded',
  references_updated: null,
  expiring_soon: 'expiring_soon',
  expired: 'expired',
  lapsed: 'lapsed',
  failed: 'failed',
  reversed: null,
}

/**
 * A filter as an endpoint stores it: each name once, in the order of the list above; null when it lets everything
 * through. Undefined when it is no list of known names, or an empty one, which would make an endpoint that never hears anything.
 */
export function parseEventFilter(value: unknown): readonly WebhookEvent[] | null | undefined {
  if (value === undefined || value === null) return null
  if (!Array.isArray(value) || value.length === 0 || value.length > 4 * webhookEvents.length) return undefined
  const names: readonly unknown[] = webhookEvents
  if (!value.every((entry) => names.includes(entry))) return undefined
  const chosen = webhookEvents.filter((name) => value.includes(name))
  return chosen.length === webhookEvents.length ? null : chosen
}
