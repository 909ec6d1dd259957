import type { Uuid } from '../model/uuid.ts'

/** What a discount takes off: a share in hundredths of a percent, or minor units of the organization's currency. */
export type DiscountValue =
  | { readonly kind: 'percent'; readonly hundredths: number }
  | { readonly kind: 'amount'; readonly minor: bigint }

export type QuantityRange = { readonly minimum: number; readonly maximum: number | null }

/**
 * When a rule applies (decision 0004). An absent condition holds always; a list holds when
 * one of its entries does, except `products`: the order must contain all of them.
 */
export type DiscountConditions = {
  readonly users?: readonly string[]
  readonly products?: readonly Uuid[]
  readonly productTypes?: readonly string[]
  readonly attributes?: readonly string[]
  readonly isPos?: boolean
  /** 1 is Monday, 7 is Sunday, in the organization's time zone */
  readonly daysOfWeek?: readonly number[]
  /** part of the product's title, in any case */
  readonly itemTitle?: string
  /** of every three matching units the cheapest one takes the discount */
  readonly threeForTwo?: boolean
  readonly orderTags?: readonly string[]
  /** whole hours, `from` included and `to` not; 22 to 4 spans midnight */
  readonly hours?: { readonly from: number; readonly to: number }
  readonly departments?: readonly string[]
  readonly categories?: readonly string[]
  /** units of all matching lines together */
  readonly quantity?: QuantityRange
  /** units of one line */
  readonly unitQuantity?: QuantityRange
}

export type DiscountRule = {
  /** unique within the organization: `discount_happyhour` */
  readonly machineName: string
  /** what administrators see */
  readonly adminTitle: string
  /** what shoppers see */
  readonly name: string
  readonly sortOrder: number
  /** off the matching lines (an amount: off each unit), or once off the whole order */
  readonly kind: 'product' | 'order'
  readonly value: DiscountValue
  /** false: never together with another rule on the same line */
  readonly isCompatible: boolean
  readonly isEnabled: boolean
  readonly conditions: DiscountConditions
}
