import type { Currency } from '../../../kernel/currency.ts'
import type { Instant } from '../../../kernel/instant.ts'
import type { Secret } from '../../../kernel/secret.ts'
import type { DiscountRule, DiscountValue } from '../pricing/discount.ts'
import type { Uuid } from './uuid.ts'

/** All prices of an organization are minor units of its one currency. */
export type Organization = {
  readonly uuid: Uuid
  readonly title: string
  readonly currency: Currency
  /** IANA name: where its days and hours are counted */
  readonly timeZone: string
  readonly isEnabled: boolean
}

export type Channel = {
  readonly uuid: Uuid
  readonly title: string
  /** a till in a shop, for rules that ask for it */
  readonly isPos: boolean
  readonly isEnabled: boolean
}

/** Card testing meets these three first; each counts in one server process's memory or in a shared store, as the caller decides. */
export type RateLimits = {
  readonly requestsPerMinute: number
  readonly requestsPerMinutePerAddress: number
  readonly declinesPerHourPerAddress: number
}

export type PaymentInstance = {
  readonly uuid: Uuid
  readonly title: string
  /** which details a request carries: `valitor_greidslugatt` */
  readonly namespace: string
  readonly currency: Currency
  /** name of the connector that takes the payments */
  readonly acquirer: string
  /** networks that may call, `192.0.2.0/24` or one address; empty: anyone */
  readonly ipAllowList: readonly string[]
  readonly rateLimits: RateLimits
  readonly isEnabled: boolean
}

/** As read from a file. Undefined keeps what is stored. */
export type InstanceInFile = PaymentInstance & {
  readonly credentials: Readonly<Record<string, Secret>> | undefined
  /** SHA-256 in hex of the key a caller must show; null: none is asked for */
  readonly bearerKeySha256: string | null | undefined
}

export type Location = { readonly uuid: Uuid; readonly title: string; readonly isEnabled: boolean }

/** One physical object that is sold or let: a room, a table, a bike. */
export type Unit = {
  readonly uuid: Uuid
  readonly title: string
  readonly locationUuid: Uuid | null
  readonly isEnabled: boolean
}

export type DeliveryService = {
  readonly uuid: Uuid
  readonly title: string
  readonly price: bigint
  readonly isEnabled: boolean
}

export type Coupon = {
  readonly uuid: Uuid
  readonly title: string
  readonly value: DiscountValue
  readonly validFrom: Instant | null
  /** the first moment it no longer holds */
  readonly validUntil: Instant | null
  /** least price of the goods, other discounts taken off */
  readonly minimum: bigint
  readonly usageLimit: number | null
  readonly isEnabled: boolean
}

/** A kind of choice, `Size`: an item takes at most one variation of each, and exactly one where it is required. */
export type VariationType = { readonly name: string; readonly isRequired: boolean }

export type Variation = {
  readonly uuid: Uuid
  readonly type: string
  readonly title: string
  /** added to the product's price; may be negative */
  readonly priceChange: bigint
}

export type Product = {
  readonly uuid: Uuid
  readonly title: string
  readonly price: bigint
  readonly productType: string | null
  readonly department: string | null
  readonly categories: readonly string[]
  readonly attributes: readonly string[]
  /** sold by session, with a capacity for each */
  readonly isEvent: boolean
  readonly isEnabled: boolean
  readonly variationTypes: readonly VariationType[]
  readonly variations: readonly Variation[]
}

export type EventStart = { readonly startsAt: Instant; readonly endsAt: Instant | null; readonly capacity: number }

export type ProductInFile = Product & { readonly starts: readonly EventStart[] }

/** Everything one organization sells and takes money with, as a catalogue file gives it. */
export type Catalogue = {
  readonly organization: Organization
  readonly channels: readonly Channel[]
  readonly instances: readonly InstanceInFile[]
  readonly locations: readonly Location[]
  readonly units: readonly Unit[]
  readonly deliveryServices: readonly DeliveryService[]
  readonly coupons: readonly Coupon[]
  readonly discountRules: readonly DiscountRule[]
  readonly products: readonly ProductInFile[]
}
