import type { MerchantId } from '../../kernel/ids.ts'
import type { Sender } from '../wire/statement.ts'

/** An order as its shop's status page names it. */
export type ShopOrder = { readonly orderId: string; readonly orderNumber: string }

/** Remembers whose order it is; one that is known stays as it is. */
export async function insertShopOrder(
  sender: Sender,
  merchantId: MerchantId,
  { orderId, orderNumber }: ShopOrder,
): Promise<void> {
  await sender.query({
    name: 'insert_shop_order',
    text: `insert into shop_order (merchant_id, order_id, order_number) values ($1, $2, $3) on conflict do nothing`,
    values: [merchantId, orderId, orderNumber],
  })
}

/** Whose order has both numbers; undefined when nobody's has, or when more than one merchant claims the first. */
export async function findShopOrderOwner(
  sender: Sender,
  { orderId, orderNumber }: ShopOrder,
): Promise<MerchantId | undefined> {
  const { rows } = await sender.query<{ merchant_id: MerchantId; order_number: string }>({
    name: 'find_shop_order_owner',
    text: 'select merchant_id, order_number from shop_order where order_id = $1 limit 2',
    values: [orderId],
  })
  const [first, second] = rows
  return first && !second && first.order_number === orderNumber ? first.merchant_id : undefined
}
