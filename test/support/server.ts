import { startEmbedded } from '../../src/db/embedded/embedded.ts'
import { migrate } from '../../src/db/migrate/migrate.ts'
import { connectClient } from '../../src/db/wire/connection.ts'
import { makeTestFolder, quickestParent, sweepTestFolders } from './folder.ts'

/** The fully migrated database that every test database is a copy of. */
export const templateName = 'tercet_template'

export type TestServer = { readonly url: string; readonly stop: () => Promise<void> }

/**
 * A throwaway PostgreSQL in a temporary folder or in memory, with the migrated template in it. Quick, and a crash loses commits, unless `fsync` says that it is
 * for a test that crashes it.
 */
export async function startTestServer({ fsync = false } = {}): Promise<TestServer> {
  await sweepTestFolders()
  const { folder, remove } = await makeTestFolder(fsync ? undefined : await quickestParent())
  const server = await startEmbedded({ folder, fsync })
  await makeTemplate(server.url)
  const stop = async () => {
    await server.stop()
    await remove()
  }
  return { url: server.url, stop }
}

export function inDatabase(url: string, name: string): string {
  const copy = new URL(url)
  copy.pathname = `/${name}`
  return copy.href
}

export async function makeTemplate(url: string): Promise<void> {
  const admin = await connectClient(url)
  await admin.query(`create database ${templateName}`)
  await admin.end()
  const client = await connectClient(inDatabase(url, templateName))
  await migrate(client)
  await client.end()
}
