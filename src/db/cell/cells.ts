import type pg from 'pg'
import type { Instant } from '../../kernel/instant.ts'

type Sender = Pick<pg.ClientBase, 'query'>

/** How connections reach a cell that a cluster places: straight to the node that holds it, or through the coordinator. */
export type CellRoute = 'node' | 'coordinator'

export type CellRow = {
  readonly name: string
  /** decides the range of its merchants' ids */
  readonly number: number
  /** sealed; null: the database of the first cell */
  readonly databaseUrl: Buffer | null
  /** whether it takes new merchants */
  readonly isOpen: boolean
  /** null: no cluster places it */
  readonly route: CellRoute | null
  readonly addedAt: Instant
}

const columns = 'name, number, database_url as "databaseUrl", is_open as "isOpen", route, added_at as "addedAt"'

/** Every cell, the first one first; empty while there is only one and nobody has named it. */
export async function listCells(sender: Sender): Promise<CellRow[]> {
  return (await sender.query<CellRow>(`select ${columns} from cell order by number`)).rows
}

/** Adds a cell under the next number and answers it; undefined when the name is taken, or was. Callers hold `lockCells`. */
export async function insertCell(
  sender: Sender,
  name: string,
  databaseUrl: Buffer | null,
): Promise<number | undefined> {
  const removed = await sender.query('select from removed_cell where name = $1', [name])
  if (removed.rowCount === 1) return undefined
  const next = await sender.query<{ number: number }>(
    'select coalesce(max(number) + 1, 0) as number from (select number from cell union all select number from removed_cell) n',
  )
  const { rows } = await sender.query<{ number: number }>(
    'insert into cell (name, number, database_url) values ($1, $2, $3) on conflict (name) do nothing returning number',
    [name, next.rows[0]?.number, databaseUrl],
  )
  return rows[0]?.number
}

/** One at a time changes the list of cells, until its transaction ends. */
export async function lockCells(sender: Sender): Promise<void> {
  await sender.query(`select pg_advisory_xact_lock(hashtext('tercet cells'))`)
}

/** Says how connections reach a cell; null for one that no cluster places. Servers follow at their next start. */
export async function routeCell(sender: Sender, name: string, route: CellRoute | null): Promise<void> {
  await sender.query('update cell set route = $2 where name = $1', [name, route])
}

/** Whether the cell takes new merchants from now on. False when there is no such cell. */
export async function openCell(sender: Sender, name: string, isOpen: boolean): Promise<boolean> {
  return (await sender.query('update cell set is_open = $2 where name = $1', [name, isOpen])).rowCount === 1
}

/** What still leads to a cell: merchants that live there, and moves that came from there or go there. */
export type CellTies = { readonly merchants: number; readonly moves: number }

/** Undefined when there is no such cell. Nothing new can lead to it until the transaction ends. */
export async function holdCell(sender: Sender, name: string): Promise<CellRow | undefined> {
  return (await sender.query<CellRow>(`select ${columns} from cell where name = $1 for update`, [name])).rows[0]
}

export async function readCellTies(sender: Sender, name: string): Promise<CellTies> {
  const { rows } = await sender.query<CellTies>(
    `select (select count(*)::int from cell_name where cell = $1 and kind = 'merchant') as merchants,
      (select count(*)::int from merchant_move where source = $1 or target = $1) as moves`,
    [name],
  )
  return rows[0] as CellTies
}

/** Takes a cell off the list for good, with the contacts and stray names that lead to it. Servers forget where names led. Callers hold `lockCells`. */
export async function removeCell(sender: Sender, name: string): Promise<void> {
  await sender.query('delete from cell_name where cell = $1', [name])
  await sender.query('delete from shopper_cell where cell = $1', [name])
  const { rows } = await sender.query<{ number: number; arrivals: bigint }>(
    'delete from cell where name = $1 returning number, arrivals',
    [name],
  )
  const [{ number, arrivals } = { number: 0, arrivals: 0n }] = rows
  await sender.query('insert into removed_cell (name, number) values ($1, $2)', [name, number])
  // Their sum must not become smaller.
  await sender.query('update cell set arrivals = arrivals + 1 + $1 where number = 0', [arrivals])
}
