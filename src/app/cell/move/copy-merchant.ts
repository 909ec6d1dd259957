import type pg from 'pg'
import { transact } from '../../../db/cell/move/move-session.ts'
import {
  countRows,
  type Digests,
  deleteRows,
  deleteRowsBut,
  digestRows,
  type Portions,
  portionsSince,
  type Rows,
  raiseNumbers,
  readHorizon,
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

/** Both sides were the same but for what was written from these transactions on; and the ids that people had. */
export type Equal = { readonly source: string; readonly target: string; readonly people: string }

export type Copied = {
  readonly rows: number
  /** tables that differ all the same; the two sides are equal when there are none */
  readonly differing: readonly string[]
  readonly equal: Equal | undefined
}

/**
 * Makes the merchant's rows in the target equal to those in the source, as one snapshot shows them, row by row: portions of a table whose hashes
 * differ are copied anew, and compared once more. `since`, what an earlier call has found equal, spares it the portions without a row that
 * was written on either side after that: for as long as nothing else is there to do, it reads each table once and hashes little.
 */
export async function copyMerchant(parts: CopyParts, since?: Equal): Promise<Copied> {
  const { source, target } = parts
  return await inOneSnapshot(source, async () => {
    const horizons = { source: await readHorizon(source), target: await readHorizon(target) }
    const people = await bringPeople(parts)
    const equal = { ...horizons, people: JSON.stringify([...people]) }
    const known = since?.people === equal.people ? since : undefined
    const copies: Copy[] = []
    for (const [index, table] of movedTables.entries())
      copies.push(await copyTable(parts, sidesOf(parts, table, index, people), known))
    // What is not there any more goes last, and what refers to another before that.
    for (const { sides, portions } of copies.toReversed())
      if (sides.source.table.isReferenced) await deleteExtra(parts, sides, portions)
    const differing: string[] = []
    for (const { sides, portions } of copies)
      if ((await differingOf(parts, sides, portions)).wanted.length > 0) differing.push(sides.source.table.table)
    const rows = copies.reduce((sum, copy) => sum + copy.rows, 0)
    return { rows, differing, equal: differing.length === 0 ? equal : undefined }
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

type Copy = { readonly sides: Sides; readonly rows: number; readonly portions: Portions }

async function copyTable(parts: CopyParts, sides: Sides, since: Equal | undefined): Promise<Copy> {
  const counts = await countBoth(parts, sides)
  const all = portionsOf(counts)
  const wanted = since && !sides.source.table.isReferenced ? await changedPortions(parts, sides, all.count, since) : all
  const portions = await differingOf(parts, sides, wanted)
  const rows = await copyPortions(parts, sides, portions)
  if (wanted === all) return { sides, rows, portions }
  const [here, there] = await countBoth(parts, sides)
  // Rows that are gone leave no trace: all is looked at.
  if (here === there) return { sides, rows, portions }
  const rest = await copyTable(parts, sides, undefined)
  return { ...rest, rows: rows + rest.rows }
}

async function countBoth({ source, target }: CopyParts, sides: Sides): Promise<readonly [number, number]> {
  return await Promise.all([countRows(source, sides.source), countRows(target, sides.target)])
}

/** All that there are; none where neither side has a row. */
function portionsOf([here, there]: readonly [number, number]): Portions {
  const count = Math.min(Math.max(Math.ceil(here / rowsPerPortion), 1), mostPortions)
  if (here === 0 && there === 0) return { count, wanted: [] }
  return { count, wanted: Array.from({ length: count }, (_, portion) => portion) }
}

async function changedPortions(
  { source, target }: CopyParts,
  sides: Sides,
  count: number,
  since: Equal,
): Promise<Portions> {
  const [here, there] = await Promise.all([
    portionsSince(source, sides.source, count, since.source),
    portionsSince(target, sides.target, count, since.target),
  ])
  return { count, wanted: [...new Set([...here, ...there])] }
}

/** Those of these portions that are not the same on both sides. */
async function differingOf({ source, target }: CopyParts, sides: Sides, portions: Portions): Promise<Portions> {
  if (portions.wanted.length === 0) return portions
  const [here, there] = await Promise.all([
    digestRows(source, sides.source, portions),
    digestRows(target, sides.target, portions),
  ])
  return { count: portions.count, wanted: differingKeys(here, there) }
}

function differingKeys(here: Digests, there: Digests): number[] {
  return [...new Set([...here.keys(), ...there.keys()])].filter((portion) => here.get(portion) !== there.get(portion))
}

/** Portions of one deletion. */
const portionsAtOnce = 64

async function copyPortions(parts: CopyParts, sides: Sides, portions: Portions): Promise<number> {
  if (portions.wanted.length === 0) return 0
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
