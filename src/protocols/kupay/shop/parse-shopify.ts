import type { Currency } from '../../../kernel/currency.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import type { JsonObject } from '../../shared/body.ts'
import type { FieldErrors } from '../errors.ts'
import { readAmount, readCurrency } from '../payments/amount.ts'
import type { PaymentDetails } from '../payments/details.ts'
import { textOf, utcTextOf } from '../payments/order-date.ts'
import { isEmail, readLink, readName } from '../payments/parse-payment.ts'

export type ShopifyOrder = {
  readonly currency: Currency
  readonly total: bigint
  readonly details: PaymentDetails
  readonly orderId: string
  readonly orderNumber: string
  readonly email: string | null
}

/**
 * An order as Shopify's `orders/create` tells it (kupay.md 9); null for one that is none of ours: paid otherwise, or paid already. Of it only what
 * a payment needs is read; addresses and items are read over.
 */
export function parseShopify(order: JsonObject, now: Date): Result<ShopifyOrder | null, FieldErrors> {
  if (!isOurs(order)) return ok(null)
  const orderId = Number.isSafeInteger(order.id) && Number(order.id) > 0 ? String(order.id) : undefined
  const orderNumber = readName(order.order_number)
  const currency = readCurrency(order.currency)
  const total = currency && readAmount(order.total_price, currency)
  if (orderId === undefined || orderNumber === undefined || currency === undefined || !total?.ok)
    return refuse({
      ...(orderId === undefined && { id: ['The order needs its id.'] }),
      ...(orderNumber === undefined && { order_number: ['The order needs its number.'] }),
      ...(currency === undefined && { currency: ['The currency of the shop is none of the eighteen.'] }),
      ...(total && !total.ok && { total_price: [total.reason] }),
    })
  const statusUrl = readLink(order.order_status_url) ?? null
  const details: PaymentDetails = {
    ...{ face: 'shopify', id: orderId, orderNumber },
    createdAt: utcTextOf(order.created_at) ?? textOf(now),
    ...{ cancelUrl: statusUrl, paidUrl: statusUrl, orderStatusUrl: statusUrl },
  }
  const email = isEmail(order.email) ? order.email : null
  return ok({ currency, total: total.value, details, orderId, orderNumber, email })
}

/** The shop's manual payment method has KuPay in its name, whatever else stands there. */
function isOurs({ gateway, payment_gateway_names: names, financial_status: status }: JsonObject): boolean {
  const methods = [gateway, ...(Array.isArray(names) ? names.slice(0, 20) : [])]
  return status !== 'paid' && methods.some((name) => typeof name === 'string' && /kupay/i.test(name))
}
