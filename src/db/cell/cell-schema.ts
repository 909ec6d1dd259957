import { type ClientBase, escapeIdentifier } from 'pg'
import { readPlacedBytes } from '../wire/cluster.ts'
import { isServedHere } from './absent-merchants.ts'

type Sender = Pick<ClientBase, 'query'>

/** Makes the schema of a cell where it is not there yet. */
export async function createSchema(sender: Sender, name: string): Promise<void> {
  await sender.query(`create schema if not exists ${escapeIdentifier(name)}`)
}

/** How many merchant ids a cell has for itself. */
const idsPerCell = 10_000_000

/** Lets a new cell's merchants begin in its own range of ids. One that has merchants is left as it is. */
export async function beginMerchantIds(sender: Sender, number: number): Promise<void> {
  await sender.query(
    'update merchant_number set last = $1::int, most = $1::int + $2::int - 1 where not exists (select from merchant)',
    [number * idsPerCell, idsPerCell],
  )
}

export type CellSize = { readonly bytes: bigint; readonly merchants: number; readonly version: string | null }

/** What a cell holds and the last migration it has; for a schema that was migrated at least once. */
export async function readCellSize(sender: Sender): Promise<CellSize> {
  const { rows: facts } = await sender.query<Omit<CellSize, 'bytes'>>(
    `select (select count(*)::int from merchant where ${isServedHere('id')}) as merchants,
      (select max(name collate "C") from migration) as version`,
  )
  const { rows: sizes } = await sender.query<Pick<CellSize, 'bytes'>>(
    `select coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint as bytes from pg_class c
     where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'`,
  )
  const bytes = (await readPlacedBytes(sender)) ?? sizes[0]?.bytes ?? 0n
  return { bytes, ...(facts[0] as Omit<CellSize, 'bytes'>) }
}
