import type { EventKind, PaymentEvent } from '../payment/event.ts'

/** What an endpoint may subscribe to, in this program's own words. What a protocol calls them on its wire is its own affair. */
export const webhookEvents = [
  'created',
  'received',
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
  'suspicious',
] as const

export type WebhookEvent = (typeof webhookEvents)[number]

/** The name a payment event is announced under; null for events that only concern the rail or the caller. */
export function webhookEventOf(event: Pick<PaymentEvent, 'kind' | 'state'>): WebhookEvent | null {
  if (event.kind === 'refunded' && event.state === 'partially_refunded') return 'partially_refunded'
  return announced[event.kind]
}

const announced: Record<EventKind, WebhookEvent | null> = {
  created: 'created',
  attempt_started: null,
  attempt_waits: null,
  attempt_resumed: null,
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
  suspicious: 'suspicious',
  expiring_soon: 'expiring_soon',
  expired: 'expired',
  lapsed: 'lapsed',
  failed: 'failed',
  reversed: null,
  received: 'received',
  receipt_settled: null,
  receipt_undone: null,
}

/**
 * Sent to an endpoint that names it, and to no other: a receiver that acts on whatever it is told must not take a warning for the
 * event it warns of.
 */
export const onlyByName: readonly WebhookEvent[] = ['expiring_soon', 'suspicious']

/** What an endpoint without a filter hears, of the events that are sent at all. */
export function usualEvents(sent: readonly WebhookEvent[] = webhookEvents): readonly WebhookEvent[] {
  return sent.filter((name) => !onlyByName.includes(name))
}

/**
 * A filter as an endpoint stores it: each name once, in the order of `sent`, which is all that can be heard; null for what is usual.
 * Undefined when it is not a list of such names, or an empty one, which would make an endpoint that never hears anything.
 */
export function parseEventFilter(
  value: unknown,
  sent: readonly WebhookEvent[],
): readonly WebhookEvent[] | null | undefined {
  if (value === undefined || value === null) return null
  if (!Array.isArray(value) || value.length === 0 || value.length > 4 * webhookEvents.length) return undefined
  const names: readonly unknown[] = sent
  if (!value.every((entry) => names.includes(entry))) return undefined
  const chosen = sent.filter((name) => value.includes(name))
  return isSame(chosen, usualEvents(sent)) ? null : chosen
}

function isSame(left: readonly WebhookEvent[], right: readonly WebhookEvent[]): boolean {
  return left.length === right.length && left.every((name, at) => name === right[at])
}
