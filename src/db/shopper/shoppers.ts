import type pg from 'pg'
import type { Contact } from '../../domain/shopper/contact.ts'
import type { Profile } from '../../domain/shopper/profile.ts'
import type { Shopper, ShopperId, ShopperState } from '../../domain/shopper/shopper.ts'
import type { CalendarDate } from '../../kernel/calendar-date.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { Language } from '../../kernel/language.ts'
import { timestampText } from '../wire/connection.ts'

type Sender = Pick<pg.Client, 'query'>

export type ShopperRow = {
  shopper_id: ShopperId
  email: string | null
  phone: string | null
  given_names: string | null
  surname: string | null
  birth_date: CalendarDate | null
  address: string | null
  postcode: string | null
  city: string | null
  country: string | null
  language: Language
  state: ShopperState
  created_at: Instant
}

export const shopperColumns = `s.shopper_id, s.email, s.phone, s.given_names, s.surname, s.birth_date, s.address, s.postcode, s.city,
  s.country, s.language, s.state, s.created_at`

export function shopperFromRow(row: ShopperRow): Shopper {
  return {
    id: row.shopper_id,
    email: row.email,
    phone: row.phone,
    profile: profileFromRow(row),
    language: row.language,
    state: row.state,
    createdAt: row.created_at,
  }
}

/** All of a profile is there or none: a CHECK says so. */
function profileFromRow(row: ShopperRow): Profile | null {
  if (row.given_names === null) return null
  return {
    givenNames: row.given_names,
    surname: row.surname ?? '',
    birthDate: row.birth_date as CalendarDate,
    address: row.address ?? '',
    postcode: row.postcode ?? '',
    city: row.city ?? '',
    country: row.country ?? '',
  }
}

export async function findShopperByContact(sender: Sender, contact: Contact): Promise<Shopper | undefined> {
  const result = await sender.query<ShopperRow>({
    name: 'find_shopper_by_contact',
    text: `select ${shopperColumns} from shopper_contact c join shopper s on s.shopper_id = c.shopper_id where c.contact = $1`,
    values: [contact],
  })
  return result.rows[0] && shopperFromRow(result.rows[0])
}

export async function findShopper(sender: Sender, id: ShopperId): Promise<Shopper | undefined> {
  const result = await sender.query<ShopperRow>({
    name: 'find_shopper',
    text: `select ${shopperColumns} from shopper s where s.shopper_id = $1`,
    values: [id],
  })
  return result.rows[0] && shopperFromRow(result.rows[0])
}

/** The contacts that open an account. */
export async function listContacts(sender: Sender, id: ShopperId): Promise<Contact[]> {
  const { rows } = await sender.query<{ contact: Contact }>({
    name: 'list_shopper_contacts',
    text: 'select contact from shopper_contact where shopper_id = $1 order by contact',
    values: [id],
  })
  return rows.map(({ contact }) => contact)
}

/** The accounts that one of these contacts opens, oldest first. */
export async function findShoppersByContacts(sender: Sender, contacts: readonly Contact[]): Promise<Shopper[]> {
  const { rows } = await sender.query<ShopperRow>({
    name: 'find_shoppers_by_contacts',
    text: `select ${shopperColumns} from shopper s
      where s.shopper_id in (select shopper_id from shopper_contact where contact = any($1::text[])) order by s.created_at, s.shopper_id`,
    values: [contacts],
  })
  return rows.map(shopperFromRow)
}

/** An account that this contact opens from now on. In a transaction that holds `lockContact`. */
export async function insertShopper(
  sender: Sender,
  shopper: { id: ShopperId; contact: Contact; language: Language; now: Instant },
): Promise<void> {
  const { id, contact, language, now } = shopper
  await sender.query({
    name: 'insert_shopper',
    text: `with added as (
        insert into shopper (shopper_id, email, phone, language, created_at) values ($1, $2, $3, $4, $5)
      )
      insert into shopper_contact (contact, shopper_id) values ($6, $1)`,
    values: [
      id,
      contact.includes('@') ? contact : null,
      contact.includes('@') ? null : contact,
      language,
      timestampText(now),
      contact,
    ],
  })
}

/** A further contact that opens the account, unless it opens another one. */
export async function addContact(sender: Sender, contact: Contact, id: ShopperId): Promise<void> {
  await sender.query('insert into shopper_contact (contact, shopper_id) values ($1, $2) on conflict do nothing', [
    contact,
    id,
  ])
}

export type ProfileChange = Profile & {
  readonly id: ShopperId
  readonly email: string | null
  readonly phone: string | null
}

/** Writes who the shopper is. A contact that was proved stays; the other one is only where messages go. */
export async function updateProfile(sender: Sender, change: ProfileChange): Promise<void> {
  await sender.query({
    name: 'update_shopper_profile',
    text: `update shopper set given_names = $2, surname = $3, birth_date = $4, address = $5, postcode = $6, city = $7, country = $8,
        email = coalesce($9, email), phone = coalesce($10, phone)
      where shopper_id = $1 and state <> 'erased'`,
    values: [
      change.id,
      change.givenNames,
      change.surname,
      change.birthDate,
      change.address,
      change.postcode,
      change.city,
      change.country,
      change.email,
      change.phone,
    ],
  })
}

export async function updateLanguage(sender: Sender, id: ShopperId, language: Language): Promise<void> {
  await sender.query({
    name: 'update_shopper_language',
    text: 'update shopper set language = $2 where shopper_id = $1',
    values: [id, language],
  })
}

/** False when there is no such account, or it was erased. */
export async function setShopperState(sender: Sender, id: ShopperId, state: 'active' | 'blocked'): Promise<boolean> {
  const { rowCount } = await sender.query(`update shopper set state = $2 where shopper_id = $1 and state <> 'erased'`, [
    id,
    state,
  ])
  return rowCount === 1
}
