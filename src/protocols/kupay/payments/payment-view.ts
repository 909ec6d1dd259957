import type { Payment } from '../../../domain/payment/payment.ts'
import type { PaymentState } from '../../../domain/payment/state.ts'
import type { Instant } from '../../../kernel/instant.ts'
import { numberText } from './amount.ts'
import { readDetails } from './details.ts'

export type PaymentStatus = 'open' | 'paid' | 'cancelled' | 'expired' | 'failure' | 'error'

/** kupay.md 3.1. States of payments that a rail collects are none of this API's. */
const statuses = {
  created: 'open',
  processing: 'open',
  captured: 'paid',
  expired: 'expired',
  voided: 'cancelled',
  authorized: 'error',
  delayed: 'error',
  partially_refunded: 'paid',
  refunded: 'paid',
  lapsed: 'error',
  failed: 'failure',
} as const satisfies Record<PaymentState, PaymentStatus>

/** What was called off ends as an expired payment does, and is told apart by when. */
export function statusOf({ state, voidedAt }: Pick<Payment, 'state' | 'voidedAt'>): PaymentStatus {
  return state === 'expired' && voidedAt !== null ? 'cancelled' : statuses[state]
}

/** The status as of this moment: one whose time is over is told as expired, before the job that ends it has come by. */
export function statusAt(payment: Pick<Payment, 'state' | 'voidedAt' | 'expiresAt'>, now: Instant): PaymentStatus {
  const isOver = payment.state === 'created' && payment.expiresAt !== null && payment.expiresAt <= now
  return isOver ? 'expired' : statusOf(payment)
}

/** The object of `payment/status`, JSON text with the documented keys in their order (kupay.md 3). */
export function paymentText(
  { id, currency, total }: Pick<Payment, 'id' | 'currency' | 'total'>,
  status: PaymentStatus,
  details: string,
): string {
  const { createdAt, orderNumber } = readDetails(details)
  const head = JSON.stringify({ payment_id: id, status, created_at: createdAt, order_number: orderNumber, currency })
  return `${head.slice(0, -1)},"amount":${numberText(currency, total)}}`
}
