import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

export type MigrationFile = { readonly name: string; readonly sql: string; readonly checksum: string }

/** The program's own migrations. */
export const migrationsFolder = join(import.meta.dirname, '../../../migrations')

/**
 * Reads `0001_name.sql`, `0002_...` in the order of their numbers, of which some may be missing and none is there twice. Throws on any
 * other `.sql` file: a bug, not an operator's mistake.
 */
export async function readMigrations(folder: string = migrationsFolder): Promise<readonly MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  const numbers = new Set<string>()
  for (const name of names) {
    const number = name.slice(0, 4)
    if (!/^\d{4}_[a-z0-9_]+\.sql$/.test(name) || numbers.has(number))
      throw new Error(`migration ${name} must have a number of its own and be named like 0007_what_it_does.sql`)
    numbers.add(number)
  }
  return await Promise.all(names.map((name) => readMigration(folder, name)))
}

/** Line ends do not count, so that a checkout that converts them still fits its database. */
async function readMigration(folder: string, name: string): Promise<MigrationFile> {
  const sql = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n')
  return { name: name.replace(/\.sql$/, ''), sql, checksum: createHash('sha256').update(sql).digest('hex') }
}
