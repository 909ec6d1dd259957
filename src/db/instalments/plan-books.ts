import type pg from 'pg'
import type { PlanBooks } from '../../domain/instalments/prove-plan.ts'
import type { Account, Transfer, TransferKind } from '../../domain/ledger/transfer.ts'
import type { Currency } from '../../kernel/currency.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { PlanKey } from './plan-rows.ts'

type Sum = { kind: TransferKind; debit: Account; credit: Account; currency: Currency; amount: string }

/** `sum()` of bigint is numeric, which arrives as text. */
type Summed = 'charged' | 'returned' | 'lateFees' | 'lateFeesCharged' | 'lateFeesReturned'

type Row = Omit<PlanBooks, Summed> & Record<Summed, string> & { sums: Sum[] | null }

/** A proof takes longer than the driver lets a request take. The longest time a timer takes. */
const patiently = { query_timeout: 2_147_483_647 }

/** The next `limit` plans in key order, of one merchant or of all, with the sums of their transfers. */
export async function readPlanBooks(
  client: Pick<pg.Client, 'query'>,
  merchantId: MerchantId | null,
  after: PlanKey | undefined,
  limit: number,
): Promise<{ books: PlanBooks; sums: readonly Transfer[] }[]> {
  const result = await client.query<Row>({
    ...patiently,
    text: `select p.merchant_id as "merchantId", p.payment_id as "paymentId", y.currency, y.captured, y.refunded, p.owed,
       p.written_off as "writtenOff", p.late_fees_written_off as "lateFeesWrittenOff", p.check_at is null as "isAtRest",
       a.charged, a.returned, a.fees_charged as "lateFeesCharged", a.fees_returned as "lateFeesReturned", f.fees as "lateFees", t.sums
     from (
       select * from instalment_plan
       where ($1::int is null or merchant_id = $1) and (merchant_id, payment_id) > ($2, $3)
       order by merchant_id, payment_id limit $4
     ) p
     join payment y on y.merchant_id = p.merchant_id and y.payment_id = p.payment_id
     left join lateral (
       select coalesce(sum(amount - late_fee) filter (where purpose in ('capture', 'charge')), 0) as charged,
         coalesce(sum(amount - late_fee) filter (where purpose = 'refund'), 0) as returned,
         coalesce(sum(late_fee) filter (where purpose in ('capture', 'charge')), 0) as fees_charged,
         coalesce(sum(late_fee) filter (where purpose = 'refund'), 0) as fees_returned
       from attempt where merchant_id = p.merchant_id and payment_id = p.payment_id and instalment is not null
         and state = 'succeeded'
     ) a on true
     left join lateral (
       select coalesce(sum(amount), 0) as fees from late_fee
       where merchant_id = p.merchant_id and payment_id = p.payment_id and waived_at is null
     ) f on true
     left join lateral (
       select jsonb_agg(jsonb_build_object('kind', kind, 'debit', debit, 'credit', credit, 'currency', currency,
         'amount', amount::text)) as sums
       from (
         select kind, debit, credit, currency, sum(amount) as amount from transfer
         where merchant_id = p.merchant_id and source_kind = 'i' and source_id = p.payment_id
         group by kind, debit, credit, currency
       ) s
     ) t on true
     order by p.merchant_id, p.payment_id`,
    values: [merchantId, after?.merchantId ?? 0, after?.paymentId ?? '', limit],
  })
  return result.rows.map(({ sums, charged, returned, lateFees, lateFeesCharged, lateFeesReturned, ...books }) => ({
    books: {
      ...{ ...books, charged: BigInt(charged), returned: BigInt(returned), lateFees: BigInt(lateFees) },
      ...{ lateFeesCharged: BigInt(lateFeesCharged), lateFeesReturned: BigInt(lateFeesReturned) },
    },
    sums: (sums ?? []).map((sum) => ({ ...sum, amount: BigInt(sum.amount) })),
  }))
}

/** Transfers of plans that do not exist. */
export async function findPlanlessTransfers(
  client: Pick<pg.Client, 'query'>,
  merchantId: MerchantId | null,
): Promise<{ merchantId: MerchantId; sourceKind: 'plan'; sourceId: PaymentId }[]> {
  const result = await client.query<{ merchantId: MerchantId; sourceId: PaymentId }>({
    ...patiently,
    text: `select distinct t.merchant_id as "merchantId", t.source_id as "sourceId" from transfer t
     where t.source_kind = 'i' and ($1::int is null or t.merchant_id = $1) and not exists (
       select from instalment_plan p where p.merchant_id = t.merchant_id and p.payment_id = t.source_id)
     order by 1, 2 limit 1000`,
    values: [merchantId],
  })
  return result.rows.map((row) => ({ ...row, sourceKind: 'plan' }))
}
