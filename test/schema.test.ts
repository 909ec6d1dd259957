import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { migrate } from '../src/db/migrate/migrate.ts'
import { connectClient } from '../src/db/wire/connection.ts'
import { dumpSchema } from './support/code/dump-schema.ts'
import { emptyDatabase } from './support/database.ts'

const database = await emptyDatabase()

test('schema.sql is what a freshly migrated database looks like', async () => {
  const client = await connectClient(database.url)
  await migrate(client)
  await client.end()
  const written = await readFile(new URL('../schema.sql', import.meta.url), 'utf8')
  assert.equal(await dumpSchema(database.pool), written, 'run `npm run update` and read the difference')
})

test('the dump shows what a migration can change', async () => {
  const before = await dumpSchema(database.pool)
  const changes = [
    'create table probe (id bigint generated always as identity primary key, note text)',
    'alter table probe add column amount bigint not null default 7',
    'alter table probe add constraint amount_positive check (amount > 0)',
    'create index probe_by_note on probe (note) where note is not null',
    `create function probe_answer() returns integer language sql as 'select 42'`,
    'create trigger probe_guard before update on probe for each row execute function suppress_redundant_updates_trigger()',
    'create view probe_notes as select note from probe',
    `create type probe_kind as enum ('one', 'two')`,
    'create domain probe_positive as bigint check (value > 0)',
    'create sequence probe_numbers',
    'alter table probe set (fillfactor = 80)',
  ]
  let last = before
  for (const change of changes) {
    await database.pool.query(change)
    const dump = await dumpSchema(database.pool)
    assert.notEqual(dump, last, change)
    last = dump
  }
})
