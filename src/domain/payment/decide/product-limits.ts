import type { Currency } from '../../../kernel/currency.ts'
import type { MerchantTerms } from '../../merchant/terms.ts'
import type { RejectionFor } from '../rejection.ts'

export type LimitRefusal = RejectionFor<'amount_above_maximum' | 'amount_below_minimum'>

type Sold = { readonly product: string; readonly total: bigint; readonly currency: Currency }

/** Why an amount is not sold as this product, where limits were agreed for it. */
export function outsideLimits(
  { product, total, currency }: Sold,
  { products }: MerchantTerms,
): LimitRefusal | undefined {
  const limits = products.find((each) => each.product === product)
  if (limits && total > limits.maximum) return { reason: 'amount_above_maximum', maximum: limits.maximum, currency }
  if (limits && total < limits.minimum) return { reason: 'amount_below_minimum', minimum: limits.minimum, currency }
  return undefined
}

/** The same for what is sold by agreement alone. */
export function notAgreed(
  sold: Sold,
  merchant: MerchantTerms,
): LimitRefusal | RejectionFor<'product_not_agreed'> | undefined {
  const isAgreed = merchant.products.some(({ product }) => product === sold.product)
  return isAgreed ? outsideLimits(sold, merchant) : { reason: 'product_not_agreed', product: sold.product }
}
