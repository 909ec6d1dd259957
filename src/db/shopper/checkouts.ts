import type pg from 'pg'
import type { ShopperId } from '../../domain/shopper/shopper.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { isServedHere } from '../cell/absent-merchants.ts'
import { timestampText } from '../wire/connection.ts'
import type { Statement } from '../wire/statement.ts'

type Sender = Pick<pg.Client, 'query'>

/** A shopper who is about to authorize an order. */
export type ShopperOrder = {
  readonly merchantId: MerchantId
  readonly paymentId: PaymentId
  readonly shopperId: ShopperId
  readonly at: Instant
}

/**
 * Says whose the orders are: the shopper's who tried last. An order that one of them has authorized takes no other attempt, so it
 * stays theirs.
 */
export function claimOrders(orders: readonly ShopperOrder[]): Statement {
  return {
    name: 'claim_orders',
    text: `with claimed as (
        insert into checkout (merchant_id, payment_id, shopper_id, updated_at)
        select * from unnest($1::int[], $2::text[], $3::uuid[], $4::timestamptz[])
        on conflict (merchant_id, payment_id) do update set shopper_id = excluded.shopper_id, updated_at = excluded.updated_at
      )
      insert into shopper_order (merchant_id, payment_id, shopper_id, created_at)
      select * from unnest($1::int[], $2::text[], $3::uuid[], $4::timestamptz[])
      on conflict do nothing`,
    values: [
      orders.map((each) => each.merchantId),
      orders.map((each) => each.paymentId),
      orders.map((each) => each.shopperId),
      orders.map((each) => timestampText(each.at)),
    ],
  }
}

/** Whose an order is, once somebody has tried to authorize it. */
export async function findOrderShopper(
  sender: Sender,
  merchantId: MerchantId,
  paymentId: PaymentId,
): Promise<ShopperId | null> {
  const result = await sender.query<{ shopperId: ShopperId | null }>({
    name: 'find_order_shopper',
    text: 'select shopper_id as "shopperId" from checkout where merchant_id = $1 and payment_id = $2',
    values: [merchantId, paymentId],
  })
  return result.rows[0]?.shopperId ?? null
}

/** As which product a shopper would pay the order, where it leaves that to them and nobody has tried to pay it. */
export async function findChosenProduct(
  sender: Sender,
  merchantId: MerchantId,
  paymentId: PaymentId,
): Promise<string | null> {
  const result = await sender.query<{ product: string | null }>({
    name: 'find_chosen_product',
    text: 'select product from checkout where merchant_id = $1 and payment_id = $2',
    values: [merchantId, paymentId],
  })
  return result.rows[0]?.product ?? null
}

export async function keepChosenProduct(
  sender: Sender,
  order: { merchantId: MerchantId; paymentId: PaymentId; product: string; at: Instant },
): Promise<void> {
  await sender.query({
    name: 'keep_chosen_product',
    text: `insert into checkout (merchant_id, payment_id, product, updated_at) values ($1, $2, $3, $4)
      on conflict (merchant_id, payment_id) do update set product = excluded.product, updated_at = excluded.updated_at`,
    values: [order.merchantId, order.paymentId, order.product, timestampText(order.at)],
  })
}

/** The published word for why its shopper was refused; null where nobody was. */
export async function findFeedback(
  sender: Sender,
  merchantId: MerchantId,
  paymentId: PaymentId,
): Promise<string | null> {
  const result = await sender.query<{ feedback: string | null }>({
    name: 'find_feedback',
    text: 'select feedback from checkout where merchant_id = $1 and payment_id = $2',
    values: [merchantId, paymentId],
  })
  return result.rows[0]?.feedback ?? null
}

/** Keeps why a shopper was refused, for the merchant in the one word that is published for it. */
export async function keepFeedback(
  sender: Sender,
  order: { merchantId: MerchantId; paymentId: PaymentId; feedback: string; at: Instant },
): Promise<void> {
  await sender.query({
    name: 'keep_eligibility_feedback',
    text: `insert into checkout (merchant_id, payment_id, feedback, updated_at) values ($1, $2, $3, $4)
      on conflict (merchant_id, payment_id) do update set feedback = excluded.feedback, updated_at = excluded.updated_at`,
    values: [order.merchantId, order.paymentId, order.feedback, timestampText(order.at)],
  })
}

/** How many other orders a shopper has tried to authorize since a time. */
export async function countShopperOrders(
  sender: Sender,
  shopperId: ShopperId,
  since: Instant,
  except: PaymentId,
): Promise<number> {
  const result = await sender.query<{ count: number }>({
    name: 'count_shopper_orders',
    text: `select count(*)::int as count from shopper_order
      where shopper_id = $1 and created_at > $2 and payment_id <> $3 and ${isServedHere('merchant_id')}`,
    values: [shopperId, timestampText(since), except],
  })
  return result.rows[0]?.count ?? 0
}

/** What a shopper owes, or will once it is captured, in minor units of a currency; and how many plans of any currency are overdue. */
export type Exposure = { readonly owed: bigint; readonly overdue: number }

/** A plan that was captured and not looked at yet is owed whole. A debt that was written off stays overdue. */
export async function openExposure(sender: Sender, shopperId: ShopperId, currency: string): Promise<Exposure> {
  const result = await sender.query<{ owed: bigint | null; overdue: number }>({
    name: 'open_exposure',
    text: `select sum(case when p.currency <> $2 then 0
          when p.state in ('authorized', 'delayed') then p.total - p.reduced - p.captured else 0 end
          + case when p.currency <> $2 then 0
          when i.zone is null then p.captured - p.refunded else i.owed end)::bigint as owed,
        count(*) filter (where i.overdue_since is not null or i.written_off > 0)::int as overdue
      from shopper_order o
      join checkout c on c.merchant_id = o.merchant_id and c.payment_id = o.payment_id and c.shopper_id = o.shopper_id
      join payment p on p.merchant_id = o.merchant_id and p.payment_id = o.payment_id
      left join instalment_plan i on i.merchant_id = o.merchant_id and i.payment_id = o.payment_id
      where o.shopper_id = $1 and ${isServedHere('o.merchant_id')}`,
    values: [shopperId, currency],
  })
  return { owed: result.rows[0]?.owed ?? 0n, overdue: result.rows[0]?.overdue ?? 0 }
}

export type ShopperOrderRow = { readonly merchantId: MerchantId; readonly paymentId: PaymentId }

/** The orders of a shopper, newest first: those that nobody else has tried to authorize since. */
export async function listShopperOrders(
  sender: Sender,
  shopperId: ShopperId,
  limit: number,
): Promise<ShopperOrderRow[]> {
  const result = await sender.query<ShopperOrderRow>({
    name: 'list_shopper_orders',
    text: `select o.merchant_id as "merchantId", o.payment_id as "paymentId" from shopper_order o
      join checkout c on c.merchant_id = o.merchant_id and c.payment_id = o.payment_id and c.shopper_id = o.shopper_id
      where o.shopper_id = $1 and ${isServedHere('o.merchant_id')} order by o.created_at desc limit $2`,
    values: [shopperId, limit],
  })
  return result.rows
}
