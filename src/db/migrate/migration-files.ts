import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

export type MigrationFile = { readonly name: string; readonly sql: string; readonly checksum: string }

/** The program's own migrations. */
export const migrationsFolder = join(import.meta.dirname, '../../../migrations')

/** Reads `0001_name.sql`, `0002_...` in order, numbered without a gap. Throws on any other `.sql` file: a bug, not an operator's mistake. */
export async function readMigrations(folder: string = migrationsFolder): Promise<readonly MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  for (const [index, name] of names.entries()) {
    const number = String(index + 1).padStart(4, '0')
    if (!/^\d{4}_[a-z0-9_]+\.sql$/.test(name) || !name.startsWith(`${number}_`))
      throw new Error(`migration ${name} must be named ${number}_what_it_does.sql`)
  }
  return await Promise.all(names.map((name) => readMigration(folder, name)))
}

/** Line ends do not count, so that a checkout that converts them still fits its database. */
async function readMigration(folder: string, name: string): Promise<MigrationFile> {
  const sql = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n')
  return { name: name.replace(/\.sql$/, ''), sql, checksum: createHash('sha256').update(sql).digest('hex') }
}
