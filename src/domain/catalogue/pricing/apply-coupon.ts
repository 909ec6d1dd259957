import type { Instant } from '../../../kernel/instant.ts'
import { money } from '../../../kernel/money.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import type { CatalogueFacts } from './facts.ts'
import type { OrderRequest } from './order-request.ts'
import { shareHalfUp } from './percent.ts'
import type { AppliedDiscount } from './priced-order.ts'
import type { CatalogueRefusal } from './refusal.ts'

/** The coupon's discount off `goods`, the price of the goods that is left: never off delivery, never more than there is. */
export function applyCoupon(
  { coupon, currency }: CatalogueFacts,
  request: OrderRequest,
  goods: bigint,
  now: Instant,
): Result<readonly AppliedDiscount[], CatalogueRefusal> {
  if (request.coupon === null) return ok([])
  const path = 'coupon'
  if (coupon === null) return refuse({ reason: 'not_found', entity: 'coupon', path })
  if (!holdsAt(coupon, now)) return refuse({ reason: 'coupon_not_valid_now', path })
  if (coupon.usageLimit !== null && coupon.used >= coupon.usageLimit) return refuse({ reason: 'coupon_used_up', path })
  if (goods < coupon.minimum)
    return refuse({ reason: 'coupon_below_minimum', path, minimum: money(currency, coupon.minimum) })
  const { value, uuid, title } = coupon
  const wanted = value.kind === 'percent' ? shareHalfUp(goods, value.hundredths) : value.minor
  const amount = wanted < goods ? wanted : goods
  return ok(amount > 0n ? [{ source: 'coupon', reference: uuid, name: title, line: null, amount }] : [])
}

function holdsAt(coupon: { validFrom: Instant | null; validUntil: Instant | null }, now: Instant): boolean {
  return (
    (coupon.validFrom === null || coupon.validFrom <= now) && (coupon.validUntil === null || now < coupon.validUntil)
  )
}
