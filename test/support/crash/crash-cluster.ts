import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startEmbedded } from '../../../src/db/embedded/embedded.ts'
import { readState } from '../../../src/db/embedded/state-file.ts'
import { connectClient } from '../../../src/db/wire/connection.ts'
import { makeTestFolder } from '../folder.ts'
import { freePort } from '../free-port.ts'
import { usualPatience } from '../patience.ts'
import { merchantKey } from '../protocols/scalapay.ts'
import { spawnTercet, type TercetProcess } from './crash-process.ts'
import type { Random } from './crash-random.ts'
import { killBackend, killPostgres } from './kill-postgres.ts'

/** Where one merchant's orders are. */
export type CrashCell = { readonly apiKey: string; readonly databaseUrl: () => Promise<string> }

/** Servers over one database, or one for each cell, that can be hurt and healed. fsync is on in all of them. */
export type Cluster = {
  /** where shops reach the servers; the same for as long as the cluster lives */
  readonly urls: readonly string[]
  readonly cells: readonly CrashCell[]
  /** Kills something, at once and without a word; answers what, for the message of a failure. */
  readonly wound: (random: Random) => Promise<string>
  /** Starts again what was killed; resolves when all of it is ready. */
  readonly heal: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** One server with its own embedded database: the server, the database, one backend of it, or server and database die. */
export async function singleServer(): Promise<Cluster> {
  const { folder, remove } = await makeTestFolder()
  const data = join(folder, 'data')
  const port = String(await freePort())
  const start = () => spawnTercet({ ...usualPatience, PORT: port, TERCET_DATA: data })
  let server = start()
  await server.ready
  const killServer = () => server.kill()
  const killDatabase = async () => await killPostgres((await stateOf(data)).pid)
  const wounds: Record<string, () => Promise<unknown>> = {
    server: killServer,
    database: killDatabase,
    'a backend of the database': async () => await killBackend((await stateOf(data)).pid),
    'server and database': () => Promise.all([killDatabase(), killServer()]),
  }
  return {
    urls: [`http://127.0.0.1:${port}`],
    cells: [{ apiKey: merchantKey, databaseUrl: async () => (await stateOf(data)).url }],
    wound: (random) => inflict(wounds, random),
    heal: async () => {
      if (hasEnded(server)) server = start()
      await server.ready
      await untilReady(`http://127.0.0.1:${port}`)
    },
    stop: async () => {
      await server.stop()
      await remove()
    },
  }
}

/** Two servers that share one database: either of them, the database, or a server and the database die. */
export async function twoServers(): Promise<Cluster> {
  const { folder, remove } = await makeTestFolder()
  const database = await startEmbedded({ folder: join(folder, 'data') })
  const ports = [String(await freePort()), String(await freePort())]
  const start = (port: string) =>
    spawnTercet({ ...usualPatience, PORT: port, DATABASE_URL: database.url, TERCET_DATA: join(folder, 'unused') })
  const servers: TercetProcess[] = ports.map(start)
  await Promise.all(servers.map((server) => server.ready))
  const killDatabase = () => killPostgres(database.pid())
  const kill = (at: number) => (servers[at] as TercetProcess).kill()
  const wounds: Record<string, () => Promise<unknown>> = {
    'first server': () => kill(0),
    'second server': () => kill(1),
    database: killDatabase,
    'first server and database': () => Promise.all([killDatabase(), kill(0)]),
  }
  const urls = ports.map((port) => `http://127.0.0.1:${port}`)
  return {
    urls,
    cells: [{ apiKey: merchantKey, databaseUrl: async () => database.url }],
    wound: (random) => inflict(wounds, random),
    heal: async () => {
      // A server ends when the database of DATABASE_URL is not there yet, and whoever watches over it starts it until it is.
      await untilAccepting(database.url)
      for (const [at, server] of servers.entries()) if (hasEnded(server)) servers[at] = start(ports[at] as string)
      await Promise.all(servers.map((server) => server.ready))
      await Promise.all(urls.map(untilReady))
    },
    stop: async () => {
      await Promise.all(servers.map((server) => server.stop()))
      await database.stop()
      await remove()
    },
  }
}

async function untilAccepting(databaseUrl: string): Promise<void> {
  const giveUp = AbortSignal.timeout(90_000)
  for (;;) {
    const client = await connectClient(databaseUrl).catch(() => undefined)
    if (client) return await client.end()
    await pause(10, undefined, { signal: giveUp })
  }
}

async function inflict(wounds: Record<string, () => Promise<unknown>>, random: Random): Promise<string> {
  const what = random.pick(Object.keys(wounds))
  await wounds[what]?.()
  return what
}

async function stateOf(data: string): Promise<{ url: string; pid: number }> {
  const state = await readState(data)
  if (!state || state.pid === null) throw new Error('the embedded database is not running')
  return { url: state.url, pid: state.pid }
}

export function hasEnded({ child }: TercetProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** Asks until the server says that its database is there again; a minute and a half means that it never will be. */
export async function untilReady(url: string): Promise<void> {
  const giveUp = AbortSignal.timeout(90_000)
  for (;;) {
    const answer = await fetch(`${url}/readyz`, { signal: giveUp })
    await answer.text()
    if (answer.status === 200) return
    await pause(10, undefined, { signal: giveUp })
  }
}
