import {
  byProductOrder,
  type Frequency,
  isInstalmentProduct,
  productRules,
} from '../../../domain/instalments/products.ts'
import type { MerchantTerms, ProductLimits } from '../../../domain/merchant/terms.ts'
import { assert } from '../../../kernel/assert.ts'
import { currencyOf } from '../../../kernel/currency.ts'
import { amountText } from './money-text.ts'

/**
 * `GET /v2/configurations` (scalapay.md 11.1): one object for the first product of the contract, undefined without any.
 * `numberOfPayments` is a string and the description carries its quotes, as clients compare and cast them.
 */
export function configurationV2(merchant: MerchantTerms, publicUrl: string): string | undefined {
  const limits = merchant.products.find(({ product }) => product === 'pay-in-3') ?? merchant.products[0]
  if (!limits) return undefined
  const count = isInstalmentProduct(limits.product) ? productRules[limits.product].count : 1
  return `{"type":"PAY_BY_INSTALLMENT","description":"'Pay over time'",${limitsText(merchant, limits)},"numberOfPayments":"${count}","promotionUrl":${JSON.stringify(`${publicUrl}/how-it-works`)},"locales":["en","fr","it"]}`
}

/** `GET /v3/configurations`: an array with one element per product of the contract, pay-in-3 first as in the sandbox. */
export function configurationV3(merchant: MerchantTerms): string {
  const elements = merchant.products.toSorted(byProductOrder).map((limits) => {
    const frequency = JSON.stringify(frequencyOf(limits.product))
    return `{"type":"online","product":${JSON.stringify(limits.product)},"frequency":${frequency},"configuration":{${limitsText(merchant, limits)}}}`
  })
  return `[${elements.join(',')}]`
}

function frequencyOf(product: string): Frequency {
  return productRules[isInstalmentProduct(product) ? product : 'pay-in-3'].frequency
}

function limitsText(merchant: MerchantTerms, { minimum, maximum }: ProductLimits): string {
  const currency = currencyOf(merchant.currency)
  assert(currency !== undefined, 'a merchant has a known currency')
  return `"minimumAmount":${amountText(minimum, currency)},"maximumAmount":${amountText(maximum, currency)}`
}
