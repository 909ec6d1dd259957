import type pg from 'pg'
import type { ShopperId, ShopperState } from '../../domain/shopper/shopper.ts'

type Sender = Pick<pg.Client, 'query'>

/** Locks the account until the transaction ends, so that none is erased twice; undefined when there is none. */
export async function lockShopper(sender: Sender, id: ShopperId): Promise<ShopperState | undefined> {
  const { rows } = await sender.query<{ state: ShopperState }>(
    'select state from shopper where shopper_id = $1 for update',
    [id],
  )
  return rows[0]?.state
}

/**
 * Whether money may still be taken from the shopper, or is owed: an order that waits for its answer or its capture, a plan with anything left
 * to pay, one that nobody has looked at since its capture, a debt that was written off.
 */
export async function hasOpenPlan(sender: Sender, id: ShopperId): Promise<boolean> {
  const { rowCount } = await sender.query(
    `select from shopper_order o
      join checkout c on c.merchant_id = o.merchant_id and c.payment_id = o.payment_id and c.shopper_id = o.shopper_id
      join payment p on p.merchant_id = o.merchant_id and p.payment_id = o.payment_id
      left join instalment_plan i on i.merchant_id = o.merchant_id and i.payment_id = o.payment_id
      where o.shopper_id = $1 and (p.state in ('authorized', 'delayed') or p.pending_attempt is not null
        or i.owed > 0 or i.written_off > 0 or i.check_at is not null or (i.zone is null and p.captured > p.refunded))
      limit 1`,
    [id],
  )
  return rowCount === 1
}

/** Forgets who somebody is: name, contacts, messages, sessions, codes, and every acquirer's name for a card. What was bought and paid stays in the books. */
export async function eraseShopper(sender: Sender, id: ShopperId): Promise<void> {
  const contacts = `select contact from shopper_contact where shopper_id = $1
    union select email from shopper where shopper_id = $1 union select phone from shopper where shopper_id = $1`
  await sender.query(`delete from shopper_sign_in where contact in (${contacts})`, [id])
  await sender.query(`delete from message where owner = 'shopper:' || $1::text`, [id])
  await sender.query(`delete from message where owner like 'contact:%' and recipient in (${contacts})`, [id])
  await sender.query('delete from shopper_session where shopper_id = $1', [id])
  await sender.query('delete from shopper_contact where shopper_id = $1', [id])
  await sender.query(
    `update shopper_card set token = '', is_default = false, removed_at = coalesce(removed_at, now()) where shopper_id = $1`,
    [id],
  )
  await sender.query('update instalment_plan set card = null where shopper_id = $1', [id])
  await sender.query(
    `update shopper set state = 'erased', email = null, phone = null, given_names = null, surname = null, birth_date = null,
       address = null, postcode = null, city = null, country = null
     where shopper_id = $1`,
    [id],
  )
}

/** False when there is no such account, or it was erased. */
export async function setShopperState(sender: Sender, id: ShopperId, state: 'active' | 'blocked'): Promise<boolean> {
  const { rowCount } = await sender.query(`update shopper set state = $2 where shopper_id = $1 and state <> 'erased'`, [
    id,
    state,
  ])
  return rowCount === 1
}
