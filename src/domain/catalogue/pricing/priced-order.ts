import type { Currency } from '../../../kernel/currency.ts'
import type { Instant } from '../../../kernel/instant.ts'
import type { Product, Variation } from '../model/catalogue.ts'
import type { Uuid } from '../model/uuid.ts'

/** One item at the catalogue's price. `gross` is unit price times quantity; discounts stand beside the lines. */
export type PricedLine = {
  readonly product: Product
  readonly variations: readonly Variation[]
  readonly quantity: number
  readonly unitPrice: bigint
  readonly gross: bigint
  /** what the till gave on this line, hundredths of a percent */
  readonly discountHundredths: number
  readonly startsAt: Instant | null
  readonly endsAt: Instant | null
}

/** A positive amount taken off. `line` is the index of the line it is off, null for the whole order. */
export type AppliedDiscount = {
  readonly source: 'item' | 'rule' | 'coupon'
  /** a rule's machine name, a coupon's uuid; null for the till's own */
  readonly reference: string | null
  /** what the shopper sees */
  readonly name: string | null
  readonly line: number | null
  readonly amount: bigint
}

/** Units of one session that the order reserves. */
export type EventReservation = { readonly productUuid: Uuid; readonly startsAt: Instant; readonly quantity: number }

/** All amounts are minor units, and `subtotal - discountTotal + delivery = total` for a priced order. */
export type PricedOrder = {
  /** false: no items were given, and the total is the amount as it came */
  readonly isPriced: boolean
  readonly currency: Currency
  readonly lines: readonly PricedLine[]
  readonly discounts: readonly AppliedDiscount[]
  readonly subtotal: bigint
  readonly discountTotal: bigint
  readonly delivery: { readonly uuid: Uuid; readonly title: string; readonly price: bigint } | null
  readonly total: bigint
  readonly reservations: readonly EventReservation[]
  /** a coupon whose uses are counted; null also for one without a limit */
  readonly couponUse: Uuid | null
}
