import type { Instant } from '../../../kernel/instant.ts'
import type { Money } from '../../../kernel/money.ts'

export type CatalogueEntity =
  | 'organization'
  | 'product'
  | 'variation'
  | 'delivery_service'
  | 'coupon'
  | 'location'
  | 'unit'

/**
 * Why an order is not what the catalogue says, each with the facts its message needs. `path` names the place in the
 * request as its sender wrote it: `items[0].variations[1].uuid`. A malformed uuid, one of another organization and one
 * that was withdrawn are all `not_found`: none of them can be told apart from outside.
 */
export type CatalogueRefusal =
  | { readonly reason: 'not_found'; readonly entity: CatalogueEntity; readonly path: string }
  | { readonly reason: 'currency_mismatch'; readonly path: string; readonly expected: string }
  | { readonly reason: 'too_many_items'; readonly maximum: number }
  | { readonly reason: 'quantity_invalid'; readonly path: string; readonly maximum: number }
  | { readonly reason: 'discount_percent_invalid'; readonly path: string }
  | { readonly reason: 'variation_not_of_item'; readonly path: string }
  | { readonly reason: 'variation_type_repeated'; readonly path: string; readonly type: string }
  | { readonly reason: 'variation_required'; readonly path: string; readonly type: string }
  /** a start for an item that is not sold by session */
  | { readonly reason: 'not_an_event'; readonly path: string }
  | { readonly reason: 'start_required'; readonly path: string }
  | { readonly reason: 'start_unknown'; readonly path: string; readonly looksLikeSeconds: boolean }
  | { readonly reason: 'start_passed'; readonly path: string }
  | { readonly reason: 'end_invalid'; readonly path: string; readonly expected: Instant | null }
  | { readonly reason: 'sold_out'; readonly path: string; readonly left: number }
  | { readonly reason: 'delivery_price_without_service'; readonly path: string }
  | { readonly reason: 'delivery_price_mismatch'; readonly path: string; readonly expected: Money }
  | {
      readonly reason: 'delivery_time_invalid'
      readonly path: string
      readonly daysBack: number
      readonly daysAhead: number
      readonly looksLikeMilliseconds: boolean
    }
  | { readonly reason: 'unit_not_at_location'; readonly path: string }
  | { readonly reason: 'coupon_not_valid_now'; readonly path: string }
  | { readonly reason: 'coupon_used_up'; readonly path: string }
  | { readonly reason: 'coupon_below_minimum'; readonly path: string; readonly minimum: Money }
  /** a listed discount that the catalogue does not grant this order, or grants in another amount */
  | { readonly reason: 'discount_not_granted'; readonly path: string; readonly granted: Money | null }
  | { readonly reason: 'amount_mismatch'; readonly computed: Money; readonly given: Money }
