import type { PaymentState } from '../../../domain/payment/state.ts'

export type OrderStatus =
  | 'created'
  | 'authorized'
  | 'charged'
  | 'expired'
  | 'refunded_not_charged'
  | 'partially_refunded'
  | 'refunded'

export type CaptureStatus = 'pending' | 'captured' | 'delayed' | 'voided'

/** scalapay.md 12.1 and 12.4. A voided order's status is unpublished (decision 0005). */
export const orderStatus = {
  created: 'created',
  processing: 'created',
  authorized: 'authorized',
  delayed: 'authorized',
  captured: 'charged',
  partially_refunded: 'partially_refunded',
  refunded: 'refunded',
  voided: 'refunded_not_charged',
  expired: 'expired',
  lapsed: 'refunded_not_charged',
  failed: 'expired',
} as const satisfies Record<PaymentState, OrderStatus>

/** scalapay.md 12.2 and 12.4, as GET shows it. */
export const captureStatus = {
  created: 'pending',
  processing: 'pending',
  authorized: 'pending',
  delayed: 'delayed',
  captured: 'captured',
  partially_refunded: 'captured',
  refunded: 'captured',
  voided: 'voided',
  expired: 'pending',
  lapsed: 'voided',
  failed: 'pending',
} as const satisfies Record<PaymentState, CaptureStatus>
