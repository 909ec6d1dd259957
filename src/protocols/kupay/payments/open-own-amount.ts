import type { App } from '../../../app/app.ts'
import type { MerchantTerms } from '../../../domain/merchant/terms.ts'
import type { Payment } from '../../../domain/payment/payment.ts'
import type { Currency } from '../../../kernel/currency.ts'
import type { PaymentId } from '../../../kernel/ids.ts'
import { millisOf } from '../../../kernel/instant.ts'
import { readDetails } from './details.ts'
import { openRequest, payUrl } from './open-request.ts'
import { textOf } from './order-date.ts'

/**
 * A payment of an amount that its payer chose on the merchant's own page, or that somebody asks another for (kupay.md 10). The latter waits for 30 days:
 * people answer slower than shops. Undefined for one that may not be asked for.
 */
export async function openOwnAmount(
  app: App,
  own: {
    readonly merchant: MerchantTerms
    readonly purpose: 'account' | 'donation' | 'request'
    readonly currency: Currency
    readonly total: bigint
    readonly forWhat: string
    readonly key: string
    /** null: whoever pays came from nowhere here */
    readonly pageUrl: string | null
    readonly choices?: readonly string[]
  },
): Promise<{ readonly payment: Payment; readonly payUrl: string } | undefined> {
  const { merchant, purpose, currency, total, forWhat, key, pageUrl, choices } = own
  const opened = await openRequest(app, {
    ...{ merchant, currency, total, reference: `/${purpose}/${key}`, callbackUrl: null, email: null },
    ...(purpose === 'request' && { expiryMs: 30 * 86_400_000 }),
    details: {
      ...{ face: purpose, id: key, orderNumber: forWhat },
      createdAt: textOf(new Date(millisOf(app.clock.now()))),
      ...{ cancelUrl: pageUrl, paidUrl: pageUrl, orderStatusUrl: null },
      ...(choices && { choices }),
    },
  })
  if (!opened.ok) return undefined
  const { payment } = opened.value
  return { payment, payUrl: payUrl(app, merchant, payment.id) }
}

/** A request that somebody has made for another; undefined for any other payment. */
export async function findOwnRequest(
  app: App,
  merchant: MerchantTerms,
  id: PaymentId,
): Promise<{ readonly payment: Payment; readonly forWhat: string; readonly payUrl: string } | undefined> {
  const stored = await app.payments.find(merchant.id, id)
  if (stored?.payment.protocol !== 'kupay') return undefined
  const { face, orderNumber } = readDetails(stored.details)
  return face === 'request'
    ? { payment: stored.payment, forWhat: orderNumber, payUrl: payUrl(app, merchant, id) }
    : undefined
}
