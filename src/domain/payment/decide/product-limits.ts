import { assert } from '../../../kernel/assert.ts'
import type { Currency } from '../../../kernel/currency.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import type { MerchantTerms } from '../../merchant/terms.ts'
import type { RejectionFor } from '../rejection.ts'

export type LimitRefusal = RejectionFor<'amount_above_maximum' | 'amount_below_minimum'>

export type AgreementRefusal = LimitRefusal | RejectionFor<'product_not_agreed'>

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
export function notAgreed(sold: Sold, merchant: MerchantTerms): AgreementRefusal | undefined {
  const isAgreed = merchant.products.some(({ product }) => product === sold.product)
  return isAgreed ? outsideLimits(sold, merchant) : { reason: 'product_not_agreed', product: sold.product }
}

/**
 * The first of these products that the amount is sold as. Where none is, the refusal names the limit that is nearest: nobody is told of 500
 * who may pay 2,000 with another product.
 */
export function firstAgreed(
  products: readonly string[],
  sold: Omit<Sold, 'product'>,
  merchant: MerchantTerms,
): Result<string, AgreementRefusal> {
  const refusals: AgreementRefusal[] = []
  for (const product of products) {
    const refusal = notAgreed({ ...sold, product }, merchant)
    if (!refusal) return ok(product)
    refusals.push(refusal)
  }
  const [nearest] = refusals.toSorted((one, other) => distanceOf(one, sold.total) - distanceOf(other, sold.total))
  assert(nearest !== undefined, 'an order is sold as something')
  return refuse(nearest)
}

function distanceOf(refusal: AgreementRefusal, total: bigint): number {
  if (refusal.reason === 'amount_above_maximum') return Number(total - refusal.maximum)
  return refusal.reason === 'amount_below_minimum' ? Number(refusal.minimum - total) : Number.POSITIVE_INFINITY
}
