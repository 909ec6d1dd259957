import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMigrations } from './migration-files.ts'
import { statementsOf } from './statements-of.ts'

test('ends a statement at a semicolon, and at none that is in a string, a name, a body or a comment', () => {
  const sql = `-- one; two
create table a (n text default ';', "b;c" text default 'it''s;'); /* three; */
create function f() returns text language sql as $$ select 'x;'; $$;
create function g() returns text language sql as $body$ select $$;$$ $body$;
select e'\\';', 1 / 2 - 3, $1;
-- the end;
`
  assert.deepEqual(statementsOf(sql), [
    `-- one; two\ncreate table a (n text default ';', "b;c" text default 'it''s;')`,
    `/* three; */\ncreate function f() returns text language sql as $$ select 'x;'; $$`,
    'create function g() returns text language sql as $body$ select $$;$$ $body$',
    `select e'\\';', 1 / 2 - 3, $1`,
  ])
  assert.deepEqual(statementsOf('select 1'), ['select 1'])
  assert.deepEqual(statementsOf(' ;\n-- nothing\n;'), [])
})

test('leaves nothing out of any migration', async () => {
  for (const { name, sql } of await readMigrations()) {
    const bare = (text: string) => text.replace(/--[^\n]*/g, '').replace(/[\s;]/g, '')
    assert.equal(bare(statementsOf(sql).join(';\n')), bare(sql), name)
  }
})
