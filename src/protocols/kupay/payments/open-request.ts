import { createHash } from 'node:crypto'
import type { App } from '../../../app/app.ts'
import type { PaymentRequestRefusal, StoredRequest } from '../../../app/payment-request/payment-request.ts'
import type { MerchantTerms } from '../../../domain/merchant/terms.ts'
import type { NewMessage } from '../../../domain/message/message.ts'
import type { Payment } from '../../../domain/payment/payment.ts'
import type { Currency } from '../../../kernel/currency.ts'
import { day, plus } from '../../../kernel/instant.ts'
import { decimalOf } from '../../../kernel/money.ts'
import type { Result } from '../../../kernel/result.ts'
import type { PaymentDetails } from './details.ts'

/** A request of a shop waits for a day; each rate within it holds for as long as the merchant says (kupay.md 5). */
const usualExpiryMs = 86_400_000

export type OpenRequest = {
  readonly merchant: MerchantTerms
  readonly currency: Currency
  readonly total: bigint
  readonly details: PaymentDetails
  /** what names the order within its face */
  readonly reference: string
  readonly callbackUrl: string | null
  readonly email: string | null
  /** how long it waits; default a day */
  readonly expiryMs?: number
}

/** The open or paid request of that order, or a new one. */
export async function openRequest(
  app: App,
  { merchant, currency, total, details, reference, callbackUrl, email, expiryMs = usualExpiryMs }: OpenRequest,
): Promise<Result<StoredRequest, PaymentRequestRefusal>> {
  return await app.paymentRequests.open({
    protocol: 'kupay',
    product: details.face,
    details: JSON.stringify(details),
    ...{ merchant, currency, total, reference, expiryMs, callbackUrl },
    waitsInShop: details.face === 'woocommerce',
    mail: email === null ? null : (payment) => payLink(app, merchant, payment, email),
  })
}

/** Where the shopper pays. */
export function payUrl({ publicUrl }: Pick<App, 'publicUrl'>, { prefix }: MerchantTerms, id: Payment['id']): string {
  return `${publicUrl}/pay/${prefix.toLowerCase()}/${id}`
}

function payLink(app: App, merchant: MerchantTerms, payment: Payment, email: string): NewMessage {
  const amount = `${decimalOf({ currency: payment.currency, minor: payment.total })} ${payment.currency}`
  return {
    owner: `contact:${createHash('sha256').update(email.toLowerCase()).digest('base64url')}`,
    cause: `payment:${payment.id}:link`,
    merchantId: merchant.id,
    channel: 'email',
    recipient: email,
    language: 'en',
    facts: { kind: 'pay_link', shop: merchant.name, amount, url: payUrl(app, merchant, payment.id) },
    createdAt: payment.createdAt,
    usefulUntil: plus(payment.createdAt, day),
  }
}
