import type { ClientBase } from 'pg'
import { movedTables } from './moved-tables.ts'

type Sender = Pick<ClientBase, 'query'>

/** What is to be known of a table to copy rows of it. */
export type TableShape = {
  readonly table: string
  /** in the order of a row's text, each with its type */
  readonly columns: readonly string[]
  /** the names alone */
  readonly names: readonly string[]
  /** of the primary key; empty where there is none */
  readonly key: readonly string[]
  /** numbered by a sequence of the cell */
  readonly numbered: string | null
}

/** The moved tables as this cell has them, in the same order. */
export async function readTableShapes(sender: Sender): Promise<TableShape[]> {
  const { rows } = await sender.query<TableShape>(
    `select c.relname as table,
       array_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) order by a.attnum) as columns,
       array_agg(a.attname::text order by a.attnum) as names,
       coalesce((select array_agg(k.attname::text order by k.attnum) from pg_index i
         join pg_attribute k on k.attrelid = c.oid and k.attnum = any(i.indkey)
         where i.indrelid = c.oid and i.indisprimary), '{}') as key,
       min(a.attname) filter (where a.attidentity <> '' and c.relname <> 'merchant') as numbered
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = current_schema()::regnamespace and c.relname = any($1::text[])
     group by c.oid, c.relname order by array_position($1::text[], c.relname::text)`,
    [movedTables.map(({ table }) => table)],
  )
  return rows
}
