import type { Pool } from 'pg'
import type {
  Coupon,
  DeliveryService,
  Location,
  Product,
  Unit,
  Variation,
} from '../../domain/catalogue/model/catalogue.ts'
import type { Uuid } from '../../domain/catalogue/model/uuid.ts'
import type { DiscountRule, DiscountValue } from '../../domain/catalogue/pricing/discount.ts'
import type { CatalogueFacts, StartFact } from '../../domain/catalogue/pricing/facts.ts'
import type { OrderKeys } from '../../domain/catalogue/pricing/order-request.ts'
import type { Currency } from '../../kernel/currency.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { type Instant, instantFromMicros } from '../../kernel/instant.ts'
import { timestampText } from '../wire/connection.ts'

type Queryable = Pick<Pool, 'query'>

type ValueJson = { percentHundredths: number | null; amount: string | null }
type FactsRow = {
  currency: Currency
  time_zone: string
  products: (Omit<Product, 'price' | 'variations'> & { price: string; variations: VariationJson[] })[]
  starts: (Omit<StartFact, 'startsAt' | 'endsAt'> & { startsAt: string; endsAt: string | null })[]
  delivery_service: (Omit<DeliveryService, 'price'> & { price: string }) | null
  coupon: CouponJson | null
  location: Location | null
  unit: Unit | null
  rules: (Omit<DiscountRule, 'value'> & ValueJson)[]
}
type VariationJson = Omit<Variation, 'priceChange'> & { priceChange: string }
type CouponJson = Omit<Coupon, 'value' | 'validFrom' | 'validUntil' | 'minimum'> &
  ValueJson & { validFrom: string | null; validUntil: string | null; minimum: string; used: number }

/**
 * The facts that one order needs, in one round trip, by primary keys (and the organization's few rules). Undefined when the
 * merchant has no such organization or it is disabled. Disabled entities are not found.
 */
export async function loadOrderFacts(
  db: Queryable,
  merchantId: MerchantId,
  organization: Uuid,
  keys: OrderKeys,
): Promise<CatalogueFacts | undefined> {
  const { rows } = await db.query<FactsRow>({
    name: 'load_order_facts',
    text: factsStatement,
    values: [
      merchantId,
      organization,
      keys.products,
      keys.starts.map((key) => key.productUuid),
      keys.starts.map((key) => timestampText(key.startsAt)),
      keys.deliveryService,
      keys.coupon,
      keys.location,
      keys.unit,
      keys.products.length > 0,
    ],
  })
  return rows[0] && factsFromRow(rows[0])
}

const microsOf = (column: string) => `(extract(epoch from ${column}) * 1000000)::bigint::text`
const ofOrganization = (alias: string) =>
  `${alias}.merchant_id = o.merchant_id and ${alias}.organization_uuid = o.organization_uuid and ${alias}.is_enabled`
const value = (alias: string) => `'percentHundredths', ${alias}.percent_hundredths, 'amount', ${alias}.amount::text`
const named = (alias: string) => `'uuid', ${alias}.uuid, 'title', ${alias}.title, 'isEnabled', true`

const factsStatement = `
select o.currency, o.time_zone,
  (select coalesce(jsonb_agg(jsonb_build_object(${named('p')}, 'price', p.price::text,
      'productType', p.product_type, 'department', p.department, 'categories', p.categories,
      'attributes', p.attributes, 'isEvent', p.is_event, 'variationTypes', p.variation_types,
      'variations', (select coalesce(jsonb_agg(jsonb_build_object('uuid', v.uuid, 'type', v.type, 'title', v.title,
          'priceChange', v.price_change::text) order by v.position), '[]')
        from catalogue_variation v where v.merchant_id = p.merchant_id and v.product_uuid = p.uuid)
    ) order by p.uuid), '[]')
    from catalogue_product p where ${ofOrganization('p')} and p.uuid = any($3::uuid[])) as products,
  (select coalesce(jsonb_agg(jsonb_build_object('productUuid', e.product_uuid, 'startsAt', ${microsOf('e.starts_at')},
      'endsAt', ${microsOf('e.ends_at')}, 'capacity', e.capacity, 'taken', e.taken)), '[]')
    from (select distinct * from unnest($4::uuid[], $5::timestamptz[])) as k (product_uuid, starts_at)
    join event_capacity e on e.merchant_id = o.merchant_id and e.product_uuid = k.product_uuid
      and e.starts_at = k.starts_at) as starts,
  (select jsonb_build_object(${named('d')}, 'price', d.price::text)
    from catalogue_delivery_service d where ${ofOrganization('d')} and d.uuid = $6::uuid) as delivery_service,
  (select jsonb_build_object(${named('c')}, ${value('c')}, 'validFrom', ${microsOf('c.valid_from')},
      'validUntil', ${microsOf('c.valid_until')}, 'minimum', c.minimum::text, 'usageLimit', c.usage_limit,
      'used', c.used)
    from catalogue_coupon c where ${ofOrganization('c')} and c.uuid = $7::uuid) as coupon,
  (select jsonb_build_object(${named('l')})
    from catalogue_location l where ${ofOrganization('l')} and l.uuid = $8::uuid) as location,
  (select jsonb_build_object(${named('u')}, 'locationUuid', u.location_uuid)
    from catalogue_unit u where ${ofOrganization('u')} and u.uuid = $9::uuid) as unit,
  (select coalesce(jsonb_agg(jsonb_build_object('machineName', r.machine_name, 'adminTitle', r.admin_title,
      'name', r.name, 'sortOrder', r.sort_order, 'kind', r.kind, ${value('r')}, 'isCompatible', r.is_compatible,
      'isEnabled', true, 'conditions', r.conditions)), '[]')
    from catalogue_discount_rule r where $10::boolean and ${ofOrganization('r')}) as rules
from organization o
where o.merchant_id = $1 and o.organization_uuid = $2 and o.is_enabled`

function factsFromRow(row: FactsRow): CatalogueFacts {
  const { delivery_service: delivery } = row
  return {
    currency: row.currency,
    timeZone: row.time_zone,
    products: row.products.map((product) => ({
      ...product,
      price: BigInt(product.price),
      variations: product.variations.map((each) => ({ ...each, priceChange: BigInt(each.priceChange) })),
    })),
    starts: row.starts.map((start) => ({
      ...start,
      startsAt: instantFromMicros(BigInt(start.startsAt)),
      endsAt: instantOrNull(start.endsAt),
    })),
    deliveryService: delivery && { ...delivery, price: BigInt(delivery.price) },
    coupon: row.coupon && couponFromJson(row.coupon),
    location: row.location,
    unit: row.unit,
    rules: row.rules.map(({ percentHundredths, amount, ...rule }) => ({
      ...rule,
      value: valueFromJson({ percentHundredths, amount }),
    })),
  }
}

function couponFromJson({ percentHundredths, amount, ...coupon }: CouponJson): Coupon & { used: number } {
  return {
    ...coupon,
    value: valueFromJson({ percentHundredths, amount }),
    validFrom: instantOrNull(coupon.validFrom),
    validUntil: instantOrNull(coupon.validUntil),
    minimum: BigInt(coupon.minimum),
  }
}

/** The table has exactly one of the two. */
function valueFromJson({ percentHundredths, amount }: ValueJson): DiscountValue {
  if (amount !== null) return { kind: 'amount', minor: BigInt(amount) }
  return { kind: 'percent', hundredths: percentHundredths ?? 0 }
}

function instantOrNull(micros: string | null): Instant | null {
  return micros === null ? null : instantFromMicros(BigInt(micros))
}
