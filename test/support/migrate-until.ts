import { cp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from 'pg'
import { migrate } from '../../src/db/migrate/migrate.ts'
import { migrationsFolder } from '../../src/db/migrate/migration-files.ts'
import { makeTestFolder } from './folder.ts'

/** Applies every migration before the one of that number (`0020`): the database as its servers have left it. */
export async function migrateUntil(client: Client, number: string): Promise<void> {
  const { folder, remove } = await makeTestFolder()
  for (const name of await readdir(migrationsFolder))
    if (name < number) await cp(join(migrationsFolder, name), join(folder, name))
  await migrate(client, folder)
  await remove()
}
