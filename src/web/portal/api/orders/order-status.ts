import type { PaymentState } from '../../../../domain/payment/state.ts'

/** What the order list calls a payment: the words a shop's staff knows. */
export const orderStatuses = [
  'open',
  'processing',
  'authorized',
  'paid',
  'partially_refunded',
  'refunded',
  'cancelled',
  'expired',
  'refunded_not_charged',
  'failed',
] as const

export type OrderStatus = (typeof orderStatuses)[number]

/** A new state does not compile until it has its word. */
export const statusOf = {
  created: 'open',
  processing: 'processing',
  authorized: 'authorized',
  delayed: 'authorized',
  captured: 'paid',
  partially_refunded: 'partially_refunded',
  refunded: 'refunded',
  voided: 'cancelled',
  expired: 'expired',
  lapsed: 'refunded_not_charged',
  failed: 'failed',
} as const satisfies Record<PaymentState, OrderStatus>

/** What the list shows when nobody asks for more: orders that are worth money. The others are one press away. */
export const shownStatuses: readonly OrderStatus[] = [
  'processing',
  'authorized',
  'paid',
  'partially_refunded',
  'refunded',
]

/** What the list shows when it is asked for what went wrong. */
export const hiddenStatuses: readonly OrderStatus[] = ['expired', 'refunded_not_charged', 'failed', 'cancelled']

export function statesOf(statuses: readonly OrderStatus[]): PaymentState[] {
  return (Object.keys(statusOf) as (keyof typeof statusOf)[]).filter((state) => statuses.includes(statusOf[state]))
}
