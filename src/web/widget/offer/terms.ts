import { type InstalmentProduct, isInstalmentProduct } from '../../../domain/instalments/products.ts'
import { type Currency, currencyOf, EUR } from '../../../kernel/currency.ts'
import { type Attributes, productsAsked } from './attributes.ts'

/** What a merchant sells in instalments, for which prices: all that the widget may know of it. */
export type Terms = {
  readonly currency: Currency
  /** IANA name: the plan's dates are days of this zone */
  readonly timeZone: string
  readonly products: readonly ProductRange[]
}

/** Smallest and largest price, minor units. */
export type ProductRange = { readonly product: InstalmentProduct; readonly minimum: bigint; readonly maximum: bigint }

/** As `GET /widget/v5/merchants/{token}` answers: amounts are whole numbers of minor units, as texts. */
export type TermsOnWire = {
  readonly currency: string
  readonly timeZone: string
  readonly products: readonly { readonly product: string; readonly minimum: string; readonly maximum: string }[]
}

/** Products that this version does not know are left out: the server may be newer than a cached widget. */
export function termsOf({ currency, timeZone, products }: TermsOnWire): Terms {
  return {
    currency: currencyOf(currency) ?? EUR,
    timeZone,
    products: products.flatMap(({ product, minimum, maximum }) =>
      isInstalmentProduct(product) ? [{ product, minimum: BigInt(minimum), maximum: BigInt(maximum) }] : [],
    ),
  }
}

/** More than any price, still within what the ledger holds. */
const noMaximum = 2n ** 62n

/** Where a shop names no merchant: the products it asks for, pay in 3 without any, at every price. */
export function termsWithoutToken(read: Attributes): Terms {
  const [first = 'pay-in-3', ...others] = productsAsked(read)
  return {
    currency: currencyOf(read('currency') ?? '') ?? EUR,
    timeZone: 'Europe/Rome',
    products: [first, ...others].map((product) => ({ product, minimum: 1n, maximum: noMaximum })),
  }
}
