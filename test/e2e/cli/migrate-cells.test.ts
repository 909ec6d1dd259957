import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { tercet } from '../../support/cli.ts'
import { emptyDatabase } from '../../support/database.ts'
import { makeTestFolder } from '../../support/folder.ts'

const database = await emptyDatabase()
const { folder, remove } = await makeTestFolder()
const env = { DATABASE_URL: database.url, TERCET_DATA: folder, TERCET_SECRET_KEY: '7'.repeat(64) }

after(remove)

const migrate = () => tercet(env, ['migrate'])

async function versions(): Promise<Record<string, boolean>> {
  const { out } = await tercet(env, ['cells', 'list', '--json'])
  const { cells } = JSON.parse(out) as { cells: { name: string; version: string | null }[] }
  return Object.fromEntries(cells.map(({ name, version }) => [name, version !== null]))
}

test('a cell whose migration fails stays as it was, the others are brought up to date, and it is repeated', async () => {
  assert.equal((await migrate()).code, 0)
  for (const cell of ['c2', 'c3']) {
    assert.equal((await tercet(env, ['cells', 'add', cell])).code, 0)
    await database.pool.query(`drop schema ${cell} cascade; create schema ${cell}`)
  }
  // Something else of that name stands in its way.
  await database.pool.query('create table c2.payment (is_foreign boolean)')
  const failed = await migrate()
  assert.equal(failed.code, 3)
  assert.match(failed.out, /up to date\nc2: .*already exists\nc3: applied 0001_payments, /)
  assert.match(
    failed.err,
    /c2 could not be brought up to date, and nothing else depends on it: run tercet migrate again/,
  )
  assert.deepEqual(await versions(), { main: true, c2: false, c3: true })
  const { rows } = await database.pool.query(
    `select count(*)::int as tables from pg_class where relnamespace = 'c2'::regnamespace and relkind = 'r'`,
  )
  assert.deepEqual(rows, [{ tables: 1 }], 'only what stands in its way')
  await database.pool.query('drop table c2.payment')
  const repeated = await migrate()
  assert.deepEqual([repeated.code, /c2: applied .*\nc3: up to date/.test(repeated.out)], [0, true], repeated.out)
  assert.deepEqual(await versions(), { main: true, c2: true, c3: true })
})

test('a cell of a newer version is told as such, and not as one to try again', async () => {
  await database.pool.query(`insert into c2.migration (name, checksum) values ('9999_tomorrow', '')`)
  const { code, out, err } = await migrate()
  assert.equal(code, 1)
  assert.match(out, /c2: .*9999_tomorrow.* made by a newer version: run that one\nc3: up to date/)
  assert.match(err, /c2 and this program do not fit together, which a repeat does not mend/)
  assert.doesNotMatch(err, /again/)
})
