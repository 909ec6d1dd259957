import type { ClientBase } from 'pg'
import { type MigrationFile, readMigrations } from './migration-files.ts'
import { statementsOf } from './statements-of.ts'

export { migrationsFolder } from './migration-files.ts'

/** What a migration needs of a connection. A pool will do for `pendingMigrations`, never for `migrate`. */
type Queryable = Pick<ClientBase, 'query'>

/** The database and the program's migrations do not fit together. The message is one line for the operator. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

/** Any number, as long as nothing else in the database takes it: the letters of the program's name. */
const lockKey = '128026086499700'

/**
 * Applies what is not applied yet, each file in a transaction of its own, and answers the names it applied itself. Any number of
 * processes may call it at once: each file is applied once, and all return when the database is up to date. Needs a connection
 * of its own that is not pipelined. Throws MigrationError when an applied file was changed, when the database is newer than the program, or
 * older than PostgreSQL 14; a failing statement throws as the database says it, and that file leaves nothing behind.
 */
export async function migrate(client: Queryable, folder?: string): Promise<readonly string[]> {
  const files = await readMigrations(folder)
  await refuseOldServer(client)
  const applied: string[] = []
  for (;;) {
    const name = await applyNext(client, files)
    if (name === undefined) return applied
    applied.push(name)
  }
}

/** The names that `migrate` would apply, in order; empty when the database is ready. Throws as `migrate`, changes nothing. */
export async function pendingMigrations(client: Queryable, folder?: string): Promise<readonly string[]> {
  return await pendingIn(client, await readMigrations(folder))
}

/**
 * As `pendingMigrations`, with the files read once: a running program asks about the migrations it was started with,
 * whatever an upgrade puts beside it meanwhile.
 */
export async function createMigrationCheck(
  folder?: string,
): Promise<(client: Queryable) => Promise<readonly string[]>> {
  const files = await readMigrations(folder)
  return (client) => pendingIn(client, files)
}

async function pendingIn(client: Queryable, files: readonly MigrationFile[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('migration') is not null as there`)
  if (!rows[0]?.there) return files.map((file) => file.name)
  return (await pendingOf(client, files)).map((file) => file.name)
}

/** One transaction: wait for our turn, look again, apply the first file that is still missing. */
async function applyNext(client: Queryable, files: readonly MigrationFile[]): Promise<string | undefined> {
  await client.query('begin')
  try {
    await client.query('set local statement_timeout = 0')
    await client.query('set local lock_timeout = 0')
    await client.query('select pg_advisory_xact_lock($1)', [lockKey])
    await client.query(`create table if not exists migration (
      name text primary key, checksum text not null, applied_at timestamptz not null default clock_timestamp())`)
    const [next] = await pendingOf(client, files)
    if (next) await apply(client, next)
    await client.query('commit')
    return next?.name
  } catch (error) {
    // When the connection is gone the rollback fails too; the first error is the one that tells why.
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

async function apply(client: Queryable, file: MigrationFile): Promise<void> {
  for (const statement of statementsOf(file.sql)) await client.query(statement)
  await client.query('insert into migration (name, checksum) values ($1, $2)', [file.name, file.checksum])
}

async function pendingOf(client: Queryable, files: readonly MigrationFile[]): Promise<readonly MigrationFile[]> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from migration order by name collate "C"',
  )
  for (const [index, row] of rows.entries()) refuseMismatch(row, files[index], files)
  return files.slice(rows.length)
}

/** What is applied must be the first files of ours, unchanged. */
function refuseMismatch(
  row: { name: string; checksum: string },
  file: MigrationFile | undefined,
  files: readonly MigrationFile[],
): void {
  if (!files.some((each) => each.name === row.name))
    throw new MigrationError(
      `the database has migration ${row.name}, which this program does not know: it was made by a newer version: run that one`,
    )
  if (file?.name !== row.name)
    throw new MigrationError(
      `the database has migration ${row.name} but not ${file?.name ?? 'those before'}, which comes first`,
    )
  if (file.checksum !== row.checksum)
    throw new MigrationError(
      `migration ${row.name} was changed after it had been applied: put the file back and add a new one`,
    )
}

async function refuseOldServer(client: Queryable): Promise<void> {
  const { rows } = await client.query<{ number: string; version: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as version`,
  )
  if (Number(rows[0]?.number) >= 140_000) return
  throw new MigrationError(`PostgreSQL 14 or later is needed, and the database is ${rows[0]?.version}`)
}
