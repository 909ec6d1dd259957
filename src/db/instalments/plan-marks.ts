import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { int4, rowType, text, timestamptz } from '../wire/binary-rows.ts'
import type { Statement } from '../wire/statement.ts'

export type PlanMark = { readonly merchantId: MerchantId; readonly paymentId: PaymentId; readonly at: Instant }

const planMark = rowType<PlanMark>('plan_mark', [
  int4('merchant_id', (m) => m.merchantId),
  text('payment_id', (m) => m.paymentId),
  timestamptz('at', (m) => m.at),
])

/** Says that there is something to do for these plans, and makes those that are not there. In key order, as every writer of them. */
export function markPlans(marks: readonly PlanMark[]): Statement {
  return {
    name: 'mark_plans',
    text: `insert into instalment_plan as p (merchant_id, payment_id, check_at, created_at)
      select distinct on (m.merchant_id, m.payment_id) m.merchant_id, m.payment_id, m.at, m.at
      from unnest($1::plan_mark[]) as m order by m.merchant_id, m.payment_id, m.at
      on conflict (merchant_id, payment_id) do update
        set check_at = least(p.check_at, excluded.check_at)`,
    values: [planMark.arrayOf(marks)],
  }
}
