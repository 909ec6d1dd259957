import { type Static, Type } from 'typebox'
import { openToCapture, openToRefund, type Payment } from '../../../../domain/payment/payment.ts'
import type { Buyer } from '../../../../domain/shopper/buyer.ts'
import { isoOf } from '../../../../kernel/instant.ts'
import { moneyOf, moneySchema } from '../money.ts'
import { orderStatuses, statusOf } from './order-status.ts'

/** One row of the list. */
export const orderRowSchema = Type.Object({
  token: Type.String(),
  status: Type.Enum([...orderStatuses]),
  api: Type.String(),
  product: Type.String(),
  total: moneySchema,
  captured: moneySchema,
  refunded: moneySchema,
  merchantReference: Type.Union([Type.String(), Type.Null()]),
  createdAt: Type.String(),
  expiresAt: Type.Union([Type.String(), Type.Null()]),
  card: Type.Union([Type.String(), Type.Null()]),
  failure: Type.Union([Type.String(), Type.Null()]),
})

export function orderRow(payment: Payment): Static<typeof orderRowSchema> {
  const amount = (minor: bigint) => moneyOf(payment.currency, minor)
  return {
    token: payment.id,
    status: statusOf[payment.state],
    api: payment.protocol,
    product: payment.product,
    total: amount(payment.total),
    captured: amount(payment.captured),
    refunded: amount(payment.refunded),
    merchantReference: payment.merchantReference,
    createdAt: isoOf(payment.createdAt),
    expiresAt: payment.expiresAt && isoOf(payment.expiresAt),
    card: cardText(payment),
    failure: payment.failure,
  }
}

/** A row with who bought, as lists show it. */
export const listedOrderSchema = Type.Intersect([
  orderRowSchema,
  Type.Object({ buyer: Type.Union([Type.Object({ name: Type.String(), email: Type.String() }), Type.Null()]) }),
])

export function listedOrder(payment: Payment, buyer: Buyer | undefined): Static<typeof listedOrderSchema> {
  return { ...orderRow(payment), buyer: buyer ? { name: buyer.name, email: buyer.email } : null }
}

/** What can be done with an order now, whoever looks. What a role may not do is the guard's question. */
export const openSchema = Type.Object({
  capture: moneySchema,
  refund: moneySchema,
  mayCapture: Type.Boolean(),
  mayRefund: Type.Boolean(),
  mayVoid: Type.Boolean(),
  mayDelay: Type.Boolean(),
})

export function openOf(payment: Payment): Static<typeof openSchema> {
  const isHeld = payment.state === 'authorized' || payment.state === 'delayed'
  const [capture, refund] = [openToCapture(payment), openToRefund(payment)]
  const isFree = payment.pendingAttempt === null
  return {
    capture: moneyOf(payment.currency, capture),
    refund: moneyOf(payment.currency, refund),
    mayCapture: isFree && capture > 0n,
    mayRefund: isFree && refund > 0n,
    mayVoid: isFree && (payment.state === 'created' || (isHeld && payment.captured === 0n)),
    mayDelay: isFree && isHeld,
  }
}

/** `visa 4242`; null for what was not paid by card. */
export function cardText({ instrument }: Payment): string | null {
  return instrument && 'last4' in instrument ? `${instrument.brand} ${instrument.last4}` : null
}
