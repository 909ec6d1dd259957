import type pg from 'pg'
import type { ShopperId } from '../../domain/shopper/shopper.ts'
import { isServedHere } from '../cell/absent-merchants.ts'
import type { ShopperOrderRow } from './checkouts.ts'

type Sender = Pick<pg.Client, 'query'>

/** Orders of the shopper $1 that money may still be taken for, or is owed for. */
const openOrders = `from shopper_order o
      join checkout c on c.merchant_id = o.merchant_id and c.payment_id = o.payment_id and c.shopper_id = o.shopper_id
      join payment p on p.merchant_id = o.merchant_id and p.payment_id = o.payment_id
      left join instalment_plan i on i.merchant_id = o.merchant_id and i.payment_id = o.payment_id
      where o.shopper_id = $1 and ${isServedHere('o.merchant_id')} and (p.state in ('authorized', 'delayed') or p.pending_attempt is not null
        or i.owed > 0 or i.written_off > 0 or i.check_at is not null or (i.zone is null and p.captured > p.refunded))`

/**
 * Whether money may still be taken from the shopper, or is owed: an order that waits for its answer or its capture, a plan with anything left
 * to pay, one that nobody has looked at since its capture, a debt that was written off.
 */
export async function hasOpenPlan(sender: Sender, id: ShopperId): Promise<boolean> {
  const { rowCount } = await sender.query(`select ${openOrders} limit 1`, [id])
  return rowCount === 1
}

/** Those orders, newest first, however many others came after them. */
export async function listOpenOrders(sender: Sender, id: ShopperId): Promise<ShopperOrderRow[]> {
  const result = await sender.query<ShopperOrderRow>({
    name: 'list_open_orders',
    text: `select o.merchant_id as "merchantId", o.payment_id as "paymentId" ${openOrders} order by o.created_at desc limit 1000`,
    values: [id],
  })
  return result.rows
}
