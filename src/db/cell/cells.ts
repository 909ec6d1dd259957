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

/** Adds a cell under the next number and answers it; undefined when the name is taken. Callers hold `lockCells`. */
export async function insertCell(
  sender: Sender,
  name: string,
  databaseUrl: Buffer | null,
): Promise<number | undefined> {
  const next = await sender.query<{ number: number }>('select coalesce(max(number) + 1, 0) as number from cell')
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
