import type pg from 'pg'
import type { MerchantId } from '../../kernel/ids.ts'

type Sender = Pick<pg.Client, 'query'>

/** How much is lent to the shoppers of a merchant; null is the usual. */
export type Lending = {
  /** what a shopper may owe at most with an order of this merchant, in whole units of its currency */
  readonly mostOwed: number | null
  /** orders that a shopper may try to confirm in a day */
  readonly ordersPerDay: number | null
}

export async function findLending(sender: Sender, merchantId: MerchantId): Promise<Lending> {
  const { rows } = await sender.query<Lending>({
    name: 'find_lending',
    text: 'select most_owed as "mostOwed", orders_per_day as "ordersPerDay" from merchant_lending where merchant_id = $1',
    values: [merchantId],
  })
  return rows[0] ?? { mostOwed: null, ordersPerDay: null }
}

/** Writes what is given and leaves the rest. */
export async function updateLending(sender: Sender, merchantId: MerchantId, change: Partial<Lending>): Promise<void> {
  const { mostOwed, ordersPerDay } = { ...(await findLending(sender, merchantId)), ...change }
  await sender.query(
    `insert into merchant_lending (merchant_id, most_owed, orders_per_day) values ($1, $2, $3)
     on conflict (merchant_id) do update set most_owed = excluded.most_owed, orders_per_day = excluded.orders_per_day`,
    [merchantId, mostOwed, ordersPerDay],
  )
}
