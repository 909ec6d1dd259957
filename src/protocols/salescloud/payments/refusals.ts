import type { CatalogueRefusal } from '../../../domain/catalogue/pricing/refusal.ts'
import type { RejectionOf } from '../../../domain/payment/rejection.ts'
import { isoOf } from '../../../kernel/instant.ts'
import { decimalOf, type Money } from '../../../kernel/money.ts'
import { inWords, type Words } from '../../../kernel/words.ts'
import type { Issue } from '../issue.ts'
import { type Refusal, refusal } from './answer.ts'
import type { CodeName } from './codes.ts'

/** `field` says where, and the message in words what. Neither quotes what was sent. */
export function invalid({ field, rule }: Issue): Refusal {
  return refusal('invalid_request', `The request is not valid: ${field} ${rule}.`, { field })
}

/** The instance's own, which every answer names, is told: the caller can mend the request with it. */
export function wrongNamespace(expected: string): Refusal {
  return at('namespace_mismatch', 'namespace', `The namespace must be that of the payment instance: ${expected}.`)
}

export function wrongCurrency(expected: string): Refusal {
  return at('currency_not_allowed', 'currency_code', `The currency must be that of the payment instance: ${expected}.`)
}

/** Every way an order can differ from the catalogue (docs/decisions/0004). */
const catalogueWords: Words<CatalogueRefusal, Refusal> = {
  not_found: ({ entity, path }) => at('not_in_catalogue', path, `The ${entity.replace('_', ' ')} does not exist.`),
  currency_mismatch: ({ path, expected }) =>
    at('currency_not_allowed', path, `The prices of this organization are in ${expected}.`),
  too_many_items: ({ maximum }) => at('not_sold_like_this', 'items', `An order has at most ${maximum} items.`),
  quantity_invalid: ({ path, maximum }) =>
    at('not_sold_like_this', path, `The quantity must be a whole number from 1 to ${maximum}.`),
  discount_percent_invalid: ({ path }) =>
    at('not_sold_like_this', path, 'The discount must be from 0 to 100 percent, with at most two decimals.'),
  variation_not_of_item: ({ path }) => at('not_sold_like_this', path, 'The variation does not belong to the item.'),
  variation_type_repeated: ({ path, type }) =>
    at('not_sold_like_this', path, `The item has more than one variation of the type ${type}.`),
  variation_required: ({ path, type }) =>
    at('not_sold_like_this', path, `The item needs a variation of the type ${type}.`),
  not_an_event: ({ path }) => at('not_sold_like_this', path, 'The item is not an event and has no start.'),
  start_required: ({ path }) => at('not_sold_like_this', path, 'The item is an event and needs a start.'),
  start_unknown: ({ path, looksLikeSeconds }) =>
    at(
      'not_sold_like_this',
      path,
      `The event does not start then.${looksLikeSeconds ? ' The time is in milliseconds.' : ''}`,
    ),
  start_passed: ({ path }) => at('not_sold_like_this', path, 'The event is over.'),
  end_invalid: ({ path, expected }) =>
    at('not_sold_like_this', path, `The event does not end then.${expected ? ` It ends at ${isoOf(expected)}.` : ''}`),
  sold_out: ({ path, left }) => soldOut(left, path),
  delivery_price_without_service: ({ path }) =>
    at('not_sold_like_this', path, 'A delivery price needs a delivery service.'),
  delivery_price_mismatch: ({ path, expected }) =>
    at('not_sold_like_this', path, `The delivery costs ${priceOf(expected)}.`),
  delivery_time_invalid: ({ path, daysBack, daysAhead, looksLikeMilliseconds }) => {
    const range = `The delivery time must be from ${daysBack} day ago to ${daysAhead} days ahead, in seconds since 1970`
    return at('not_sold_like_this', path, `${range}${looksLikeMilliseconds ? ', not milliseconds' : ''}.`)
  },
  unit_not_at_location: ({ path }) => at('not_sold_like_this', path, 'The unit is at another location.'),
  coupon_not_valid_now: ({ path }) => at('coupon_refused', path, 'The coupon is not valid now.'),
  coupon_used_up: () => couponUsedUp,
  coupon_below_minimum: ({ path, minimum }) =>
    at('coupon_refused', path, `The coupon needs goods for at least ${priceOf(minimum)}.`),
  discount_not_granted: ({ path, granted }) =>
    at(
      'not_sold_like_this',
      path,
      granted ? `The discount is ${priceOf(granted)}.` : 'The discount does not apply to this order.',
    ),
  amount_mismatch: ({ computed, given }) =>
    refusal('amount_mismatch', `The total of the order is ${priceOf(computed)}, and the amount is ${priceOf(given)}.`, {
      field: 'amount',
      computedTotal: Number(computed.minor),
    }),
}

export function refusedByCatalogue(refused: CatalogueRefusal): Refusal {
  return inWords(catalogueWords, refused)
}

/** What the engine may say to a new payment. */
const words: Words<RejectionOf<'request'>, Refusal> = {
  amount_not_positive: () => refusal('amount_not_allowed'),
  amount_above_maximum: ({ maximum, currency }) =>
    at('amount_not_allowed', 'amount', `The amount is above the maximum of ${priceOf({ currency, minor: maximum })}.`),
  amount_below_minimum: ({ minimum, currency }) =>
    at('amount_not_allowed', 'amount', `The amount is below the minimum of ${priceOf({ currency, minor: minimum })}.`),
  key_reused: () => refusal('duplicate_request'),
  sold_out: ({ left }) => soldOut(left, 'items'),
  coupon_used_up: () => couponUsedUp,
  // These payments have no life of their own that could be out of range: a mistake of ours.
  period_out_of_range: () => refusal('internal_error'),
}

export function refusedByEngine(rejection: RejectionOf<'request'>): Refusal {
  return inWords(words, rejection)
}

const couponUsedUp = at('coupon_refused', 'coupon', 'The coupon has no uses left.')

function soldOut(left: number, path: string): Refusal {
  const few = `Only ${left} ${left === 1 ? 'seat is' : 'seats are'} left.`
  return refusal('sold_out', left > 0 ? few : 'The event is sold out.', { field: path, left })
}

function at(code: CodeName, field: string, message: string): Refusal {
  return refusal(code, message, { field })
}

function priceOf(price: Money): string {
  return `${decimalOf(price)} ${price.currency}`
}
