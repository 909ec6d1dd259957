import type { ClientBase } from 'pg'
import type { Contact } from '../../../domain/shopper/contact.ts'
import type { MerchantId } from '../../../kernel/ids.ts'

type Sender = Pick<ClientBase, 'query'>

/** Somebody as a cell knows them: the row and what belongs to it as text, and what else than the id they are known by. */
export type Person = {
  readonly id: string
  readonly row: string
  /** contacts of a shopper, the address of staff */
  readonly names: readonly string[]
}

/** The two kinds of people, by the table they stand in. */
export type PeopleKind = 'shopper' | 'staff'

const namedBy = {
  shopper: `select shopper_id from instalment_plan where merchant_id = $1 union select shopper_id from checkout where merchant_id = $1
    union select shopper_id from shopper_order where merchant_id = $1
    union select substr(owner, 9)::uuid from message where merchant_id = $1 and owner like 'shopper:%'`,
  staff: `select user_id from staff_membership where merchant_id = $1 union select user_id from saved_view where merchant_id = $1`,
} as const satisfies Record<PeopleKind, string>

/** The ids of everybody that the merchant's rows name. */
export async function listPeopleOf(sender: Sender, kind: PeopleKind, merchantId: MerchantId): Promise<string[]> {
  const { rows } = await sender.query<{ id: string }>(
    `select id::text from (${namedBy[kind]}) as named(id) where id is not null order by id`,
    [merchantId],
  )
  return rows.map(({ id }) => id)
}

export async function readPeople(sender: Sender, kind: PeopleKind, ids: readonly string[]): Promise<Person[]> {
  const text =
    kind === 'shopper'
      ? `select shopper_id::text as id, s::text as row, array(select contact from shopper_contact c
          where c.shopper_id = s.shopper_id order by contact) as names
        from shopper s where shopper_id = any($1::uuid[]) order by id`
      : `select user_id::text as id, s::text as row, array[email] as names from staff s where user_id = any($1::uuid[]) order by id`
  return (await sender.query<Person>(text, [ids])).rows
}

/** Those of these ids that the cell knows. */
export async function findKnownPeople(
  sender: Sender,
  kind: PeopleKind,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const column = kind === 'shopper' ? 'shopper_id' : 'user_id'
  const { rows } = await sender.query<{ id: string }>(
    `select ${column}::text as id from ${kind} where ${column} = any($1::uuid[])`,
    [ids],
  )
  return new Set(rows.map(({ id }) => id))
}

/** Whom the cell knows by these names. */
export async function findPeopleByName(
  sender: Sender,
  kind: PeopleKind,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const text =
    kind === 'shopper'
      ? 'select contact as name, shopper_id::text as id from shopper_contact where contact = any($1::text[])'
      : 'select email as name, user_id::text as id from staff where email = any($1::text[])'
  const { rows } = await sender.query<{ name: string; id: string }>(text, [names])
  return new Map(rows.map(({ name, id }) => [name, id]))
}

/** Makes people known under the ids they have. A contact that is another account's there stays that one's. */
export async function insertPeople(sender: Sender, kind: PeopleKind, people: readonly Person[]): Promise<void> {
  await sender.query(`insert into ${kind} select r.* from unnest($1::text[]::${kind}[]) as r on conflict do nothing`, [
    people.map(({ row }) => row),
  ])
  if (kind === 'staff') return
  const contacts = people.flatMap(({ id, names }) => names.map((name) => ({ id, name })))
  await sender.query(
    `insert into shopper_contact (contact, shopper_id) select * from unnest($1::text[], $2::uuid[]) on conflict do nothing`,
    [contacts.map(({ name }) => name), contacts.map(({ id }) => id)],
  )
}

/** What belongs to people and goes with them, as text by table. */
export type Belongings = {
  readonly table: 'shopper_card' | 'staff_passkey' | 'staff_recovery_code'
  readonly rows: readonly string[]
}

/** Cards that can be charged, under the ids that their owners have in the other cell. Who was known there keeps the card that is charged first. */
export async function readCards(
  sender: Sender,
  ids: readonly string[],
  { elsewhere, unknown }: { readonly elsewhere: ReadonlyMap<string, string>; readonly unknown: readonly string[] },
): Promise<Belongings[]> {
  const { rows } = await sender.query<{ row: string }>(
    `select r::text as row from shopper_card k
     cross join lateral jsonb_populate_record(k, jsonb_build_object('is_default', k.is_default and k.shopper_id = any($3::uuid[]), 'shopper_id',
       coalesce($2::jsonb ->> k.shopper_id::text, k.shopper_id::text))) r
     where k.shopper_id = any($1::uuid[]) and k.removed_at is null`,
    [ids, JSON.stringify(Object.fromEntries(elsewhere)), unknown],
  )
  return [{ table: 'shopper_card', rows: rows.map(({ row }) => row) }]
}

/** What staff sign in with. */
export async function readSecondFactors(sender: Sender, ids: readonly string[]): Promise<Belongings[]> {
  const read = async (table: 'staff_passkey' | 'staff_recovery_code') => {
    const { rows } = await sender.query<{ row: string }>(
      `select t::text as row from ${table} t where user_id = any($1::uuid[])`,
      [ids],
    )
    return { table, rows: rows.map(({ row }) => row) }
  }
  return [await read('staff_passkey'), await read('staff_recovery_code')]
}

/** What is there already stays as it is. */
export async function insertBelongings(sender: Sender, { table, rows }: Belongings): Promise<void> {
  await sender.query(
    `insert into ${table} select r.* from unnest($1::text[]::${table}[]) as r on conflict do nothing`,
    [rows],
  )
}

/** The operator's own accounts that the merchant's payments went through, or that keep a card which its plans may be collected from, as text. */
export async function readOperatorAccounts(sender: Sender, merchantId: MerchantId): Promise<string[]> {
  const { rows } = await sender.query<{ row: string }>(
    `select a::text as row from acquirer_account a where a.owner = 0 and a.connector || '/' || a.account_id in (
       select acquirer from attempt where merchant_id = $1
       union select card ->> 'acquirer' from instalment_plan where merchant_id = $1
       union select acquirer from shopper_card where removed_at is null and shopper_id in (${namedBy.shopper}))`,
    [merchantId],
  )
  return rows.map(({ row }) => row)
}

/** Of these keys, the operator's own accounts, as text. */
export async function readOperatorAccountsNamed(sender: Sender, keys: readonly string[]): Promise<string[]> {
  const { rows } = await sender.query<{ row: string }>(
    `select a::text as row from acquirer_account a where a.owner = 0 and a.connector || '/' || a.account_id = any($1::text[])`,
    [keys],
  )
  return rows.map(({ row }) => row)
}

/** Contacts of the shoppers whom the merchant's rows name, behind the last one of the page before, in order. */
export async function listContactsOf(
  sender: Sender,
  merchantId: MerchantId,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<Contact[]> {
  const { rows } = await sender.query<{ contact: Contact }>(
    `select contact from shopper_contact where contact > $2 and shopper_id in (${namedBy.shopper}) order by contact limit $3`,
    [merchantId, after, limit],
  )
  return rows.map(({ contact }) => contact)
}

/** Adds accounts that the cell does not know. New payments go on through the account that they went through before, where there is one. */
export async function insertOperatorAccounts(sender: Sender, rows: readonly string[]): Promise<void> {
  const used = await sender.query<{ currency: string }>(
    'select currency from acquirer_account where owner = 0 and is_enabled',
  )
  await sender.query(
    `insert into acquirer_account (owner, account_id, connector, currency, sealed_credentials, is_enabled, created_at)
     select r.owner, r.account_id, r.connector, r.currency, r.sealed_credentials, r.is_enabled and r.currency <> all($2::text[]), r.created_at
     from unnest($1::text[]::acquirer_account[]) as r on conflict do nothing`,
    [rows, used.rows.map(({ currency }) => currency)],
  )
}
