import { type InstalmentProduct, instalmentProducts, productRules } from '../../../domain/instalments/products.ts'

/**
 * The attributes of the three generations, and ours (`currency`, `travel-date`), that the program reads. The style sheet alone reads
 * `alignment`, `background`, `dark-mode`, `font-size`, `logo-color` and `theme`, and nobody `environment`: the server that a widget comes
 * from is the one that it asks.
 */
export type AttributeName =
  | 'amount'
  | 'amount-selectors'
  | 'amount-separator'
  | 'channel'
  | 'currency'
  | 'currency-display'
  | 'currency-position'
  | 'frequency-number'
  | 'hide'
  | 'hide-price'
  | 'learn-more'
  | 'locale'
  | 'logo-size'
  | 'max'
  | 'max-amount'
  | 'max-width'
  | 'merchant-token'
  | 'min'
  | 'min-amount'
  | 'number-of-installments'
  | 'numberofpayments'
  | 'product'
  | 'product-type'
  | 'show-title'
  | 'spend-progress'
  | 'travel-date'
  | 'type'

/** Reads an attribute: null when it is absent. */
export type Attributes = (name: AttributeName) => string | null

/** The products that a shop asks for by `product-type` (`[pay-in-3]`, JSON or not) or by a number of instalments; empty: all. */
export function productsAsked(read: Attributes): readonly InstalmentProduct[] {
  const named = read('product-type')?.match(/[\w-]+/g)
  const count = Number(read('number-of-installments') ?? read('numberofpayments'))
  return instalmentProducts.filter((product) => named?.includes(product) ?? productRules[product].count === count)
}
