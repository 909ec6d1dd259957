import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { insertOperatorAccounts, readOperatorAccountsNamed } from '../../../db/cell/move/moved-people.ts'
import { insertMissingCards, readCardCopies } from '../../../db/shopper/card-copies.ts'
import { claimShopperCell } from '../../../db/shopper/shopper-cells.ts'
import {
  addContact,
  findShopper,
  findShoppersByContacts,
  insertShopper,
  listContacts,
  setShopperState,
  updateProfile,
} from '../../../db/shopper/shoppers.ts'
import { lockContact } from '../../../db/shopper/sign-ins.ts'
import { inTransaction } from '../../../db/wire/transaction.ts'
import type { Contact } from '../../../domain/shopper/contact.ts'
import type { Shopper, ShopperId } from '../../../domain/shopper/shopper.ts'
import { outageAsUnavailable } from '../../shared/outage.ts'
import { contactOwner } from '../contact-owner.ts'
import type { ShopperParts } from '../shopper-parts.ts'
import { type AccountElsewhere, answerOf, findAccountsElsewhere } from './accounts-elsewhere.ts'

type Account = Pick<AccountElsewhere, 'pool' | 'shopper'>

/**
 * The account that somebody of another cell has here, made when there was none, and told who they are when it does not know; undefined when theirs
 * was erased meanwhile.
 */
export async function bringShopper(parts: ShopperParts, from: Account): Promise<Shopper | undefined> {
  const { pool } = parts
  const contacts = await outageAsUnavailable(listContacts(from.pool, from.shopper.id))
  if (contacts.length === 0) return undefined
  const [known] = await outageAsUnavailable(findShoppersByContacts(pool, contacts))
  if (known && (known.profile !== null || from.shopper.profile === null)) return known
  const made = await outageAsUnavailable(inTransaction(pool, (client) => makeAccount(parts, client, from, contacts)))
  await noteCell(parts, contacts)
  return made
}

async function makeAccount(
  parts: ShopperParts,
  client: pg.PoolClient,
  { shopper }: Account,
  contacts: readonly Contact[],
): Promise<Shopper | undefined> {
  // In one order, as two who come at the same moment would wait for each other otherwise.
  for (const contact of contacts) await lockContact(client, contactOwner(parts, contact))
  const [known] = await findShoppersByContacts(client, contacts)
  if (known?.profile) return known
  const id = known?.id ?? (randomUUID() as ShopperId)
  const [contact, ...others] = contacts
  if (!known && contact !== undefined) {
    await insertShopper(client, { id, contact, language: shopper.language, now: parts.clock.now() })
    for (const other of others) await addContact(client, other, id)
  }
  await copyPerson(client, shopper, id)
  return await findShopper(client, id)
}

/** Who somebody said they are, and that they are blocked, should they be. */
async function copyPerson(sender: Pick<pg.Client, 'query'>, from: Shopper, id: ShopperId): Promise<void> {
  const { profile, email, phone, state } = from
  if (profile) await updateProfile(sender, { ...profile, id, email, phone })
  if (state === 'blocked') await setShopperState(sender, id, state)
}

/** After a contact was proved here: others learn that there is an account, and this one learns who they are. What is away is left out. */
export async function joinAccounts(parts: ShopperParts, shopper: Shopper): Promise<void> {
  const { pool, cells } = parts
  if (!cells) return
  await noteCell(parts, await outageAsUnavailable(listContacts(pool, shopper.id)))
  const { accounts } = await findAccountsElsewhere(parts, shopper.id)
  const other = accounts.find((each) => each.shopper.profile !== null) ?? accounts[0]
  if (shopper.profile === null && other) await outageAsUnavailable(copyPerson(pool, other.shopper, shopper.id))
}

async function noteCell({ cells }: ShopperParts, contacts: readonly Contact[]): Promise<void> {
  if (cells) await answerOf(claimShopperCell(cells.directory, cells.own, contacts))
}

/** Keeps here what cards the shopper has in other cells, as far as those answer. */
export async function bringCards(parts: ShopperParts, id: ShopperId): Promise<void> {
  if (!parts.cells) return
  const { accounts } = await findAccountsElsewhere(parts, id)
  for (const each of accounts) await answerOf(copyCards(each, parts.pool, id))
}

/** With the operator's accounts at the acquirers that keep them. */
async function copyCards({ pool, shopper }: Account, here: pg.Pool, id: ShopperId): Promise<void> {
  const cards = await readCardCopies(pool, shopper.id)
  if (cards.length === 0) return
  const accounts = await readOperatorAccountsNamed(
    pool,
    cards.map(({ acquirer }) => acquirer),
  )
  if (accounts.length > 0) await insertOperatorAccounts(here, accounts)
  await insertMissingCards(here, id, cards)
}
