import type { PaymentState } from '../../domain/payment/state.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { isServedHere } from '../cell/absent-merchants.ts'
import { timestampText } from '../wire/connection.ts'
import type { Sender, Statement } from '../wire/statement.ts'

/** A request that its shop may have to call off, and when to look at it. */
export type UnpaidOrder = { readonly merchantId: MerchantId; readonly paymentId: PaymentId; readonly dueAt: Instant }

/** Inside the transaction that makes the payments. */
export function insertUnpaidOrders(rows: readonly UnpaidOrder[]): Statement {
  return {
    name: 'insert_unpaid_orders',
    text: `insert into unpaid_order (merchant_id, payment_id, due_at)
      select * from unnest($1::int[], $2::text[], $3::timestamptz[])`,
    values: [
      rows.map(({ merchantId }) => merchantId),
      rows.map(({ paymentId }) => paymentId),
      rows.map(({ dueAt }) => timestampText(dueAt)),
    ],
  }
}

/** One that is due, with what decides what becomes of it. */
export type DueUnpaidOrder = UnpaidOrder & {
  readonly state: PaymentState
  /** something has come, and was not undone */
  readonly hasMoney: boolean
  /** some of that can still be undone */
  readonly isUnsettled: boolean
  /** the merchant wants it called off in the shop */
  readonly isWanted: boolean
  /** the same order was asked for once more later on */
  readonly isReplaced: boolean
  /** until then money is still taken for it; null: nothing is watched */
  readonly watchedUntil: Instant | null
  /** when the newest thing happened to it */
  readonly changedAt: Instant
}

export async function nextUnpaidOrder(sender: Sender): Promise<Instant | null> {
  const { rows } = await sender.query<{ due: Instant | null }>({
    name: 'next_unpaid_order',
    text: `select min(due_at) as due from unpaid_order where ${isServedHere('merchant_id')}`,
  })
  return rows[0]?.due ?? null
}

export async function findDueUnpaidOrders(sender: Sender, until: Instant, limit: number): Promise<DueUnpaidOrder[]> {
  const { rows } = await sender.query<DueUnpaidOrder>({
    name: 'find_due_unpaid_orders',
    text: `select u.merchant_id as "merchantId", u.payment_id as "paymentId", u.due_at as "dueAt", p.state,
        p.received > 0 as "hasMoney", p.received > p.settled as "isUnsettled",
        coalesce(t.cancel_unpaid, false) and p.voided_at is null as "isWanted",
        exists (select from payment n where n.merchant_id = p.merchant_id and n.merchant_reference = p.merchant_reference
          and n.protocol = p.protocol and n.payment_id <> p.payment_id and n.created_at >= p.created_at) as "isReplaced",
        (select max(a.watched_until) from chain_amount a
          where a.merchant_id = u.merchant_id and a.payment_id = u.payment_id and a.closed_at is null) as "watchedUntil",
        e.at as "changedAt"
      from (select * from unpaid_order where due_at <= $1 and ${isServedHere('merchant_id')} order by due_at limit $2) u
      join payment p on p.merchant_id = u.merchant_id and p.payment_id = u.payment_id
      join event e on e.merchant_id = p.merchant_id and e.source_kind = 'p' and e.source_id = p.payment_id
        and e.sequence = p.sequence
      left join chain_terms t on t.merchant_id = u.merchant_id
      order by u.due_at`,
    values: [timestampText(until), limit],
  })
  return rows
}

/** Looks again then; null is never. */
export async function postponeUnpaidOrder(
  sender: Sender,
  { merchantId, paymentId }: Pick<UnpaidOrder, 'merchantId' | 'paymentId'>,
  dueAt: Instant | null,
): Promise<void> {
  const key = [merchantId, paymentId]
  if (dueAt === null) await sender.query('delete from unpaid_order where merchant_id = $1 and payment_id = $2', key)
  else
    await sender.query('update unpaid_order set due_at = $3 where merchant_id = $1 and payment_id = $2', [
      ...key,
      timestampText(dueAt),
    ])
}
