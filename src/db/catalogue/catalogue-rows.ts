import type { Catalogue } from '../../domain/catalogue/model/catalogue.ts'
import type { DiscountValue } from '../../domain/catalogue/pricing/discount.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/connection.ts'
import type { TableName } from './catalogue-tables.ts'

/** The catalogue as JSON rows for `catalogueTables`: each with its path in the file, bigints and instants as text. */
export function rowsOfCatalogue(catalogue: Catalogue): Readonly<Record<TableName, readonly object[]>> {
  const { channels, instances, locations, units, deliveryServices, coupons, discountRules, products } = catalogue
  return {
    channels: channels.map((channel, index) => ({ ...named(channel, `channels[${index}]`), is_pos: channel.isPos })),
    instances: instances.map((instance, index) => ({
      ...named(instance, `instances[${index}]`),
      namespace: instance.namespace,
      currency: instance.currency,
      acquirer: instance.acquirer,
      ip_allow_list: instance.ipAllowList,
      requests_per_minute: instance.rateLimits.requestsPerMinute,
      requests_per_minute_per_address: instance.rateLimits.requestsPerMinutePerAddress,
      declines_per_hour_per_address: instance.rateLimits.declinesPerHourPerAddress,
    })),
    locations: locations.map((location, index) => named(location, `locations[${index}]`)),
    units: units.map((unit, index) => ({ ...named(unit, `units[${index}]`), location_uuid: unit.locationUuid })),
    deliveryServices: deliveryServices.map((service, index) => ({
      ...named(service, `deliveryServices[${index}]`),
      price: String(service.price),
    })),
    coupons: coupons.map((coupon, index) => ({
      ...named(coupon, `coupons[${index}]`),
      ...valued(coupon.value),
      valid_from: timeText(coupon.validFrom),
      valid_until: timeText(coupon.validUntil),
      minimum: String(coupon.minimum),
      usage_limit: coupon.usageLimit,
    })),
    discountRules: discountRules.map((rule, index) => ({
      machine_name: rule.machineName,
      path: `discountRules[${index}].machineName`,
      admin_title: rule.adminTitle,
      name: rule.name,
      sort_order: rule.sortOrder,
      kind: rule.kind,
      ...valued(rule.value),
      is_compatible: rule.isCompatible,
      conditions: rule.conditions,
      is_enabled: rule.isEnabled,
    })),
    products: products.map((product, index) => ({
      ...named(product, `products[${index}]`),
      price: String(product.price),
      product_type: product.productType,
      department: product.department,
      categories: product.categories,
      attributes: product.attributes,
      is_event: product.isEvent,
      variation_types: product.variationTypes,
    })),
    variations: products.flatMap((product, at) =>
      product.variations.map((variation, position) => ({
        uuid: variation.uuid,
        path: `products[${at}].variations[${position}].uuid`,
        product_uuid: product.uuid,
        position,
        type: variation.type,
        title: variation.title,
        price_change: String(variation.priceChange),
      })),
    ),
  }
}

function named(entity: { uuid: string; title: string; isEnabled: boolean }, path: string) {
  return { uuid: entity.uuid, path: `${path}.uuid`, title: entity.title, is_enabled: entity.isEnabled }
}

function valued(value: DiscountValue) {
  return value.kind === 'percent'
    ? { percent_hundredths: value.hundredths, amount: null }
    : { percent_hundredths: null, amount: String(value.minor) }
}

function timeText(instant: Instant | null): string | null {
  return instant === null ? null : timestampText(instant)
}
