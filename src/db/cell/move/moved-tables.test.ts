import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../../test/support/database.ts'
import { movedTables, peopleTables, stayingTables } from './moved-tables.ts'

const { pool } = await testDatabase()
const moved = movedTables.map(({ table }) => table)

test('every table either goes with its merchant, or with its people, or stays', async () => {
  const { rows } = await pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'r' order by relname`,
  )
  assert.deepEqual(
    rows.map(({ name }) => name),
    [...moved, ...peopleTables, ...stayingTables].sort(),
  )
})

test('a table that names a merchant goes with it', async () => {
  const { rows } = await pool.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'merchant_id'
     where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname <> all($1::text[])`,
    [moved],
  )
  assert.deepEqual(rows.map(({ name }) => name).sort(), ['merchant_move', 'moving_merchant'])
})

test('what a table refers to is written before it, and changed in its place', async () => {
  const { rows } = await pool.query<{ name: string; parent: string }>(
    `select conrelid::regclass::text as name, confrelid::regclass::text as parent from pg_constraint
     where contype = 'f' and connamespace = current_schema()::regnamespace`,
  )
  assert(rows.length > 20)
  for (const { name, parent } of rows.filter((row) => moved.includes(row.name) && moved.includes(row.parent))) {
    assert(moved.indexOf(parent) < moved.indexOf(name), `${parent} before ${name}`)
    assert(movedTables.find(({ table }) => table === parent)?.isReferenced, `${parent} is referred to`)
  }
})

test('what is append-only here is append-only there', async () => {
  const { rows } = await pool.query<{ name: string }>(
    `select distinct c.relname as name from pg_trigger g join pg_proc p on p.oid = g.tgfoid join pg_class c on c.oid = g.tgrelid
     where p.proname = 'refuse_delete_but_of_moved' and c.relnamespace = current_schema()::regnamespace order by 1`,
  )
  assert.deepEqual(
    rows.map(({ name }) => name),
    movedTables.flatMap(({ table, isAppendOnly }) => (isAppendOnly ? [table] : [])).sort(),
  )
})
