import type { EventKind, PaymentEvent } from '../../../domain/payment/event.ts'
import type { Payment } from '../../../domain/payment/payment.ts'
import { numberText } from '../orders/money-text.ts'
import { orderDetailsValue } from '../orders/order-details.ts'
import type { OrderStatus } from '../orders/status.ts'
import { orderStatus } from '../orders/status.ts'

/**
 * Which events a shop hears of; null are those that change nothing it could see. What is sent is the order's status after
 * the event, so a closed or reduced order says `charged` or `refunded_not_charged` as the case may be.
 */
const announced = {
  created: true,
  attempt_started: false,
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
  expiring_soon: true,
  expired: true,
  lapsed: true,
  failed: true,
  reversed: false,
} as const satisfies Record<EventKind, boolean | 'at_the_end'>

/** The `status` of the event's webhook, or null when none is sent (scalapay.md 13.1). */
export function webhookStatus(event: Pick<PaymentEvent, 'kind' | 'state'>): OrderStatus | null {
  const rule = announced[event.kind]
  if (rule === 'at_the_end') return event.state === 'delayed' ? null : orderStatus[event.state]
  return rule ? orderStatus[event.state] : null
}

/**
 * The body of one webhook, null when the event has none. Compact JSON that comes back the same from a parse and a print:
 * receivers sign what they re-print (scalapay.md 13.2). `created` carries the whole order, a refund its amount;
 * a warning repeats the status `authorized`, with the instant the authorization ends (ours: Scalapay has no word for it).
 */
export function renderWebhook(
  payment: Pick<Payment, 'id' | 'currency'>,
  event: PaymentEvent,
  details: string,
): string | null {
  const status = webhookStatus(event)
  if (status === null) return null
  const { currency, id } = payment
  const total = stableNumber(numberText(event.total, currency))
  const reference = JSON.stringify(event.merchantReference)
  const body = `"merchantReference":${reference},"totalAmount":${total},"status":"${status}","orderToken":"${id}"`
  return `{${body}${extraOf(event, currency, details)}}`
}

function extraOf(event: PaymentEvent, currency: Payment['currency'], details: string): string {
  if (event.kind === 'created') {
    return `,"orderDetails":${JSON.stringify(orderDetailsValue(details, event.merchantReference))}`
  }
  if (event.kind === 'expiring_soon') return `,"authorizationExpiryAt":${JSON.stringify(event.note)}`
  if (event.kind !== 'refunded' || event.amount === null) return ''
  return `,"refundAmount":${stableNumber(numberText(event.amount, currency))}`
}

/** The number as any receiver's JSON library will print it again. Exact below ninety trillion euros. */
function stableNumber(text: string): string {
  return String(Number(text))
}
