import type pg from 'pg'
import { findShopperCells } from '../../../db/shopper/shopper-cells.ts'
import { findShoppersByContacts, listContacts } from '../../../db/shopper/shoppers.ts'
import type { Contact } from '../../../domain/shopper/contact.ts'
import type { Shopper, ShopperId } from '../../../domain/shopper/shopper.ts'
import { Unavailable } from '../../../engine/command.ts'
import { firstCell } from '../../cell/cell-url.ts'
import { outageAsUnavailable } from '../../shared/outage.ts'

/** What one of several cells knows of the others, for people who buy in more than one. */
export type ShopperCells = {
  readonly own: string
  /** of the first cell, where the directory is */
  readonly directory: pg.Pool
  /** of any cell, also one that only other servers work for; undefined when there is none of that name */
  readonly poolOf: (cell: string) => Promise<pg.Pool | undefined>
}

/** The account that the same person has in another cell: a contact that opens both was proved in each. */
export type AccountElsewhere = { readonly cell: string; readonly pool: pg.Pool; readonly shopper: Shopper }

export type FoundElsewhere = {
  readonly accounts: readonly AccountElsewhere[]
  /** false: a cell that may have another one did not answer */
  readonly isWhole: boolean
}

type Parts = { readonly pool: pg.Pool; readonly cells?: ShopperCells | undefined }

/**
 * The other accounts of a shopper of this cell. The first cell is asked in any case: who came while it was the only one is not in the directory.
 * A cell that is away is passed over, and its absence said.
 */
export async function findAccountsElsewhere({ pool, cells }: Parts, id: ShopperId): Promise<FoundElsewhere> {
  if (!cells) return { accounts: [], isWhole: true }
  const contacts = await outageAsUnavailable(listContacts(pool, id))
  const known = await answerOf(findShopperCells(cells.directory, contacts))
  const names = new Set([firstCell, ...(known ?? [])])
  names.delete(cells.own)
  const found = await Promise.all([...names].map((cell) => answerOf(accountsIn(cells, cell, contacts))))
  return { accounts: found.flatMap((each) => each ?? []), isWhole: known !== undefined && !found.includes(undefined) }
}

/** The same for what must reach all of them or none. Throws `Unavailable` when a cell is away. */
export async function findEveryAccount(parts: Parts, id: ShopperId): Promise<readonly AccountElsewhere[]> {
  const { accounts, isWhole } = await findAccountsElsewhere(parts, id)
  if (!isWhole) throw new Unavailable('a cell with an account of the shopper is away', { retryAfterSeconds: 1 })
  return accounts
}

async function accountsIn(
  cells: ShopperCells,
  cell: string,
  contacts: readonly Contact[],
): Promise<readonly AccountElsewhere[]> {
  const pool = await cells.poolOf(cell)
  if (!pool) return []
  return (await findShoppersByContacts(pool, contacts)).map((shopper) => ({ cell, pool, shopper }))
}

/** Undefined when the database is away. */
export async function answerOf<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await outageAsUnavailable(asked)
  } catch (error) {
    if (error instanceof Unavailable) return undefined
    throw error
  }
}
