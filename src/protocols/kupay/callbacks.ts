import type { PaymentEvent } from '../../domain/payment/event.ts'
import { isStatus200, jsonContent, type WebhookContent, type WebhookRenderer } from '../../domain/webhook/renderer.ts'
import type { PaymentFacts } from '../../domain/webhook/subject.ts'
import { readDetails } from './payments/details.ts'
import { type PaymentStatus, paymentText } from './payments/payment-view.ts'

/** What callbacks are told of: once something is final, and nothing that may still be undone (kupay.md 7). */
export const callbackEvents = ['captured', 'expired', 'voided'] as const

/**
 * How KuPay tells a shop of a payment (kupay.md 7). The API's own callback is the object of `payment/status` and the merchant's id. The
 * WooCommerce plugin reads nothing but parameters, knows its merchant by the key among them, and is told once that the order is paid, or that
 * it is called off: never that when anything was paid, and never since the same order is asked for anew.
 */
export const kupayCallbacks: WebhookRenderer = {
  sends: callbackEvents,
  wantsDetails: callbackEvents,
  render: (payment, event, details) => (details === null ? null : contentOf(payment, event, details)),
  needsKey: ({ method }) => method === 'GET',
  sign: (key) => ({ headers: {}, query: { kupay_callback: key } }),
  isReceived: isStatus200,
}

function contentOf(payment: PaymentFacts, event: PaymentEvent, details: string): WebhookContent | null {
  const { face, id } = readDetails(details)
  const status = statusAfter(event)
  if (status === undefined) return null
  if (face === 'woocommerce') {
    const word = shopWordOf(event, status)
    if (word === undefined) return null
    return { method: 'GET', query: { order_id: id, status: word }, headers: { accept: '*/*' }, body: '' }
  }
  const text = paymentText({ ...payment, total: event.total }, status, details)
  return jsonContent(`${text.slice(0, -1)},"id":${JSON.stringify(id)}}`)
}

/** The plugin does nothing about the other words. */
function shopWordOf({ note }: PaymentEvent, status: PaymentStatus): 'completed' | 'cancelled' | undefined {
  if (status === 'paid') return 'completed'
  return status === 'cancelled' && note !== 'replaced' ? 'cancelled' : undefined
}

/** What was called off while it was open ends like one whose time is up, and its event says so. */
function statusAfter({ kind, note }: PaymentEvent): PaymentStatus | undefined {
  if (kind === 'captured') return 'paid'
  // It was told that its time is up; the order itself is asked for anew.
  if (kind === 'voided') return note === 'replaced' ? undefined : 'cancelled'
  if (kind !== 'expired') return undefined
  return note === 'voided' || note === 'replaced' ? 'cancelled' : 'expired'
}
