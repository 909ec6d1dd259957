import type { EventKind, PaymentEvent } from '../../../domain/payment/event.ts'
import type { Payment } from '../../../domain/payment/payment.ts'
import type { WebhookEvent } from '../../../domain/webhook/event-name.ts'
import { numberText } from '../orders/money-text.ts'
import { compactDetails } from '../orders/order-details.ts'
import type { OrderStatus } from '../orders/status.ts'
import { orderStatus } from '../orders/status.ts'

/**
 * Which events a shop hears of; false are those that change nothing it could see. What is sent is the order's status after
 * the event, so a closed or reduced order says `charged` or `refunded_not_charged` as the case may be.
 */
const announced = {
  created: true,
  attempt_started: false,
  attempt_waits: false,
  attempt_resumed: false,
  attempt_declined: false,
  attempt_abandoned: false,
  authorized: true,
  delayed: false,
  captured: true,
  part_captured: false,
  reduced: 'at_the_end',
  closed: true,
  voided: true,
  refunded: true,
  references_updated: false,
  suspicious: true,
  expiring_soon: true,
  expired: true,
  lapsed: true,
  failed: false,
  reversed: false,
  received: false,
  receipt_settled: false,
  receipt_undone: false,
} as const satisfies Record<EventKind, boolean | 'at_the_end'>

/** Whether an order of Scalapay's can ever be told of that. */
export function isSent(name: WebhookEvent): boolean {
  return name === 'partially_refunded' || announced[name] !== false
}

/**
 * The `status` of the event's webhook, or null when none is sent (scalapay.md 13.1). A warning and a suspicion have a status of their own: shops
 * capture whatever says `authorized`.
 */
export function webhookStatus(
  event: Pick<PaymentEvent, 'kind' | 'state'>,
): OrderStatus | 'expiring_soon' | 'suspicious' | null {
  if (event.kind === 'expiring_soon' || event.kind === 'suspicious') return event.kind
  const rule = announced[event.kind]
  if (rule === 'at_the_end') return event.state === 'delayed' ? null : orderStatus[event.state]
  return rule ? orderStatus[event.state] : null
}

/**
 * The body of one webhook, null when the event has none (scalapay.md 13.2). Compact JSON. `created` carries the whole order with
 * every digit as GET shows it, a refund its amount, a warning the instant at which the authorization ends.
 */
export function renderWebhook(
  payment: Pick<Payment, 'id' | 'currency'>,
  event: PaymentEvent,
  details: string,
): string | null {
  const status = webhookStatus(event)
  if (status === null) return null
  const { currency, id } = payment
  const total = numberText(event.total, currency)
  const reference = JSON.stringify(event.merchantReference)
  const body = `"merchantReference":${reference},"totalAmount":${total},"status":"${status}","orderToken":"${id}"`
  return `{${body}${extraOf(event, currency, details)}}`
}

function extraOf(event: PaymentEvent, currency: Payment['currency'], details: string): string {
  if (event.kind === 'created') {
    return `,"orderDetails":${compactDetails(details, event.merchantReference)}`
  }
  if (event.kind === 'suspicious') return `,"suspicion":${JSON.stringify(event.note)}`
  if (event.kind === 'expiring_soon') return `,"authorizationExpiryAt":${JSON.stringify(event.note)}`
  if (event.kind !== 'refunded' || event.amount === null) return ''
  return `,"refundAmount":${numberText(event.amount, currency)}`
}
