import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { instantFromMicros } from '../../kernel/instant.ts'
import * as rows from './binary-rows.ts'
import '../catalogue/catalogue-orders.ts'
import '../event/events.ts'
import '../ledger/transfers.ts'
import '../payment/payment-batch.ts'
import '../webhook/webhook-outbox.ts'
import { parseTimestamptz } from './types-on-wire.ts'

const { pool, change } = await testDatabase()
/** The types that the program's own modules declared, before this file declares some for itself. */
const declared = new Map(rows.rowTypes)

test('declares each row type with the names and types of its columns in the database, in their order', async () => {
  const { rows: found } = await pool.query<{ type: string; columns: string[] }>(
    `select c.relname as type, array_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = current_schema()::regnamespace and c.relkind = 'c' group by 1`,
  )
  const inDatabase = new Map(found.map(({ type, columns }) => [type, columns]))
  const inProgram = [...declared].map(
    ([name, { columns }]) => [name, columns.map((c) => `${c.name} ${c.type}`)] as const,
  )
  assert(inProgram.length > 0)
  for (const [name, columns] of inProgram) assert.deepEqual(inDatabase.get(name), columns, name)
})

/** What PostgreSQL reads out of rows of one column, each value as text. */
async function read<Value>(
  make: (name: string, of: (row: Value | null) => Value | null) => rows.Column<Value | null>,
  values: readonly (Value | null)[],
): Promise<(string | null)[]> {
  const column = make('value', (row) => row)
  const name = `of_${column.type.replaceAll(/\W/g, '_')}`
  await change(`drop type if exists ${name}`, `create type ${name} as (value ${column.type})`)
  const array = rows.rowType(name, [column]).arrayOf(values)
  const result = await pool.query<{ text: string | null }>(
    `select r.value::text as text from unnest($1::${name}[]) with ordinality as r (value, n) order by n`,
    [array],
  )
  return result.rows.map((row) => row.text)
}

test('hands every type over unchanged, nulls included', async () => {
  const uuid = '0190f3a2-7b1c-4c55-9d2e-112233445566'
  assert.deepEqual(await read(rows.int4, [0, -2_147_483_648, null, 2_147_483_647]), [
    '0',
    '-2147483648',
    null,
    '2147483647',
  ])
  assert.deepEqual(await read(rows.int2, [-1, 32_767, null]), ['-1', '32767', null])
  assert.deepEqual(await read(rows.int8, [-1n, 2n ** 63n - 1n, null]), ['-1', '9223372036854775807', null])
  assert.deepEqual(await read(rows.bool, [true, false, null]), ['true', 'false', null])
  assert.deepEqual(await read(rows.char, ['p', null]), ['p', null])
  assert.deepEqual(await read(rows.text, ['', '"{},\\ NULL', null, 'Æ€😀']), ['', '"{},\\ NULL', null, 'Æ€😀'])
  assert.deepEqual(await read(rows.json, ['{ "a":1.10 }', null]), ['{ "a":1.10 }', null])
  assert.deepEqual(await read(rows.jsonb, [null, '{"b":[]}']), [null, '{"b": []}'])
  assert.deepEqual(await read(rows.uuid, [uuid, uuid.toUpperCase(), uuid.replaceAll('-', ''), null]), [
    uuid,
    uuid,
    uuid,
    null,
  ])
  assert.deepEqual(await read(rows.bytea, [Buffer.from([0, 255]), null]), ['\\x00ff', null])
})

test('hands instants over to the microsecond, before and after the year 2000', async () => {
  const instants = [-1n, 0n, 946_684_800_000_001n, 1_731_071_177_858_123n].map(instantFromMicros)
  const texts = await read(rows.timestamptz, [...instants, null])
  assert.deepEqual(
    texts.slice(0, -1).map((text) => parseTimestamptz(text ?? '')),
    instants,
  )
  assert.equal(texts.at(-1), null)
})

test('hands over no rows, and some far larger than any before', async () => {
  assert.deepEqual(await read(rows.text, []), [])
  const long = ['é'.repeat(100_000), 'a'.repeat(300_000)]
  assert.deepEqual(await read(rows.text, long), long)
})

test('hands over many rows of many columns, each value in its place', async () => {
  type Row = { readonly number: number; readonly name: string | null; readonly amount: bigint }
  await change('create type sample as (number integer, name text, amount bigint)')
  const sample = rows.rowType<Row>('sample', [
    rows.int4('number', (row) => row.number),
    rows.text('name', (row) => row.name),
    rows.int8('amount', (row) => row.amount),
  ])
  const sent = Array.from({ length: 1_000 }, (_, number) => ({
    number,
    name: number % 3 === 0 ? null : `name ${number}`,
    amount: BigInt(number) ** 4n,
  }))
  const result = await pool.query(`select ${sample.names} from unnest($1::sample[])`, [sample.arrayOf(sent)])
  assert.deepEqual(result.rows, sent)
})

test('refuses what its type does not hold', () => {
  const one = <Value>(column: rows.Column<Value>, value: Value) => rows.rowType('one', [column]).arrayOf([value])
  assert.throws(
    () =>
      one(
        rows.int4('v', (v: number) => v),
        2_147_483_648,
      ),
    RangeError,
  )
  assert.throws(
    () =>
      one(
        rows.int4('v', (v: number) => v),
        1.5,
      ),
    RangeError,
  )
  assert.throws(
    () =>
      one(
        rows.int2('v', (v: number) => v),
        32_768,
      ),
    RangeError,
  )
  assert.throws(
    () =>
      one(
        rows.int8('v', (v: bigint) => v),
        2n ** 63n,
      ),
    RangeError,
  )
  for (const text of ['', 'pp', 'ä']) {
    assert.throws(
      () =>
        one(
          rows.char('v', (v: string) => v),
          text,
        ),
      RangeError,
    )
  }
  for (const text of [
    '',
    'not-a-uuid',
    '0190f3a2-7b1c-4c55-9d2e-11223344556',
    '0190f3a2-7b1c-4c55-9d2e-11223344556677',
    '0190f3a27b1c-4c55-9d2e-1122334455-66',
  ]) {
    assert.throws(
      () =>
        one(
          rows.uuid('v', (v: string) => v),
          text,
        ),
      TypeError,
      text,
    )
  }
})

test('writes the next batch right after one that it refused', async () => {
  const column = rows.text<string>('value', (value) => {
    if (value === 'bug') throw new TypeError('a mistake of ours')
    return value
  })
  const type = rows.rowType('of_text', [column])
  assert.throws(() => type.arrayOf(['a', 'bug']), TypeError)
  const result = await pool.query('select r.value from unnest($1::of_text[]) as r', [type.arrayOf(['b'])])
  assert.deepEqual(result.rows, [{ value: 'b' }])
})

test('leaves it to the database to refuse a NUL', async () => {
  await assert.rejects(read(rows.text, ['a\0b']), { code: '22021' })
})
