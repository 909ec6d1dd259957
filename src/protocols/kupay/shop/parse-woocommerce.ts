import { checkUrl, explainUrlRefusal } from '../../../http/outgoing/guard.ts'
import type { Currency } from '../../../kernel/currency.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { isObject, type JsonObject } from '../../shared/body.ts'
import type { FieldErrors } from '../errors.ts'
import { readAmount, readCurrency } from '../payments/amount.ts'
import type { PaymentDetails } from '../payments/details.ts'
import { readLink, readName } from '../payments/parse-payment.ts'
import { orderDateOf } from './shop-date.ts'

export type ParsedOrder = {
  readonly currency: Currency
  readonly total: bigint
  readonly details: PaymentDetails
  readonly reference: string
  readonly callbackUrl: string
}

/** What the plugin sends (kupay.md 6): of the order, only what a payment needs; its addresses and items are read over. */
export function parseWooCommerce(body: JsonObject, isSandbox: boolean, now: Date): Result<ParsedOrder, FieldErrors> {
  const order = isObject(body.order) ? body.order : {}
  const id = Number.isSafeInteger(order.id) && Number(order.id) > 0 ? String(order.id) : undefined
  const key =
    typeof order.order_key === 'string' && /^wc_order_[\w-]{1,100}$/.test(order.order_key) ? order.order_key : undefined
  const currency = readCurrency(order.currency)
  const total = currency && readAmount(order.total, currency)
  const callbackUrl = unescapeUrl(body.callback_url)
  const callback = checkUrl(callbackUrl, { allowLoopback: isSandbox })
  const errors: Record<string, readonly string[]> = {
    ...(id === undefined && { 'order.id': ['The order needs its id.'] }),
    ...(key === undefined && { 'order.order_key': ['The order needs its key, wc_order_...'] }),
    ...(currency === undefined && {
      'order.currency': ['The currency of the shop is none of the eighteen that can be paid in.'],
    }),
    ...(total && !total.ok && { 'order.total': [total.reason] }),
    ...(!callback.ok && { callback_url: [explainUrlRefusal(callback.reason)] }),
  }
  if (id === undefined || key === undefined || !total?.ok || !callback.ok || currency === undefined)
    return refuse(errors)
  const details: PaymentDetails = {
    face: 'woocommerce',
    id,
    orderNumber: readName(order.number) ?? id,
    createdAt: orderDateOf(order.date_created, now),
    cancelUrl: readLink(unescapeUrl(body.cancel_url)) ?? null,
    paidUrl: readLink(unescapeUrl(body.paid_url)) ?? null,
    orderStatusUrl: null,
  }
  return ok({ currency, total: total.value, details, reference: `${id}/${key}`, callbackUrl: callbackUrl as string })
}

/** WordPress writes a URL for the source of a page: an ampersand is `&#038;`, and a redirect would end at its `#`. */
function unescapeUrl(value: unknown): unknown {
  if (typeof value !== 'string') return value
  return value.replaceAll(/&(?:#0?38|#x26|amp);/gi, '&').replaceAll(/&(?:#0?39|#x27|apos);/gi, "'")
}
