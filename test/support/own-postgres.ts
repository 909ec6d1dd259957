import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findOrCreateAccount } from '../../src/db/embedded/system-account.ts'
import { connectClient } from '../../src/db/wire/connection.ts'

const run = promisify(execFile)

/** Where Debian and its kin keep one folder for each version. */
const installations = '/usr/lib/postgresql'

/** The programs of the newest PostgreSQL that this machine has of its own, 14 or later; undefined when it has none that can be started. */
export async function findOwnPostgres(): Promise<string | undefined> {
  const versions = (await readdir(installations).catch(() => [])).map(Number).filter((version) => version >= 14)
  for (const version of versions.toSorted((a, b) => b - a)) {
    const bin = join(installations, String(version), 'bin')
    const there = new Set(await readdir(bin).catch(() => []))
    if (['initdb', 'postgres', 'pg_dump', 'pg_restore'].every((name) => there.has(name))) return bin
  }
  return undefined
}

/** One below `folder`, for tests alone: no password, no fsync. As root it runs as the user `postgres`, as it must. */
export async function startOwnPostgres(
  bin: string,
  folder: string,
  port: number,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const files = join(folder, 'own-postgres')
  await mkdir(files, { mode: 0o700 })
  const account = process.getuid?.() === 0 ? await findOrCreateAccount('postgres') : undefined
  if (account) await chown(files, account.uid, account.gid)
  const as = { ...account, cwd: '/' }
  await run(join(bin, 'initdb'), ['--auth=trust', '--username=postgres', '--no-sync', files], as)
  const words = ['-D', files, '-p', String(port), '-h', '127.0.0.1', '-k', '', '-c', 'fsync=off']
  const server = spawn(join(bin, 'postgres'), words, { ...as, stdio: 'ignore' })
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  const ended = once(server, 'exit')
  await answers(server, url)
  return {
    url,
    stop: async () => {
      // Whoever is still connected is cut off.
      server.kill('SIGINT')
      await ended
    },
  }
}

async function answers(server: ChildProcess, url: string): Promise<void> {
  while (server.exitCode === null) {
    const client = await connectClient(url, { connectTimeoutMs: 5_000 }).catch(() => undefined)
    if (client) return await client.end()
  }
  throw new Error(`PostgreSQL ended with ${server.exitCode}`)
}
