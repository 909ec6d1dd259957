import { Type } from 'typebox'
import type { OrderAction } from '../../../../app/payment/act-on-order.ts'
import type { Payment } from '../../../../domain/payment/payment.ts'
import type { Rejection } from '../../../../domain/payment/rejection.ts'
import { currencyOf, exponentOf } from '../../../../kernel/currency.ts'
import { parsePaymentId } from '../../../../kernel/ids.ts'
import { decimalOf, minorFromDecimal, money } from '../../../../kernel/money.ts'
import type { PortalApp } from '../../portal-app.ts'
import { requireStepUp } from '../guard.ts'
import { type Caller, Refused, route } from '../route.ts'
import { done, press as key, ofOrder } from '../shapes.ts'
import { statusOf } from './order-status.ts'

const amount = Type.String({ maxLength: 24, description: 'A decimal text with a dot, in the currency of the order.' })

/** What an order may give back in all, in whole units of its currency, before a refund wants a fresh proof of who presses. */
const refundedWithoutProof = 500

/** What staff does with an order: the same commands as the merchant APIs give. */
export function actionRoutes(app: PortalApp) {
  const act = async (token: string, caller: Caller, press: string, actionOf: (payment: Payment) => OrderAction) => {
    const { merchantId, by } = caller
    const id = parsePaymentId(token)
    const [merchant, payment] = await Promise.all([
      app.merchants.byId(merchantId),
      id && app.orders.orderPages.payment(merchantId, id),
    ])
    if (!merchant || !payment) throw new Refused(404, 'unknown_payment', 'There is no such order.')
    const result = await app.orders.act({ merchant, payment, action: actionOf(payment), key: press, by })
    if (result.ok) return { ok: true as const }
    const { reason } = result
    throw reason.kind === 'elsewhere'
      ? new Refused(409, reason.code, reason.sentence)
      : new Refused(409, reason.rejection.reason, sentenceOf(reason.rejection), { detail: detailOf(reason.rejection) })
  }
  return [
    route({
      method: 'POST',
      url: '/merchants/{merchant}/orders/{token}/refund',
      access: { to: 'merchant', permission: 'refund' },
      summary: 'Give back a part or all of what was captured',
      schemas: {
        params: ofOrder,
        body: Type.Object({ amount, key, reason: Type.Optional(Type.String({ maxLength: 255 })) }),
        answer: done,
      },
      handle: ({ params, body, caller }) =>
        act(params.token, caller, body.key, (payment) => {
          const minor = minorOf(body.amount, payment)
          const limit = BigInt(refundedWithoutProof) * 10n ** BigInt(exponentOf(payment.currency))
          if (payment.refunded + minor > limit) requireStepUp(caller.who, app.realClock.now())
          return { kind: 'refund', amount: minor, reason: body.reason ?? null }
        }),
    }),
    route({
      method: 'POST',
      url: '/merchants/{merchant}/orders/{token}/capture',
      access: { to: 'merchant', permission: 'capture' },
      summary: 'Take the money of an authorized order, all of it or less',
      schemas: { params: ofOrder, body: Type.Object({ amount: Type.Optional(amount), key }), answer: done },
      handle: ({ params, body, caller }) =>
        act(params.token, caller, body.key, (payment) => ({
          kind: 'capture',
          ...(body.amount !== undefined && { amount: minorOf(body.amount, payment) }),
        })),
    }),
    route({
      method: 'POST',
      url: '/merchants/{merchant}/orders/{token}/void',
      access: { to: 'merchant', permission: 'void' },
      summary: 'Cancel an order that was not captured',
      schemas: { params: ofOrder, body: Type.Object({ key }), answer: done },
      handle: ({ params, body, caller }) => act(params.token, caller, body.key, () => ({ kind: 'void' })),
    }),
    route({
      method: 'POST',
      url: '/merchants/{merchant}/orders/{token}/delay',
      access: { to: 'merchant', permission: 'delay' },
      summary: 'Keep an authorization for some days more',
      schemas: {
        params: ofOrder,
        body: Type.Object({ days: Type.Integer({ minimum: 1, maximum: 90 }), key }),
        answer: done,
      },
      handle: ({ params, body, caller }) =>
        act(params.token, caller, body.key, () => ({ kind: 'delay', periodMs: body.days * 86_400_000 })),
    }),
  ] as const
}

function minorOf(text: string, { currency }: Payment): bigint {
  const known = currencyOf(currency)
  const isPlain = /^\d{1,15}(\.\d{1,3})?$/.test(text)
  const minor = known && isPlain ? minorFromDecimal(text, known) : undefined
  if (minor === undefined || minor <= 0n || decimalOf(money(currency, minor)) !== padded(text, exponentOf(currency)))
    throw new Refused(
      400,
      'invalid_amount',
      `An amount in ${currency} looks like ${decimalOf(money(currency, 1_999n))}.`,
      { detail: decimalOf(money(currency, 1_999n)) },
    )
  return minor
}

/** `19.5` is `19.50` where the currency has cents: an amount that is finer than its currency is not rounded, but refused. */
function padded(text: string, exponent: number): string {
  const [whole = '', fraction = ''] = text.split('.')
  const digits = whole.replace(/^0+(?=\d)/, '')
  return exponent === 0 && fraction === '' ? digits : `${digits}.${fraction.padEnd(exponent, '0')}`
}

/** The amount that is open, or the order's status, where that is why. */
function detailOf(rejection: Rejection): string {
  switch (rejection.reason) {
    case 'amount_exceeds_open':
      return `${decimalOf(money(rejection.currency, rejection.open))} ${rejection.currency}`
    case 'wrong_state':
      return statusOf[rejection.state]
    default:
      return ''
  }
}

/** Why an order does not take an action, for whoever pressed the button. */
function sentenceOf(rejection: Rejection): string {
  switch (rejection.reason) {
    case 'amount_exceeds_open':
      return `At most ${detailOf(rejection)} is open for this.`
    case 'wrong_state':
      return `This order is ${rejection.state.replaceAll('_', ' ')} now, so this cannot be done any more. Load the page again.`
    case 'partly_captured':
      return 'A part of this order was captured already. Refund that part instead.'
    case 'operation_in_progress':
      return 'Something else is being done with this order at this moment. Try again in a moment.'
    case 'unknown_payment':
      return 'There is no such order.'
    case 'period_out_of_range':
      return 'An authorization cannot be kept for that long.'
    default:
      return 'This cannot be done with this order. Load the page again to see how it stands.'
  }
}
