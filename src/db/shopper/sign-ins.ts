import type pg from 'pg'
import type { Contact } from '../../domain/shopper/contact.ts'
import { type CodeHistory, historyStart } from '../../domain/shopper/one-time-code.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/connection.ts'

type Sender = Pick<pg.Client, 'query'>

export type NewSignIn = {
  readonly owner: string
  readonly id: string
  readonly contact: Contact
  readonly visitorHash: Buffer
  readonly addressHash: Buffer
  readonly codeHash: Buffer
  readonly createdAt: Instant
  readonly expiresAt: Instant
}

/** How many codes a contact and an address have asked for. In a transaction that holds `lockContact`. */
export async function countSignIns(
  sender: Sender,
  { owner, addressHash, now }: { owner: string; addressHash: Buffer; now: Instant },
): Promise<CodeHistory> {
  const since = historyStart(now)
  const result = await sender.query<CodeHistory>({
    name: 'count_sign_ins',
    text: `select count(*) filter (where owner = $1 and created_at > $3)::int as "contactHour",
        count(*) filter (where owner = $1)::int as "contactDay",
        count(*) filter (where address_hash = $2 and created_at > $3)::int as "addressHour",
        max(created_at) filter (where owner = $1) as newest
      from shopper_sign_in where (owner = $1 or address_hash = $2) and created_at > $4`,
    values: [owner, addressHash, timestampText(since.hour), timestampText(since.day)],
  })
  return result.rows[0] as CodeHistory
}

/** One at a time for each contact, so that two requests at the same moment are counted as two. */
export async function lockContact(sender: Sender, owner: string): Promise<void> {
  await sender.query('select pg_advisory_xact_lock(hashtext($1))', [owner])
}

/** Keeps the newest code of a visitor as the only one that counts. */
export async function insertSignIn(sender: Sender, signIn: NewSignIn): Promise<void> {
  await sender.query({
    name: 'insert_sign_in',
    text: `insert into shopper_sign_in (owner, sign_in_id, contact, visitor_hash, address_hash, code_hash, created_at, expires_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [
      signIn.owner,
      signIn.id,
      signIn.contact,
      signIn.visitorHash,
      signIn.addressHash,
      signIn.codeHash,
      timestampText(signIn.createdAt),
      timestampText(signIn.expiresAt),
    ],
  })
}

export type OpenSignIn = {
  readonly owner: string
  readonly id: string
  readonly contact: Contact
  readonly codeHash: Buffer
  /** made so far */
  readonly tries: number
  readonly createdAt: Instant
}

const columns = `owner, sign_in_id as id, contact, code_hash as "codeHash", tries::int as tries, created_at as "createdAt"`

/** The visitor's newest sign-in, while its code is good. */
export async function findSignIn(sender: Sender, visitorHash: Buffer, now: Instant): Promise<OpenSignIn | undefined> {
  const result = await sender.query<OpenSignIn>({
    name: 'find_sign_in',
    text: `select * from (
        select ${columns}, expires_at, used_at from shopper_sign_in where visitor_hash = $1
        order by created_at desc, sign_in_id limit 1
      ) newest where used_at is null and expires_at > $2`,
    values: [visitorHash, timestampText(now)],
  })
  return result.rows[0]
}

/**
 * Counts a try before its code is looked at; returns how many there were with it, or undefined when none was left. Tries at the same
 * moment are counted one by one.
 */
export async function countTry(
  sender: Sender,
  { owner, id }: OpenSignIn,
  mostTries: number,
): Promise<number | undefined> {
  const result = await sender.query<{ tries: number }>({
    name: 'count_try',
    text: `update shopper_sign_in set tries = tries + 1
      where owner = $1 and sign_in_id = $2 and tries < $3 and used_at is null returning tries::int as tries`,
    values: [owner, id, mostTries],
  })
  return result.rows[0]?.tries
}

/** False when somebody used it at the same moment: a code opens an account once. */
export async function useSignIn(sender: Sender, { owner, id }: OpenSignIn, now: Instant): Promise<boolean> {
  const result = await sender.query({
    name: 'use_sign_in',
    text: `update shopper_sign_in set used_at = $3 where owner = $1 and sign_in_id = $2 and used_at is null`,
    values: [owner, id, timestampText(now)],
  })
  return result.rowCount === 1
}

/** Wrong tries from an address since a time, over all contacts. */
export async function countTriesOf(sender: Sender, addressHash: Buffer, since: Instant): Promise<number> {
  const result = await sender.query<{ tries: number }>({
    name: 'count_tries_of_address',
    text: `select coalesce(sum(tries), 0)::int as tries from shopper_sign_in where address_hash = $1 and created_at > $2`,
    values: [addressHash, timestampText(since)],
  })
  return result.rows[0]?.tries ?? 0
}

/** Ends whatever code the visitor was asked for: they want to use another contact. */
export async function dropSignIns(sender: Sender, visitorHash: Buffer, now: Instant): Promise<void> {
  await sender.query({
    name: 'drop_sign_ins',
    text: 'update shopper_sign_in set used_at = $2 where visitor_hash = $1 and used_at is null',
    values: [visitorHash, timestampText(now)],
  })
}
