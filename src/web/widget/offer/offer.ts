import { type Instalment, instalmentPlan } from '../../../domain/instalments/plan.ts'
import { type Frequency, type InstalmentProduct, productRules } from '../../../domain/instalments/products.ts'
import type { Instant } from '../../../kernel/instant.ts'
import { type Money, money } from '../../../kernel/money.ts'
import type { ProductRange, Terms } from './terms.ts'

/** One way to pay the price: never without an instalment. */
export type Plan = {
  readonly product: InstalmentProduct
  readonly instalments: readonly [Instalment, ...Instalment[]]
}

/** Undefined: there is nothing to show. */
export type Offer =
  | undefined
  | {
      /** of the best plan */
      readonly product: InstalmentProduct
      readonly price: Money
      /** the best one first */
      readonly plans: readonly [Plan, ...Plan[]]
    }
  /** `missing` more would make it an offer, from `minimum` on */
  | {
      readonly product: InstalmentProduct
      readonly price: Money
      readonly plans?: undefined
      readonly missing: Money
      readonly minimum: Money
    }

export type Question = {
  readonly terms: Terms
  /** minor units of the terms' currency; undefined while the page shows none */
  readonly price: bigint | undefined
  /** what the shop narrows the merchant's limits to, minor units */
  readonly minimum?: bigint | undefined
  readonly maximum?: bigint | undefined
  /** empty: all the merchant has */
  readonly products: readonly InstalmentProduct[]
  readonly frequency?: Frequency | undefined
  /** whether a price below the range is answered with what is missing */
  readonly showsProgress: boolean
  readonly now: Instant
}

/** What a shopper may be shown for this price: exactly the plans that the checkout would make now. */
export function offerFor(question: Question): Offer {
  const { terms, price, frequency, showsProgress, now } = question
  if (!price) return undefined
  const total = money(terms.currency, price)
  const ranges = rangesOf(question)
  const plans = ranges
    .filter(({ minimum, maximum }) => price >= minimum && price <= maximum)
    .map(({ product }) => {
      const instalments = instalmentPlan({ product, total, start: now, frequency, zone: terms.timeZone })
      return { product, instalments: instalments as Plan['instalments'] }
    })
  const [best, ...others] = plans
  if (best) return { product: best.product, price: total, plans: [best, ...others] }
  const [next] = ranges.filter(({ minimum }) => price < minimum).sort((a, b) => Number(a.minimum - b.minimum))
  if (!next || !showsProgress) return undefined
  const missing = money(terms.currency, next.minimum - price)
  return { product: next.product, price: total, missing, minimum: money(terms.currency, next.minimum) }
}

/** The merchant's products that the shop asks for, each within what both allow, the best one first. */
function rangesOf({ terms, products, minimum: least = 0n, maximum: most }: Question): readonly ProductRange[] {
  return terms.products
    .filter(({ product }) => !products[0] || products.includes(product))
    .map(({ product, minimum, maximum }) => ({
      product,
      minimum: least > minimum ? least : minimum,
      maximum: most && most < maximum ? most : maximum,
    }))
    .filter(({ minimum, maximum }) => minimum <= maximum)
    .sort(bestFirst)
}

/** The smallest payments first: they are what a shopper looks for (decision 0040). */
function bestFirst(one: ProductRange, other: ProductRange): number {
  return productRules[other.product].count - productRules[one.product].count
}
