import type pg from 'pg'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'

/** A figure of one payment that two sides have differently, in minor units; 0 where a side does not know of it. */
export type CreditDifference = {
  readonly merchantId: MerchantId
  readonly paymentId: PaymentId
  readonly figure: 'credit' | 'received'
  /** as the transfers that were seen on chains say */
  readonly claimed: bigint
  /** as the books say: what was booked into that wallet for that credit, or what the payment has received */
  readonly booked: bigint
}

/** Longer than any request may take, as the whole proof is. */
const patiently = { query_timeout: 2_147_483_647 }

/** A credit is named by chain, transaction and place in it, in the event that it was booked with. */
const creditForm = '^[0-9]+/0x[0-9a-f]{64}/-?[0-9]+$'

/**
 * Every credit that is final on its chain, against what was booked for it into the account of its wallet; and what payments have received against
 * the transfers that stand. At most a thousand differences, of one merchant or of all.
 */
export async function findCreditDifferences(
  client: Pick<pg.Client, 'query'>,
  merchantId: MerchantId | null,
): Promise<CreditDifference[]> {
  const { rows } = await client.query<CreditDifference>({
    ...patiently,
    text: `with standing as (
        select merchant_id, payment_id, minor, state,
          chain_id || '/0x' || encode(transaction, 'hex') || '/' || log_index as credit,
          'wallet/' || chain_id || '/0x' || encode(recipient, 'hex') as account
        from chain_transfer
        where payment_id is not null and state <> 'undone' and ($1::int is null or merchant_id = $1)
      ), booked as (
        select t.merchant_id, t.source_id as payment_id, t.amount, e.note as credit, t.debit as account
        from transfer t join event e on e.merchant_id = t.merchant_id and e.source_kind = t.source_kind
          and e.source_id = t.source_id and e.sequence = t.sequence
        where t.kind = 'receipt' and t.source_kind = 'p' and e.note ~ $2 and ($1::int is null or t.merchant_id = $1)
      ), differing as (
        select merchant_id, payment_id, 'credit' as figure, coalesce(s.minor, 0) as claimed, coalesce(b.amount, 0) as booked
        from (select * from standing where state = 'final') s
        full join booked b using (merchant_id, payment_id, credit, account)
        where s.minor is distinct from b.amount
        union all
        select s.merchant_id, s.payment_id, 'received', sum(s.minor)::bigint, p.received
        from standing s join payment p on p.merchant_id = s.merchant_id and p.payment_id = s.payment_id
        group by s.merchant_id, s.payment_id, p.received
        having sum(s.minor) <> p.received
      )
      select merchant_id as "merchantId", payment_id as "paymentId", figure, claimed, booked
      from differing order by 1, 2, 3, 4 limit 1000`,
    values: [merchantId, creditForm],
  })
  return rows
}
