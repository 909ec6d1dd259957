import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
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

export type OwnPostgres = {
  readonly url: string
  /** As a power cut does. */
  readonly kill: () => Promise<void>
  /** After `kill`, with what it had committed. */
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
}

export type OwnPostgresOptions = {
  /** each as `name=value`; they have the last word */
  readonly settings?: readonly string[]
}

/** One below `folder`, for tests alone: no password, and no fsync unless its settings say so. As root it runs as the user `postgres`, as it must. */
export async function startOwnPostgres(
  bin: string,
  folder: string,
  port: number,
  { settings = [] }: OwnPostgresOptions = {},
): Promise<OwnPostgres> {
  const files = join(folder, 'own-postgres')
  await mkdir(files, { mode: 0o700 })
  const account = process.getuid?.() === 0 ? await findOrCreateAccount('postgres') : undefined
  if (account) await chown(files, account.uid, account.gid)
  const as = { ...account, cwd: '/' }
  await run(join(bin, 'initdb'), ['--auth=trust', '--username=postgres', '--no-sync', files], as)
  const words = ['-D', files, '-p', String(port), '-h', '127.0.0.1', '-k', '', '-c', 'fsync=off']
  const all = [...words, ...settings.flatMap((setting) => ['-c', setting])]
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  const launch = async () => {
    const started = spawn(join(bin, 'postgres'), all, { ...as, stdio: 'ignore' })
    await answers(started, url)
    return started
  }
  let server = await launch()
  const end = async (signal: 'SIGINT' | 'SIGKILL') => {
    const ended = once(server, 'exit')
    server.kill(signal)
    await ended
  }
  return {
    url,
    kill: () => end('SIGKILL'),
    start: async () => {
      // What the killed one has left of its processes ends by itself, and keeps the files for as long.
      for (const last = performance.now() + 30_000; ; await pause(50)) {
        const started = await launch().catch((error: unknown) => {
          if (performance.now() > last) throw error
        })
        if (!started) continue
        server = started
        return
      }
    },
    // Whoever is still connected is cut off.
    stop: () => end('SIGINT'),
  }
}

async function answers(server: ChildProcess, url: string): Promise<void> {
  while (server.exitCode === null) {
    const client = await connectClient(url, { connectTimeoutMs: 5_000 }).catch(() => undefined)
    if (client) return await client.end()
  }
  throw new Error(`PostgreSQL ended with ${server.exitCode}`)
}
