import { day, type Instant, instantFromMicros, plus, second } from '../../../kernel/instant.ts'
import { money } from '../../../kernel/money.ts'
import type { CatalogueFacts } from './facts.ts'
import type { OrderRequest } from './order-request.ts'
import type { CatalogueRefusal } from './refusal.ts'

/** Clocks differ and queues take time, so a delivery of earlier today passes; nobody promises one in three years. */
const daysBack = 1
const daysAhead = 730

/** Seconds of the year 5138: anything above is a time in milliseconds (decision 0004). */
const secondsOfMilliseconds = 100_000_000_000

/** Where, by whom and when: every uuid given must be the organization's, with items or without. */
export function checkDelivery(
  facts: CatalogueFacts,
  request: OrderRequest,
  now: Instant,
): CatalogueRefusal | undefined {
  return (
    missing(facts, request) ?? checkPrice(facts, request) ?? checkUnit(facts) ?? checkTime(request.deliveryTime, now)
  )
}

function missing(facts: CatalogueFacts, request: OrderRequest): CatalogueRefusal | undefined {
  if (request.deliveryServiceUuid !== null && facts.deliveryService === null)
    return { reason: 'not_found', entity: 'delivery_service', path: 'deliveryService.uuid' }
  if (request.location !== null && facts.location === null)
    return { reason: 'not_found', entity: 'location', path: 'location' }
  if (request.unit !== null && facts.unit === null) return { reason: 'not_found', entity: 'unit', path: 'unit' }
  return undefined
}

function checkPrice({ deliveryService, currency }: CatalogueFacts, request: OrderRequest) {
  const given = request.deliveryServicePrice
  if (given === null) return undefined
  const path = 'deliveryServicePrice'
  if (deliveryService === null) return { reason: 'delivery_price_without_service', path } as const
  if (given.currency !== currency)
    return { reason: 'currency_mismatch', path: `${path}.currency_code`, expected: currency } as const
  if (given.amount === deliveryService.price) return undefined
  const expected = money(currency, deliveryService.price)
  return { reason: 'delivery_price_mismatch', path: `${path}.amount`, expected } as const
}

function checkUnit({ unit, location }: CatalogueFacts) {
  if (unit === null || location === null || unit.locationUuid === null) return undefined
  return unit.locationUuid === location.uuid ? undefined : ({ reason: 'unit_not_at_location', path: 'unit' } as const)
}

function checkTime(seconds: number | null, now: Instant): CatalogueRefusal | undefined {
  if (seconds === null) return undefined
  const invalid = (looksLikeMilliseconds: boolean) =>
    ({ reason: 'delivery_time_invalid', path: 'deliveryTime', daysBack, daysAhead, looksLikeMilliseconds }) as const
  if (!Number.isSafeInteger(seconds) || seconds <= 0) return invalid(false)
  if (seconds >= secondsOfMilliseconds) return invalid(true)
  const at = instantFromMicros(BigInt(seconds) * second)
  const isInRange = at >= plus(now, -BigInt(daysBack) * day) && at <= plus(now, BigInt(daysAhead) * day)
  return isInRange ? undefined : invalid(false)
}
