import type { Pool } from 'pg'
import type { Currency } from '../../kernel/currency.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { isServedHere } from '../cell/absent-merchants.ts'
import type { PlanKey } from './plan-rows.ts'

/** A plan in a list. Amounts are minor units. */
export type ListedPlan = PlanKey & {
  readonly shopperId: string | null
  readonly product: string
  readonly currency: Currency
  readonly owed: bigint
  readonly writtenOff: bigint
  readonly overdueSince: Instant | null
  readonly nextAt: Instant | null
  readonly createdAt: Instant
}

/** The newest plans of one merchant or of all: those on which something is owed, those that are overdue, or every one. */
export async function listPlans(
  pool: Pick<Pool, 'query'>,
  query: { merchantId: MerchantId | null; which: 'open' | 'overdue' | 'all'; limit: number },
): Promise<readonly ListedPlan[]> {
  const result = await pool.query<ListedPlan>(
    `select p.merchant_id as "merchantId", p.payment_id as "paymentId", p.shopper_id as "shopperId", y.product, y.currency,
        p.owed, p.written_off as "writtenOff", p.overdue_since as "overdueSince", p.check_at as "nextAt",
        p.created_at as "createdAt"
      from instalment_plan p join payment y on y.merchant_id = p.merchant_id and y.payment_id = p.payment_id
      where ($1::int is null or p.merchant_id = $1) and ${isServedHere('p.merchant_id')}
        and ($2 = 'all' or p.owed > 0) and ($2 <> 'overdue' or p.overdue_since is not null)
      order by p.created_at desc, p.payment_id limit $3`,
    [query.merchantId, query.which, query.limit],
  )
  return result.rows
}
