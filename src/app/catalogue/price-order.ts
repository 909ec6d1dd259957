import type { Pool } from 'pg'
import type { PaymentAddress } from '../../db/catalogue/catalogue-address.ts'
import { loadOrderFacts } from '../../db/catalogue/catalogue-facts.ts'
import type { CatalogueFacts } from '../../domain/catalogue/pricing/facts.ts'
import { keysOfOrder, type OrderKeys, type OrderRequest } from '../../domain/catalogue/pricing/order-request.ts'
import { priceOrder } from '../../domain/catalogue/pricing/price-order.ts'
import type { PricedOrder } from '../../domain/catalogue/pricing/priced-order.ts'
import type { CatalogueRefusal } from '../../domain/catalogue/pricing/refusal.ts'
import type { Instant } from '../../kernel/instant.ts'
import { type Result, refuse } from '../../kernel/result.ts'
import { outageAsUnavailable } from '../shared/outage.ts'

/** `isPos` comes from the address's channel. Throws `Unavailable` when the database is away. */
export type PriceOrder = (
  address: Pick<PaymentAddress, 'merchantId' | 'organization' | 'channel'>,
  request: Omit<OrderRequest, 'isPos'>,
  now: Instant,
) => Promise<Result<PricedOrder, CatalogueRefusal>>

/** Loads what the order speaks of in one round trip, none when it speaks of nothing, and prices it. */
export function createPriceOrder(db: Pick<Pool, 'query'>): PriceOrder {
  return async (address, request, now) => {
    const order: OrderRequest = { ...request, isPos: address.channel.isPos }
    const facts = await factsFor(db, address, keysOfOrder(order))
    if (!facts) return refuse({ reason: 'not_found', entity: 'organization', path: '' })
    return priceOrder(facts, order, now)
  }
}

async function factsFor(
  db: Pick<Pool, 'query'>,
  { merchantId, organization }: Parameters<PriceOrder>[0],
  keys: OrderKeys,
): Promise<CatalogueFacts | undefined> {
  if (speaksOfNothing(keys)) return nothing(organization)
  return await outageAsUnavailable(loadOrderFacts(db, merchantId, organization.uuid, keys))
}

function speaksOfNothing(keys: OrderKeys): boolean {
  const { products, deliveryService, coupon, location, unit } = keys
  return products.length === 0 && [deliveryService, coupon, location, unit].every((uuid) => uuid === null)
}

function nothing({ currency, timeZone }: PaymentAddress['organization']): CatalogueFacts {
  return {
    currency,
    timeZone,
    products: [],
    starts: [],
    deliveryService: null,
    coupon: null,
    location: null,
    unit: null,
    rules: [],
  }
}
