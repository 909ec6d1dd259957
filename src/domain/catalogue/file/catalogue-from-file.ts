import { assert } from '../../../kernel/assert.ts'
import { type Currency, currencyOf } from '../../../kernel/currency.ts'
import { type Instant, instantFromMillis } from '../../../kernel/instant.ts'
import { Secret } from '../../../kernel/secret.ts'
import type { Catalogue, Coupon, InstanceInFile, Organization, ProductInFile, Unit } from '../model/catalogue.ts'
import { parseUuid, type Uuid } from '../model/uuid.ts'
import type { DiscountConditions, DiscountRule, DiscountValue, QuantityRange } from '../pricing/discount.ts'
import { percentHundredths } from '../pricing/percent.ts'
import type { CatalogueFile } from './file-schema.ts'

type Entry<Key extends keyof CatalogueFile> = NonNullable<CatalogueFile[Key]> extends readonly (infer T)[] ? T : never

/** A checked file with its defaults filled in. Only for a file that `checkCatalogueFile` finds nothing wrong with. */
export function catalogueFromFile(file: CatalogueFile): Catalogue {
  return {
    organization: organizationFrom(file.organization),
    channels: (file.channels ?? []).map((channel) => ({ ...named(channel), isPos: channel.pos ?? false })),
    instances: (file.instances ?? []).map(instanceFrom),
    locations: (file.locations ?? []).map(named),
    units: (file.units ?? []).map(unitFrom),
    deliveryServices: (file.deliveryServices ?? []).map((service) => ({
      ...named(service),
      price: BigInt(service.price),
    })),
    coupons: (file.coupons ?? []).map(couponFrom),
    discountRules: (file.discountRules ?? []).map(ruleFrom),
    products: (file.products ?? []).map(productFrom),
  }
}

function named(entity: { uuid: string; title: string; enabled?: boolean }) {
  return { uuid: uuidFrom(entity.uuid), title: entity.title, isEnabled: entity.enabled ?? true }
}

function organizationFrom(organization: CatalogueFile['organization']): Organization {
  return {
    ...named(organization),
    currency: currencyFrom(organization.currency),
    timeZone: organization.timeZone ?? 'Atlantic/Reykjavik',
  }
}

/** Generous for one shop's till and far below what testing stolen cards needs. */
const defaultLimits = { requestsPerMinute: 600, requestsPerMinutePerAddress: 60, declinesPerHourPerAddress: 20 }

function instanceFrom(instance: Entry<'instances'>): InstanceInFile {
  const credentials = instance.credentials
  return {
    ...named(instance),
    namespace: instance.namespace,
    currency: currencyFrom(instance.currency),
    acquirer: instance.acquirer,
    ipAllowList: instance.ipAllowList ?? [],
    rateLimits: { ...defaultLimits, ...instance.rateLimits },
    credentials:
      credentials && Object.fromEntries(Object.entries(credentials).map(([name, value]) => [name, new Secret(value)])),
    bearerKeySha256: instance.bearerKeySha256,
  }
}

function unitFrom(unit: Entry<'units'>): Unit {
  return { ...named(unit), locationUuid: unit.location ? uuidFrom(unit.location) : null }
}

function couponFrom(coupon: Entry<'coupons'>): Coupon {
  return {
    ...named(coupon),
    value: valueFrom(coupon),
    validFrom: timeFrom(coupon.validFrom),
    validUntil: timeFrom(coupon.validUntil),
    minimum: BigInt(coupon.minimum ?? 0),
    usageLimit: coupon.usageLimit ?? null,
  }
}

function ruleFrom(rule: Entry<'discountRules'>): DiscountRule {
  return {
    machineName: rule.machineName,
    adminTitle: rule.adminTitle,
    name: rule.name,
    sortOrder: rule.sortOrder ?? 0,
    kind: rule.type === 'order' ? 'order' : 'product',
    value: valueFrom(rule),
    isCompatible: rule.compatibleWithOthers ?? true,
    isEnabled: rule.enabled ?? true,
    conditions: conditionsFrom(rule.conditions ?? {}),
  }
}

function conditionsFrom(conditions: NonNullable<Entry<'discountRules'>['conditions']>): DiscountConditions {
  const { products, quantity, unitQuantity, ...same } = conditions
  return {
    ...same,
    ...(products && { products: products.map(uuidFrom) }),
    ...(quantity && { quantity: rangeFrom(quantity) }),
    ...(unitQuantity && { unitQuantity: rangeFrom(unitQuantity) }),
  }
}

function rangeFrom(range: { minimum?: number; maximum?: number | null }): QuantityRange {
  return { minimum: range.minimum ?? 0, maximum: range.maximum ?? null }
}

function productFrom(product: Entry<'products'>): ProductInFile {
  const { variationTypes = [], variations = [], event } = product
  return {
    ...named(product),
    price: BigInt(product.price),
    productType: product.type ?? null,
    department: product.department ?? null,
    categories: product.categories ?? [],
    attributes: product.attributes ?? [],
    isEvent: event !== undefined,
    variationTypes: variationTypes.map((type) => ({ name: type.name, isRequired: type.required ?? false })),
    variations: variations.map((variation) => ({
      uuid: uuidFrom(variation.uuid),
      type: variation.type,
      title: variation.title,
      priceChange: BigInt(variation.priceChange ?? 0),
    })),
    starts: (event?.starts ?? []).map((start) => ({
      startsAt: instantFromMillis(Date.parse(start.startsAt)),
      endsAt: timeFrom(start.endsAt),
      capacity: start.capacity,
    })),
  }
}

function valueFrom({ percent, amount }: { percent?: number; amount?: number }): DiscountValue {
  if (amount !== undefined) return { kind: 'amount', minor: BigInt(amount) }
  const hundredths = percent === undefined ? undefined : percentHundredths(percent)
  assert(hundredths !== undefined, 'a checked file has a percent where it has no amount')
  return { kind: 'percent', hundredths }
}

function timeFrom(text: string | null | undefined): Instant | null {
  return text === undefined || text === null ? null : instantFromMillis(Date.parse(text))
}

function uuidFrom(text: string): Uuid {
  const uuid = parseUuid(text)
  assert(uuid !== undefined, 'a checked file has well-formed uuids')
  return uuid
}

function currencyFrom(code: string): Currency {
  const currency = currencyOf(code)
  assert(currency !== undefined, 'a checked file has known currencies')
  return currency
}
