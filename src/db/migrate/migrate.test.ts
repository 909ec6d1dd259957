import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { emptyDatabase } from '../../../test/support/database.ts'
import { connectClient } from '../wire/connection.ts'
import { MigrationError, migrate, pendingMigrations } from './migrate.ts'

const first = { '0001_first.sql': 'create table one (n integer);\ninsert into one values (1);\n' }
const second = { ...first, '0002_second.sql': 'insert into one values (2);\n' }

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tercet-migrations-'))
  after(() => rm(folder, { recursive: true, force: true }))
  for (const [name, sql] of Object.entries(files)) await writeFile(join(folder, name), sql)
  return folder
}

async function freshClient() {
  const database = await emptyDatabase()
  const client = await connectClient(database.url)
  after(() => client.end())
  return { client, database }
}

test('applies what is missing, in order, and nothing twice', async () => {
  const { client } = await freshClient()
  const folder = await folderWith(first)
  assert.deepEqual(await pendingMigrations(client, folder), ['0001_first'])
  assert.deepEqual(await migrate(client, folder), ['0001_first'])
  const grown = await folderWith(second)
  assert.deepEqual(await pendingMigrations(client, grown), ['0002_second'])
  assert.deepEqual(await migrate(client, grown), ['0002_second'])
  assert.deepEqual(await migrate(client, grown), [])
  assert.deepEqual(await pendingMigrations(client, grown), [])
  assert.deepEqual((await client.query('select n from one order by n')).rows, [{ n: 1 }, { n: 2 }])
})

test('lets twenty processes migrate one database at once', async () => {
  const { database } = await freshClient()
  const folder = await folderWith(second)
  const applied = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const client = await connectClient(database.url)
      const names = await migrate(client, folder)
      await client.end()
      return names
    }),
  )
  assert.deepEqual(applied.flat().sort(), ['0001_first', '0002_second'])
  assert.deepEqual((await database.pool.query('select n from one order by n')).rows, [{ n: 1 }, { n: 2 }])
})

test('leaves nothing of a file that fails, keeps those before it, and goes on when it is mended', async () => {
  const { client } = await freshClient()
  const broken = await folderWith({ ...first, '0002_second.sql': 'create table two (n integer); select 1/0;' })
  await assert.rejects(migrate(client, broken), /division by zero/)
  assert.deepEqual(await pendingMigrations(client, broken), ['0002_second'])
  assert.deepEqual((await client.query(`select to_regclass('two') as two`)).rows, [{ two: null }])
  assert.deepEqual(await migrate(client, await folderWith(second)), ['0002_second'])
})

test('refuses an applied file that was changed, but not one with other line ends', async () => {
  const { client } = await freshClient()
  await migrate(client, await folderWith(first))
  const windows = await folderWith({ '0001_first.sql': first['0001_first.sql'].replaceAll('\n', '\r\n') })
  assert.deepEqual(await migrate(client, windows), [])
  const changed = await folderWith({ '0001_first.sql': 'create table one (n bigint);' })
  for (const call of [migrate, pendingMigrations])
    await assert.rejects(
      call(client, changed),
      (error) => error instanceof MigrationError && /0001_first was changed/.test(error.message),
    )
})

test('refuses a database that a newer version made', async () => {
  const { client } = await freshClient()
  await migrate(client, await folderWith(second))
  for (const call of [migrate, pendingMigrations])
    await assert.rejects(
      call(client, await folderWith(first)),
      (error) => error instanceof MigrationError && /0002_second, which this program does not know/.test(error.message),
    )
})

test('refuses a database whose migrations have a hole', async () => {
  const { client } = await freshClient()
  const folder = await folderWith(second)
  await migrate(client, folder)
  await client.query(`delete from migration where name = '0001_first'`)
  await assert.rejects(
    migrate(client, folder),
    /^MigrationError: the database has migration 0002_second but not 0001_first/,
  )
})

test('takes numbers that leave a gap, and refuses files without a number of their own', async () => {
  const { client } = await freshClient()
  assert.deepEqual(await migrate(client, await folderWith({ ...first, '0003_third.sql': 'select 1' })), [
    '0001_first',
    '0003_third',
  ])
  for (const name of ['0001_again.sql', '2_short.sql', '0002_Upper.sql']) {
    const folder = await folderWith({ ...first, [name]: 'select 1' })
    await assert.rejects(migrate(client, folder), /must have a number of its own/)
  }
})
