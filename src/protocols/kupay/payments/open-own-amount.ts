import type { App } from '../../../app/app.ts'
import type { MerchantTerms } from '../../../domain/merchant/terms.ts'
import type { Payment } from '../../../domain/payment/payment.ts'
import type { Currency } from '../../../kernel/currency.ts'
import { millisOf } from '../../../kernel/instant.ts'
import { openRequest, payUrl } from './open-request.ts'
import { textOf } from './order-date.ts'

/** A payment of an amount that its payer chose on the merchant's own page (kupay.md 10); undefined for one that may not be asked for. */
export async function openOwnAmount(
  app: App,
  own: {
    readonly merchant: MerchantTerms
    readonly purpose: 'account' | 'donation'
    readonly currency: Currency
    readonly total: bigint
    readonly forWhat: string
    readonly key: string
    readonly pageUrl: string
  },
): Promise<{ readonly payment: Payment; readonly payUrl: string } | undefined> {
  const { merchant, purpose, currency, total, forWhat, key, pageUrl } = own
  const opened = await openRequest(app, {
    ...{ merchant, currency, total, reference: `/${purpose}/${key}`, callbackUrl: null, email: null },
    details: {
      ...{ face: purpose, id: key, orderNumber: forWhat },
      createdAt: textOf(new Date(millisOf(app.clock.now()))),
      ...{ cancelUrl: pageUrl, paidUrl: pageUrl, orderStatusUrl: null },
    },
  })
  if (!opened.ok) return undefined
  const { payment } = opened.value
  return { payment, payUrl: payUrl(app, merchant, payment.id) }
}
