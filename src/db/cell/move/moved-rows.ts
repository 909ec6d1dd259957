import type { ClientBase } from 'pg'
import type { MerchantId } from '../../../kernel/ids.ts'
import type { MovedTable } from './moved-tables.ts'
import type { TableShape } from './table-shapes.ts'

type Sender = Pick<ClientBase, 'query'>

/** Ids of people in the cell that rows come from, with the ids that they have in the other. Who has the same in both is absent. */
export type PeopleIds = ReadonlyMap<string, string>

export type Rows = {
  readonly table: MovedTable
  readonly shape: TableShape
  readonly merchantId: MerchantId
  /** for the cell that rows come from; in the other there is nothing to translate */
  readonly people?: PeopleIds
}

/** The rows `r` of a merchant, people's ids translated. `$1` is the merchant, `$2` the ids. */
function rowsOf({ table: { table, owner, person } }: Rows): string {
  if (!person) return `from ${table} r where r.${owner} = $1 and $2::jsonb is not null`
  const id =
    person === 'owner'
      ? `case when t.owner like 'shopper:%' then 'shopper:' || coalesce($2::jsonb ->> substr(t.owner, 9), substr(t.owner, 9))
          else t.owner end`
      : `coalesce($2::jsonb ->> t.${person}::text, t.${person}::text)`
  return `from ${table} t cross join lateral jsonb_populate_record(t, jsonb_build_object('${person}', ${id})) r where t.${owner} = $1`
}

function keyOf({ shape: { key } }: Rows): string {
  return key.length === 0 ? 'r::text' : `row(${key.map((column) => `r.${column}`).join(', ')})::text`
}

/** Which of a number of portions a row belongs to; by its key, alike in every database, whatever its collation is. */
function portionOf(rows: Rows, count: string): string {
  return `('x' || encode(substr(sha256(convert_to(${keyOf(rows)}, 'UTF8')), 1, 3), 'hex'))::bit(24)::int % ${count}`
}

function valuesOf({ merchantId, people }: Rows): [MerchantId, string] {
  return [merchantId, JSON.stringify(Object.fromEntries(people ?? []))]
}

export async function countRows(sender: Sender, rows: Rows): Promise<number> {
  const { table, owner } = rows.table
  const result = await sender.query<{ count: number }>({
    text: `select count(*)::int as count from ${table} where ${owner} = $1`,
    values: [rows.merchantId],
  })
  return result.rows[0]?.count ?? 0
}

/** Which rows: those of some portions of a number. */
export type Portions = { readonly count: number; readonly wanted: readonly number[] }

/** Of each portion that has any rows: how many, and a hash of every one of them as text. Two that are equal have the same rows. */
export type Digests = ReadonlyMap<number, string>

export async function digestRows(sender: Sender, rows: Rows, { count, wanted }: Portions): Promise<Digests> {
  const result = await sender.query<{ portion: number; digest: string }>({
    text: `select portion, count(*) || ' ' || encode(sha256(string_agg(hash, ''::bytea order by hash)), 'hex') as digest
      from (select ${portionOf(rows, '$3::int')} as portion, sha256(convert_to(r::text, 'UTF8')) as hash ${rowsOf(rows)}
        ${wanted.length < count ? `and ${portionOf(rows, '$3::int')} = any($4::int[])` : 'and $4::int[] is not null'}) h
      group by portion`,
    values: [...valuesOf(rows), count, wanted],
  })
  return new Map(result.rows.map(({ portion, digest }) => [portion, digest]))
}

/** A transaction: what this one's snapshot, or else the next statement's, does not show was written by that one or a later one. */
export async function readHorizon(sender: Sender): Promise<string> {
  // Asked of where the rows are: each node of a cluster numbers its own transactions.
  const { rows } = await sender.query<{ horizon: string }>(
    `select pg_snapshot_xmin(pg_current_snapshot())::xid::text as horizon from (select count(*) from moving_merchant) as here`,
  )
  return rows[0]?.horizon ?? ''
}

/**
 * The portions with a row that was written since. A row that is gone leaves no trace, and one that was not written for two thousand million
 * transactions counts as new.
 */
export async function portionsSince(sender: Sender, rows: Rows, count: number, horizon: string): Promise<number[]> {
  const result = await sender.query<{ portion: number }>({
    text: `select distinct ${portionOf(rows, '$3::int')} as portion ${rowsOf(rows)}
      and age(${rows.table.person ? 't' : 'r'}.xmin) <= age($4::text::xid)`,
    values: [...valuesOf(rows), count, horizon],
  })
  return result.rows.map(({ portion }) => portion)
}

/** The rows as text, a bounded number at a time. Within a transaction. */
export async function* readRows(sender: Sender, rows: Rows, { count, wanted }: Portions): AsyncGenerator<string[]> {
  await sender.query({
    text: `declare moved_rows no scroll cursor for select r::text as row ${rowsOf(rows)} and ${portionOf(rows, '$3::int')} = any($4::int[])`,
    values: [...valuesOf(rows), count, wanted],
  })
  const most = rows.table.isLarge ? 8 : 250
  for (;;) {
    const page = await sender.query<{ row: string }>(`fetch ${most} from moved_rows`)
    if (page.rows.length > 0) yield page.rows.map(({ row }) => row)
    if (page.rows.length < most) break
  }
  await sender.query('close moved_rows')
}

/** Writes rows that are not there, and those that are referred to over what is there. */
export async function writeRows(sender: Sender, { table, shape }: Rows, texts: readonly string[]): Promise<void> {
  await sender.query({
    text: `insert into ${table.table} overriding system value
      select r.* from unnest($1::text[]::${table.table}[]) as r ${onConflict(table, shape)}`,
    values: [texts],
  })
}

function onConflict({ isAppendOnly, isReferenced }: MovedTable, { key, names }: TableShape): string {
  if (isAppendOnly) return 'on conflict do nothing'
  if (!isReferenced) return ''
  const changed = names.filter((name) => !key.includes(name)).map((name) => `${name} = excluded.${name}`)
  return `on conflict (${key.join(', ')}) do update set ${changed.join(', ')}`
}

/** The keys of the rows of some portions, as text. */
export async function readKeys(sender: Sender, rows: Rows, { count, wanted }: Portions): Promise<string[]> {
  const result = await sender.query<{ key: string }>(
    `select ${keyOf(rows)} as key ${rowsOf(rows)} and ${portionOf(rows, '$3::int')} = any($4::int[])`,
    [...valuesOf(rows), count, wanted],
  )
  return result.rows.map(({ key }) => key)
}

/** Deletes the merchant's rows of some portions, but for those with these keys. */
export async function deleteRowsBut(
  sender: Sender,
  rows: Rows,
  { count, wanted }: Portions,
  kept: readonly string[],
): Promise<void> {
  const { table, owner } = rows.table
  await sender.query(
    `delete from ${table} where ctid = any(array(select r.ctid from ${table} r where r.${owner} = $1
       and ${portionOf(rows, '$2::int')} = any($3::int[]) and ${keyOf(rows)} <> all($4::text[])))`,
    [rows.merchantId, count, wanted, kept],
  )
}

/** Rows of one deletion: short locks, and the disk is not busy for long. */
const mostDeleted = 5_000

/** Deletes some of the merchant's rows, and answers how many; 0 once none is left. */
export async function deleteRows(
  sender: Sender,
  { table, owner }: MovedTable,
  merchantId: MerchantId,
): Promise<number> {
  const { rowCount } = await sender.query(
    `delete from ${table} where ctid = any(array(select ctid from ${table} where ${owner} = $1 limit ${mostDeleted}))`,
    [merchantId],
  )
  return rowCount ?? 0
}

/** Lets the cell's own numbers go on behind those that came along: a listener reads in their order. */
export async function raiseNumbers(sender: Sender, { table, shape, merchantId }: Rows): Promise<void> {
  const { numbered } = shape
  if (numbered === null) return
  const { rows } = await sender.query<{ most: bigint | null }>({
    text: `select max(${numbered}) as most from ${table.table} where ${table.owner} = $1`,
    values: [merchantId],
  })
  const most = rows[0]?.most ?? null
  if (most === null) return
  // Numbers from beyond this sequence are another node's of a cluster, and are not drawn here.
  await sender.query({
    text: `select setval(seqrelid::regclass, $1::bigint + 1000) from pg_sequence
      where seqrelid = pg_get_serial_sequence('${table.table}', '${numbered}')::regclass and $1::bigint + 1000 between seqmin and seqmax
        and $1::bigint >= coalesce(pg_sequence_last_value(seqrelid), 0)`,
    values: [most],
  })
}
