import type { Instant } from '../../../kernel/instant.ts'
import { money } from '../../../kernel/money.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { checkClaims } from '../file/check-claims.ts'
import { applyCoupon } from './apply-coupon.ts'
import { applyRules } from './apply-rules.ts'
import { checkDelivery } from './check-delivery.ts'
import type { CatalogueFacts } from './facts.ts'
import { maximumItems, type OrderRequest } from './order-request.ts'
import { priceLines } from './price-lines.ts'
import type { AppliedDiscount, PricedLine, PricedOrder } from './priced-order.ts'
import type { CatalogueRefusal } from './refusal.ts'
import { reserveSessions } from './reserve-sessions.ts'

/**
 * What the order costs by the catalogue, or why it is not what the catalogue sells. Steps, each on what the one before
 * left: lines with the till's own discount, product rules, order rules, coupon, delivery. Shares are rounded half up to
 * the minor unit, each by itself (docs/decisions, "SalesCloud pricing"). An order without items is not priced: its uuids
 * must be right all the same. Whether a session or coupon is still free is said as of the facts; the database decides when
 * it is reserved.
 */
export function priceOrder(
  facts: CatalogueFacts,
  request: OrderRequest,
  now: Instant,
): Result<PricedOrder, CatalogueRefusal> {
  const refusal = checkDelivery(facts, request, now)
  if (refusal) return refuse(refusal)
  return request.items.length === 0 ? asGiven(facts, request) : priced(facts, request, now)
}

/** Without items the amount stands as given (decision 0004): the coupon must exist, and is neither applied nor counted. */
function asGiven(facts: CatalogueFacts, request: OrderRequest): Result<PricedOrder, CatalogueRefusal> {
  if (request.coupon !== null && facts.coupon === null)
    return refuse({ reason: 'not_found', entity: 'coupon', path: 'coupon' })
  return ok({
    isPriced: false,
    currency: request.currency,
    lines: [],
    discounts: [],
    subtotal: 0n,
    discountTotal: 0n,
    delivery: deliveryOf(facts),
    total: request.amount,
    reservations: [],
    couponUse: null,
  })
}

function priced(facts: CatalogueFacts, request: OrderRequest, now: Instant): Result<PricedOrder, CatalogueRefusal> {
  if (request.currency !== facts.currency)
    return refuse({ reason: 'currency_mismatch', path: 'currency_code', expected: facts.currency })
  if (request.items.length > maximumItems) return refuse({ reason: 'too_many_items', maximum: maximumItems })
  const lines = priceLines(facts, request.items, now)
  if (!lines.ok) return lines
  const reservations = reserveSessions(facts, lines.value.lines)
  if (!reservations.ok) return reservations
  const fromRules = applyRules(lines.value.lines, lines.value.discounts, facts, request, now)
  const claim = checkClaims(request.discounts, fromRules, facts.currency)
  if (claim) return refuse(claim)
  const discounts = [...lines.value.discounts, ...fromRules]
  const goods = sumGross(lines.value.lines) - sumDiscounts(discounts)
  const coupon = applyCoupon(facts, request, goods, now)
  if (!coupon.ok) return coupon
  const order = assemble(facts, lines.value.lines, [...discounts, ...coupon.value])
  if (order.total !== request.amount)
    return refuse({
      reason: 'amount_mismatch',
      computed: money(facts.currency, order.total),
      given: money(facts.currency, request.amount),
    })
  return ok({
    ...order,
    reservations: reservations.value,
    couponUse: facts.coupon !== null && facts.coupon.usageLimit !== null ? facts.coupon.uuid : null,
  })
}

function assemble(facts: CatalogueFacts, lines: readonly PricedLine[], discounts: readonly AppliedDiscount[]) {
  const subtotal = sumGross(lines)
  const discountTotal = sumDiscounts(discounts)
  const delivery = deliveryOf(facts)
  return {
    isPriced: true,
    currency: facts.currency,
    lines,
    discounts,
    subtotal,
    discountTotal,
    delivery,
    total: subtotal - discountTotal + (delivery?.price ?? 0n),
  }
}

function deliveryOf({ deliveryService }: CatalogueFacts): PricedOrder['delivery'] {
  if (deliveryService === null) return null
  return { uuid: deliveryService.uuid, title: deliveryService.title, price: deliveryService.price }
}

function sumGross(lines: readonly PricedLine[]): bigint {
  return lines.reduce((sum, line) => sum + line.gross, 0n)
}

function sumDiscounts(discounts: readonly AppliedDiscount[]): bigint {
  return discounts.reduce((sum, discount) => sum + discount.amount, 0n)
}
