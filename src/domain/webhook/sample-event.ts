import type { EventKind } from '../payment/event.ts'
import type { PaymentState } from '../payment/state.ts'
import type { WebhookEvent } from './event-name.ts'

/** What stands in an event that is announced under a name: what a test of an endpoint says. */
export type SampleEvent = { readonly kind: EventKind; readonly state: PaymentState }

export function sampleEvent(name: WebhookEvent): SampleEvent {
  return { kind: name === 'partially_refunded' ? 'refunded' : name, state: states[name] }
}

const states: Readonly<Record<WebhookEvent, PaymentState>> = {
  created: 'created',
  received: 'processing',
  authorized: 'authorized',
  delayed: 'delayed',
  captured: 'captured',
  part_captured: 'authorized',
  reduced: 'authorized',
  closed: 'captured',
  voided: 'voided',
  partially_refunded: 'partially_refunded',
  refunded: 'refunded',
  expiring_soon: 'authorized',
  expired: 'expired',
  lapsed: 'lapsed',
  failed: 'failed',
  suspicious: 'captured',
}
