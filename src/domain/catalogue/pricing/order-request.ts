import type { Currency } from '../../../kernel/currency.ts'
import { type Instant, instantFromMillis } from '../../../kernel/instant.ts'
import { parseUuid, type Uuid } from '../model/uuid.ts'

/** One entry of `items` with the types of the wire checked and nothing more (salescloud.md 1). */
export type OrderItem = {
  readonly uuid: string
  readonly quantity: number
  readonly discountPercent: number | null
  /** milliseconds since 1970; null or 0 when the item has no start */
  readonly startsAtMs: number | null
  readonly endsAtMs: number | null
  readonly variations: readonly string[]
}

/** An entry of `discounts`: the caller's word that it counted this rule in. */
export type ClaimedDiscount = { readonly machineName: string; readonly amount: bigint | null }

export type OrderRequest = {
  /** minor units of `currency`, what the caller wants charged */
  readonly amount: bigint
  readonly currency: Currency
  /** empty: the amount stands as given */
  readonly items: readonly OrderItem[]
  readonly deliveryServiceUuid: string | null
  readonly deliveryServicePrice: { readonly amount: bigint; readonly currency: string } | null
  readonly coupon: string | null
  readonly location: string | null
  readonly unit: string | null
  /** seconds since 1970 */
  readonly deliveryTime: number | null
  readonly discounts: readonly ClaimedDiscount[]
  /** a property of the sales channel */
  readonly isPos: boolean
  /** who buys, when the caller has established it. The payment request itself proves nobody's identity: null there. */
  readonly user: string | null
  /** labels of the order that its merchant set, not its shopper: none in a payment request */
  readonly tags: readonly string[]
}

export type SessionKey = { readonly productUuid: Uuid; readonly startsAt: Instant }

/** What of the catalogue an order speaks of: the keys of the one statement that loads its facts. */
export type OrderKeys = {
  readonly products: readonly Uuid[]
  readonly starts: readonly SessionKey[]
  readonly deliveryService: Uuid | null
  readonly coupon: Uuid | null
  readonly location: Uuid | null
  readonly unit: Uuid | null
}

/** Malformed uuids and times are left out: nothing is found for them, so `priceOrder` refuses them like unknown ones. */
export function keysOfOrder(request: OrderRequest): OrderKeys {
  const items = request.items.slice(0, maximumItems)
  const starts = items.flatMap((item): SessionKey[] => {
    const productUuid = parseUuid(item.uuid)
    const startsAt = startOf(item)
    return productUuid !== undefined && startsAt !== null ? [{ productUuid, startsAt }] : []
  })
  return {
    products: [...new Set(items.flatMap((item) => parseUuid(item.uuid) ?? []))],
    starts,
    deliveryService: uuidOrNull(request.deliveryServiceUuid),
    coupon: uuidOrNull(request.coupon),
    location: uuidOrNull(request.location),
    unit: uuidOrNull(request.unit),
  }
}

/** More lines than any till prints; bounds the work that one unauthenticated request can cause. */
export const maximumItems = 200

/** Units of one line. */
export const maximumQuantity = 10_000

/** 9999-12-31: later times are not dates in the database either. */
const latestMs = 253_402_300_799_000

/** A time of the wire in milliseconds; null when it is absent, 0 (the contract's example sends 0 for none) or no time at all. */
export function timeFromMs(ms: number | null): Instant | null {
  if (ms === null || !Number.isSafeInteger(ms) || ms <= 0 || ms > latestMs) return null
  return instantFromMillis(ms)
}

export function startOf(item: OrderItem): Instant | null {
  return timeFromMs(item.startsAtMs)
}

function uuidOrNull(text: string | null): Uuid | null {
  return text === null ? null : (parseUuid(text) ?? null)
}
