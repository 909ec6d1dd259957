import { isRedirectUrl } from '../../../domain/merchant/redirect.ts'
import { checkUrl, explainUrlRefusal } from '../../../http/outgoing/guard.ts'
import type { Currency } from '../../../kernel/currency.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import type { JsonObject } from '../../shared/body.ts'
import type { FieldErrors } from '../errors.ts'
import { currencies, readAmount, readCurrency } from './amount.ts'
import type { PaymentDetails } from './details.ts'
import { utcTextOf } from './order-date.ts'

export type ParsedPayment = {
  readonly currency: Currency
  readonly total: bigint
  readonly details: PaymentDetails
  readonly callbackUrl: string
  readonly email: string | null
}

/** The fields of `payment/create` (kupay.md 2.1), or every complaint about them. */
export function parsePayment(body: JsonObject, isSandbox: boolean): Result<ParsedPayment, FieldErrors> {
  const errors: Record<string, string[]> = {}
  const complain = (field: string, sentence: string): undefined => {
    errors[field] = [...(errors[field] ?? []), sentence]
  }
  const id = readName(body.id) ?? complain('id', 'The id must be a string of 1 to 255 characters.')
  const orderNumber =
    readName(body.order_number) ?? complain('order_number', 'The order_number must be a string of 1 to 255 characters.')
  const createdAt =
    utcTextOf(body.created_at) ?? complain('created_at', 'The created_at must be like 2022-05-22T18:58:04+01:00.')
  const currency =
    readCurrency(body.currency) ?? complain('currency', `The currency must be one of: ${currencies.join(', ')}.`)
  const amount = currency && readAmount(body.amount, currency)
  if (amount && !amount.ok) complain('amount', amount.reason)
  const cancelUrl = readLink(body.cancel_url) ?? complain('cancel_url', 'The cancel_url must be an http or https URL.')
  const paidUrl = readLink(body.paid_url) ?? complain('paid_url', 'The paid_url must be an http or https URL.')
  const callback = checkUrl(body.callback_url, { allowLoopback: isSandbox })
  if (!callback.ok) complain('callback_url', explainUrlRefusal(callback.reason))
  const status = optional(body.order_status_url)
  const orderStatusUrl = status === null ? null : readLink(status)
  if (orderStatusUrl === undefined) complain('order_status_url', 'The order_status_url must be an http or https URL.')
  const email = optional(body.email)
  if (email !== null && !isEmail(email)) complain('email', 'The email must be an e-mail address.')
  if (Object.keys(errors).length > 0) return refuse(errors)
  const details = { face: 'api', id, orderNumber, createdAt, cancelUrl, paidUrl, orderStatusUrl } as PaymentDetails
  const total = amount?.ok ? amount.value : 0n
  return ok({
    currency: currency as Currency,
    total,
    details,
    callbackUrl: body.callback_url as string,
    email: email as string | null,
  })
}

/** A text, or a whole number, which shops send for their own ids. */
export function readName(value: unknown): string | undefined {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  if (typeof text !== 'string' || text.length === 0 || text.length > 255) return undefined
  return text.isWellFormed() && !text.includes('\0') ? text : undefined
}

export function readLink(value: unknown): string | undefined {
  return typeof value === 'string' && isRedirectUrl(value) ? value : undefined
}

/** Absent, null and empty are the same: the documented example sends an empty text. */
function optional(value: unknown): unknown {
  return value === undefined || value === null || value === '' ? null : value
}

/** Enough to see that it is one; whether it exists only mail can tell. */
export function isEmail(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= 254 &&
    /^[^\s@<>"(),:;\\[\]]{1,64}@[^\s@<>"(),:;\\[\]]+\.[^\s@.]{2,}$/.test(value)
  )
}
