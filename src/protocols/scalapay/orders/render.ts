import type { Action } from '../../../domain/payment/action.ts'
import { openToCapture, type Payment } from '../../../domain/payment/payment.ts'
import type { AcceptedReply } from '../../../engine/command.ts'
import { assert } from '../../../kernel/assert.ts'
import { type Instant, isoOf } from '../../../kernel/instant.ts'
import { amountText, numberText } from './money-text.ts'
import { orderDetailsText } from './order-details.ts'
import { captureStatus, orderStatus } from './status.ts'

/** An accepted reply as the bytes that are sent, and stored under an idempotency key. Depends on nothing else. */
export type Render<A extends Action> = (reply: AcceptedReply, action: A, publicUrl: string) => string

type Of<K extends Action['kind']> = Extract<Action, { kind: K }>

/** The token is the last path segment of `checkoutUrl`: one plugin reads it there (scalapay.md 3.5). */
export const renderCreated: Render<Of<'create'>> = ({ payment }, _action, publicUrl) =>
  `{"token":"${payment.id}","expires":${instantText(payment.expiresAt)},"checkoutUrl":"${publicUrl}/checkout/${payment.id}"}`

/** The token and those references that were sent (scalapay.md 4). */
export const renderUpdated: Render<Of<'update_references'>> = ({ payment }, action) => {
  const { merchantReference, processorReference } = action
  const sent = referenceText('merchantReference', merchantReference)
  const processor = referenceText('merchantProcessorReference', processorReference)
  return `{"token":"${payment.id}"${sent}${processor}}`
}

/** The one place that says APPROVED; `totalAmount` is what was captured (scalapay.md 8). */
export const renderCaptured: Render<Of<'capture'>> = (reply) => {
  const { payment } = reply
  return `{"token":"${payment.id}","status":"APPROVED","totalAmount":${amountText(payment.captured, payment.currency)},"orderDetails":${detailsText(reply)},"capturedAt":${instantText(payment.capturedAt)}}`
}

/** scalapay.md 7. */
export const renderDelayed: Render<Of<'delay'>> = (reply) => {
  const { payment } = reply
  return `{"token":"${payment.id}","status":"AUTHORIZED","authorizationExpiryAt":${instantText(payment.expiresAt)},"totalAmount":${amountText(orderTotal(payment), payment.currency)},"orderDetails":${detailsText(reply)}}`
}

/** scalapay.md 9.1. */
export const renderVoided: Render<Of<'void'>> = ({ payment }) =>
  `{"token":"${payment.id}"${referenceText('merchantReference', payment.merchantReference)},"voidedAt":${instantText(payment.voidedAt)}}`

/** scalapay.md 9.2. Payouts are made later, so a refund always precedes its order's: `pre_transfer`. */
export const renderRefunded: Render<Of<'refund'>> = ({ payment, events }, action) => {
  const own = referenceText('merchantReference', payment.merchantReference)
  const refund = referenceText('merchantRefundReference', action.refundReference)
  return `{"token":"${payment.id}","amount":${amountText(action.amount, payment.currency)}${own}${refund},"refundToken":"pre_transfer","refundedAt":${instantText(events.at(-1)?.at ?? null)}}`
}

/** scalapay.md 10, `delay/capture` and `delay/refund`: numbers, and AUTHORIZED as the result of the call. */
export const renderOpenPart: Render<Of<'capture_part' | 'reduce'>> = (reply) =>
  `{"openToCaptureAmount":${numberText(openToCapture(reply.payment), reply.payment.currency)},${partsText(reply)}}`

/** scalapay.md 10, `delay/void`: the same without an open amount, since nothing is open any more. */
export const renderClosed: Render<Of<'close'>> = (reply) => `{${partsText(reply)}}`

function partsText(reply: AcceptedReply): string {
  const { payment } = reply
  const captures = payment.captures.map(
    ({ amount, at }) => `{"amount":${numberText(amount, payment.currency)},"recordedAt":${instantText(at)}}`,
  )
  return `"token":"${payment.id}","captureStatus":"${captureStatus[payment.state]}","status":"AUTHORIZED","totalAmount":${numberText(orderTotal(payment), payment.currency)},"totalCapturedAmount":${numberText(payment.captured, payment.currency)},"orderDetails":${detailsText(reply)},"captures":[${captures.join(',')}]`
}

/** A number at the top, the merchant's own texts inside (scalapay.md 5). `isShopperRefused`: by us, before any card was asked. */
export function renderOrder(payment: Payment, details: string, isShopperRefused: boolean): string {
  const feedback = isShopperRefused || isFraudDecline(payment) ? ',"lastEligibilityFeedback":"DECLINED_FRAUD"' : ''
  const { captured, refunded } = payment
  const moved = `${movedText('totalCapturedAmount', captured, payment)}${movedText('totalRefundedAmount', refunded, payment)}`
  return `{"token":"${payment.id}","created":${instantText(payment.createdAt)},"status":"${orderStatus[payment.state]}","captureStatus":"${captureStatus[payment.state]}","totalAmount":${moneyText(orderTotal(payment), payment)},"orderDetails":${orderDetailsText(details, payment.merchantReference)}${feedback}${moved}}`
}

/** What was captured and refunded so far, ours: behind the documented keys, and only when there is something to tell. */
function movedText(name: string, minor: bigint, payment: Payment): string {
  return minor > 0n ? `,"${name}":${moneyText(minor, payment)}` : ''
}

function moneyText(minor: bigint, { currency }: Payment): string {
  return `{"amount":${numberText(minor, currency)},"currency":"${currency}"}`
}

/** A reference is a text or absent, never null, except in the answers whose documents say null. */
function referenceText(name: string, reference: string | null | undefined): string {
  return typeof reference === 'string' ? `,"${name}":${JSON.stringify(reference)}` : ''
}

/** The only published value, on expired orders (scalapay.md 12.7); other reasons are kept from merchants. */
function isFraudDecline(payment: Payment): boolean {
  return payment.state === 'expired' && payment.failure === 'suspected_fraud'
}

/** What the order stands at: cancelled parts of a delayed order are off it. */
function orderTotal(payment: Payment): bigint {
  return payment.total - payment.reduced
}

function detailsText({ payment, details }: AcceptedReply): string {
  assert(details !== null, 'the engine was asked for the details')
  return orderDetailsText(details, payment.merchantReference)
}

function instantText(instant: Instant | null): string {
  return instant === null ? 'null' : `"${isoOf(instant)}"`
}
