import type { Currency } from '../../../kernel/currency.ts'
import type { Instant } from '../../../kernel/instant.ts'
import type { Catalogue, Coupon, DeliveryService, Location, Product, Unit } from '../model/catalogue.ts'
import type { Uuid } from '../model/uuid.ts'
import type { DiscountRule } from './discount.ts'
import type { OrderKeys } from './order-request.ts'

/** A session as it stands: `taken` of `capacity` are sold or held. */
export type StartFact = {
  readonly productUuid: Uuid
  readonly startsAt: Instant
  readonly endsAt: Instant | null
  readonly capacity: number
  readonly taken: number
}

/** Everything `priceOrder` may know: only enabled entities of the one organization, only what the order speaks of. */
export type CatalogueFacts = {
  readonly currency: Currency
  readonly timeZone: string
  readonly products: readonly Product[]
  readonly starts: readonly StartFact[]
  readonly deliveryService: DeliveryService | null
  readonly coupon: (Coupon & { readonly used: number }) | null
  readonly location: Location | null
  readonly unit: Unit | null
  readonly rules: readonly DiscountRule[]
}

/** The facts of an order straight from a catalogue of which nothing is sold yet: what the database answers after its import. */
export function factsOf(catalogue: Catalogue, keys: OrderKeys): CatalogueFacts {
  const coupon = enabled(catalogue.coupons, keys.coupon)
  return {
    currency: catalogue.organization.currency,
    timeZone: catalogue.organization.timeZone,
    products: catalogue.products
      .filter((product) => product.isEnabled && keys.products.includes(product.uuid))
      .map(({ starts: _starts, ...product }) => product),
    starts: keys.starts.flatMap((key) => startFact(catalogue, key.productUuid, key.startsAt) ?? []),
    deliveryService: enabled(catalogue.deliveryServices, keys.deliveryService),
    coupon: coupon && { ...coupon, used: 0 },
    location: enabled(catalogue.locations, keys.location),
    unit: enabled(catalogue.units, keys.unit),
    rules: catalogue.discountRules.filter((rule) => rule.isEnabled),
  }
}

function startFact(catalogue: Catalogue, productUuid: Uuid, startsAt: Instant): StartFact | undefined {
  const product = catalogue.products.find((each) => each.uuid === productUuid)
  const start = product?.starts.find((each) => each.startsAt === startsAt)
  return start && { productUuid, ...start, taken: 0 }
}

function enabled<T extends { uuid: Uuid; isEnabled: boolean }>(entities: readonly T[], uuid: Uuid | null): T | null {
  return entities.find((entity) => entity.isEnabled && entity.uuid === uuid) ?? null
}
