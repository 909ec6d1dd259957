import type pg from 'pg'
import { transact } from '../../../db/cell/move/move-session.ts'
import {
  countRows,
  type Digests,
  deleteRows,
  deleteRowsBut,
  digestRows,
  type Portions,
  type Rows,
  raiseNumbers,
  readKeys,
  readRows,
  writeRows,
} from '../../../db/cell/move/moved-rows.ts'
import { type MovedTable, movedTables } from '../../../db/cell/move/moved-tables.ts'
import { holdArriving } from '../../../db/cell/move/moving-merchants.ts'
import type { TableShape } from '../../../db/cell/move/table-shapes.ts'
import type { MerchantId } from '../../../kernel/ids.ts'
import { bringPeople, type PeopleIds } from './bring-people.ts'

export type CopyParts = {
  /** for one snapshot of the rows */
  readonly source: pg.Client
  readonly target: pg.Client
  readonly shapes: readonly TableShape[]
  readonly merchantId: MerchantId
  /** who alone may write into the target */
  readonly mover: string
}

/** Another process has taken the move over, or the target was opened: nothing may be written there. */
export class MoveLost extends Error {}

/** About as many rows are one portion: what differs is found and copied by these. */
const rowsPerPortion = 256

const mostPortions = 1 << 20

/**
 * Makes the merchant's rows in the target equal to those in the source, as one snapshot shows them: portions of a table whose hashes differ are
 * copied anew, the others are left. To be repeated: each time only what has changed is copied. Answers how many rows were copied.
 */
export async function copyMerchant(parts: CopyParts): Promise<number> {
  return await inOneSnapshot(parts.source, async () => {
    const people = await bringPeople(parts)
    const sides = movedTables.map((table, index) => sidesOf(parts, table, index, people))
    let copied = 0
    const differing: { readonly sides: Sides; readonly portions: Portions }[] = []
    for (const each of sides) {
      const portions = await differingPortions(parts, each)
      if (portions.wanted.length === 0) continue
      copied += await copyPortions(parts, each, portions)
      differing.push({ sides: each, portions })
    }
    // What is not there any more goes last, and what refers to another before that.
    for (const { sides: each, portions } of differing.reverse())
      if (each.source.table.isReferenced) await deleteExtra(parts, each, portions)
    return copied
  })
}

/** The tables that differ: empty once the merchant is frozen and copied. Row by row, in one snapshot. */
export async function compareMerchant(parts: CopyParts): Promise<string[]> {
  return await inOneSnapshot(parts.source, async () => {
    const people = await bringPeople(parts)
    const found: string[] = []
    for (const [index, table] of movedTables.entries()) {
      const sides = sidesOf(parts, table, index, people)
      if ((await differingPortions(parts, sides)).wanted.length > 0) found.push(table.table)
    }
    return found
  })
}

/** Lets each sequence of the target go on behind the merchant's rows. */
export async function continueNumbers(parts: CopyParts): Promise<void> {
  for (const [index, table] of movedTables.entries())
    await raiseNumbers(parts.target, sidesOf(parts, table, index, new Map()).target)
}

/** Deletes every row of the merchant but those of the tables that `keeps` names, a bounded number at a time. Its row of `moving_merchant` says `dropping`. */
export async function deleteMerchant(
  client: pg.Client,
  {
    merchantId,
    mover,
    keepsNames,
  }: { readonly merchantId: MerchantId; readonly mover: string; readonly keepsNames: boolean },
): Promise<number> {
  let deleted = 0
  for (const table of movedTables.filter(({ isName }) => !(isName && keepsNames)).toReversed())
    for (;;) {
      const count = await held(client, { merchantId, mover }, () => deleteRows(client, table, merchantId))
      deleted += count
      if (count === 0) break
    }
  return deleted
}

type Sides = { readonly source: Rows; readonly target: Rows }

function sidesOf({ merchantId, shapes }: CopyParts, table: MovedTable, index: number, people: PeopleIds): Sides {
  const target = { table, shape: shapes[index] as TableShape, merchantId }
  return { target, source: { ...target, people } }
}

async function inOneSnapshot<T>(source: pg.Client, work: () => Promise<T>): Promise<T> {
  return await transact(source, work, 'begin isolation level repeatable read read only')
}

async function differingPortions({ source, target }: CopyParts, sides: Sides): Promise<Portions> {
  const [rows, rowsThere] = await Promise.all([countRows(source, sides.source), countRows(target, sides.target)])
  const count = Math.min(Math.max(Math.ceil(rows / rowsPerPortion), 1), mostPortions)
  if (rows === 0 && rowsThere === 0) return { count, wanted: [] }
  if (rowsThere === 0) return { count, wanted: Array.from({ length: count }, (_, portion) => portion) }
  const [here, there] = await Promise.all([
    digestRows(source, sides.source, count),
    digestRows(target, sides.target, count),
  ])
  return { count, wanted: differingKeys(here, there) }
}

function differingKeys(here: Digests, there: Digests): number[] {
  return [...new Set([...here.keys(), ...there.keys()])].filter((portion) => here.get(portion) !== there.get(portion))
}

/** Portions of one deletion. */
const portionsAtOnce = 64

async function copyPortions(parts: CopyParts, sides: Sides, portions: Portions): Promise<number> {
  const { source, target } = parts
  const { isAppendOnly, isReferenced } = sides.target.table
  // First all that differs goes, then it comes: two rows of which one takes the other's place in an index are never there at once.
  if (!isAppendOnly && !isReferenced)
    for (let from = 0; from < portions.wanted.length; from += portionsAtOnce) {
      const wanted = portions.wanted.slice(from, from + portionsAtOnce)
      await held(target, parts, () => deleteRowsBut(target, sides.target, { ...portions, wanted }, []))
    }
  let copied = 0
  for await (const texts of readRows(source, sides.source, portions)) {
    await held(target, parts, () => writeRows(target, sides.target, texts))
    copied += texts.length
  }
  return copied
}

async function deleteExtra(parts: CopyParts, sides: Sides, portions: Portions): Promise<void> {
  const { source, target } = parts
  for (let from = 0; from < portions.wanted.length; from += portionsAtOnce) {
    const some = { ...portions, wanted: portions.wanted.slice(from, from + portionsAtOnce) }
    const keys = await readKeys(source, sides.source, some)
    await held(target, parts, () => deleteRowsBut(target, sides.target, some, keys))
  }
}

/** Writes to the target while the merchant is arriving there by this mover's hand, and not otherwise. Throws `MoveLost`. */
async function held<T>(
  target: pg.Client,
  { merchantId, mover }: Pick<CopyParts, 'merchantId' | 'mover'>,
  write: () => Promise<T>,
): Promise<T> {
  return await transact(target, async () => {
    if (!(await holdArriving(target, merchantId, mover)))
      throw new MoveLost('another process has taken over the move of this merchant')
    return await write()
  })
}
