import type pg from 'pg'
import type { ShopperId, ShopperState } from '../../domain/shopper/shopper.ts'
import { takesWritesHere } from '../cell/absent-merchants.ts'

/** What is kept aside of a merchant that has moved is deleted with it. */
const takesWrites = `(merchant_id is null or ${takesWritesHere('merchant_id')})`

type Sender = Pick<pg.Client, 'query'>

/** Locks the account until the transaction ends, so that none is erased twice; undefined when there is none. */
export async function lockShopper(sender: Sender, id: ShopperId): Promise<ShopperState | undefined> {
  const { rows } = await sender.query<{ state: ShopperState }>(
    'select state from shopper where shopper_id = $1 for update',
    [id],
  )
  return rows[0]?.state
}

/** Forgets who somebody is: name, contacts, messages, sessions, codes, and every acquirer's name for a card. What was bought and paid stays in the books. */
export async function eraseShopper(sender: Sender, id: ShopperId): Promise<void> {
  const contacts = `select contact from shopper_contact where shopper_id = $1
    union select email from shopper where shopper_id = $1 union select phone from shopper where shopper_id = $1`
  await sender.query(`delete from shopper_sign_in where contact in (${contacts})`, [id])
  await sender.query(`delete from message where owner = 'shopper:' || $1::text and ${takesWrites}`, [id])
  await sender.query(
    `delete from message where owner like 'contact:%' and recipient in (${contacts}) and ${takesWrites}`,
    [id],
  )
  await sender.query('delete from shopper_session where shopper_id = $1', [id])
  await sender.query('delete from shopper_contact where shopper_id = $1', [id])
  await sender.query(
    `update shopper_card set token = '', is_default = false, removed_at = coalesce(removed_at, t.at) from (select now() as at) t
     where shopper_id = $1`,
    [id],
  )
  await sender.query(
    `update instalment_plan set card = null where shopper_id = $1 and ${takesWritesHere('merchant_id')}`,
    [id],
  )
  await sender.query(
    `update shopper set state = 'erased', email = null, phone = null, given_names = null, surname = null, birth_date = null,
       address = null, postcode = null, city = null, country = null
     where shopper_id = $1`,
    [id],
  )
}
