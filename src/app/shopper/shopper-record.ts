import type pg from 'pg'
import { countShopperOrders, type Exposure, openExposure } from '../../db/shopper/checkouts.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { Shopper } from '../../domain/shopper/shopper.ts'
import { day, type Instant, plus } from '../../kernel/instant.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import { answerOf, findAccountsElsewhere } from './cells/accounts-elsewhere.ts'
import type { ShopperParts } from './shopper-parts.ts'

/** What a shopper owes in a payment's currency, and has ordered beside it since a day ago. */
export type ShopperRecord = Exposure & { readonly ordersToday: number; readonly isBlocked: boolean }

/** The record over all of the shopper's accounts. A cell that is away keeps nobody from buying in this one. */
export async function readShopperRecord(
  parts: ShopperParts,
  shopper: Shopper,
  payment: Payment,
): Promise<ShopperRecord> {
  const now = parts.clock.now()
  const here = await outageAsUnavailable(recordOf(parts.pool, shopper, payment, now))
  const { accounts } = await findAccountsElsewhere(parts, shopper.id)
  const elsewhere = await Promise.all(accounts.map((each) => answerOf(recordOf(each.pool, each.shopper, payment, now))))
  return elsewhere.filter((each) => each !== undefined).reduce(sumOf, here)
}

async function recordOf(pool: pg.Pool, shopper: Shopper, payment: Payment, now: Instant): Promise<ShopperRecord> {
  const [ordersToday, exposure] = await Promise.all([
    countShopperOrders(pool, shopper.id, plus(now, -day), payment.id),
    openExposure(pool, shopper.id, payment.currency),
  ])
  return { ...exposure, ordersToday, isBlocked: shopper.state === 'blocked' }
}

function sumOf(one: ShopperRecord, other: ShopperRecord): ShopperRecord {
  return {
    owed: one.owed + other.owed,
    overdue: one.overdue + other.overdue,
    ordersToday: one.ordersToday + other.ordersToday,
    isBlocked: one.isBlocked || other.isBlocked,
  }
}
