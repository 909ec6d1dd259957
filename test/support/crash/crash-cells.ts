import assert from 'node:assert/strict'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Embedded, startEmbedded } from '../../../src/db/embedded/embedded.ts'
import { inSchema } from '../../../src/db/wire/schema-url.ts'
import { tercet } from '../cli.ts'
import { makeTestFolder } from '../folder.ts'
import { freePort } from '../free-port.ts'
import { usualPatience } from '../patience.ts'
import { merchantKey } from '../protocols/scalapay.ts'
import { connectShop } from './crash-client.ts'
import { type Cluster, hasEnded } from './crash-cluster.ts'
import { spawnTercet, type TercetProcess } from './crash-process.ts'
import { killPostgres } from './kill-postgres.ts'

export type CellCluster = Cluster & {
  /** Kills a server and leaves it dead. */
  readonly killServer: (at: number) => Promise<void>
}

/**
 * Two servers that both serve two cells, each with a PostgreSQL of its own: a server, the database of either cell, or a server and the second
 * cell's database die, one after the other, so that a few rounds are enough for all.
 */
export async function twoServersTwoCells(): Promise<CellCluster> {
  const { folder, remove } = await makeTestFolder()
  const start = (name: string): Promise<Embedded> => startEmbedded({ folder: join(folder, name) })
  const [home, far] = await Promise.all([start('home'), start('far')])
  const shared = {
    ...usualPatience,
    ...{ DATABASE_URL: home.url, TERCET_DATA: join(folder, 'unused'), TERCET_SECRET_KEY: '7'.repeat(64) },
  }
  const farKey = await addFarCell(shared, far.url)
  const ports = [String(await freePort()), String(await freePort())]
  const serve = (port: string) => spawnTercet({ ...shared, PORT: port })
  const servers: TercetProcess[] = ports.map(serve)
  await Promise.all(servers.map((server) => server.ready))
  const urls = ports.map((port) => `http://127.0.0.1:${port}`)
  const cells = [
    { apiKey: merchantKey, databaseUrl: async () => home.url },
    { apiKey: farKey, databaseUrl: async () => inSchema(far.url, 'far') },
  ]
  const killServer = async (at: number) => await (servers[at] as TercetProcess).kill()
  const killDatabase = (database: Embedded) => killPostgres(database.pid())
  const wounds: readonly (readonly [string, () => Promise<unknown>])[] = [
    ["second server and second cell's database", () => Promise.all([killServer(1), killDatabase(far)])],
    ["second cell's database", () => killDatabase(far)],
    ['first server', () => killServer(0)],
    ["first cell's database", () => killDatabase(home)],
  ]
  let wounded = 0
  return {
    ...{ urls, cells, killServer },
    wound: async () => {
      const [what, inflict] = wounds[wounded++ % wounds.length] as (typeof wounds)[number]
      await inflict()
      return what
    },
    heal: async () => {
      for (const [at, server] of servers.entries()) if (hasEnded(server)) servers[at] = serve(ports[at] as string)
      await Promise.all(servers.map((server) => server.ready))
      await Promise.all(urls.flatMap((url) => cells.map(({ apiKey }) => untilServed(url, apiKey))))
    },
    stop: async () => {
      await Promise.all(servers.map((server) => server.stop()))
      await Promise.all([home.stop(), far.stop()])
      await remove()
    },
  }
}

/** Answers the key of a merchant there. */
async function addFarCell(environment: Readonly<Record<string, string>>, databaseUrl: string): Promise<string> {
  const run = async (words: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    const done = await tercet({ ...environment, ...more }, [...words, '--json'])
    assert.equal(done.code, 0, done.err)
    return JSON.parse(done.out) as Record<string, unknown>
  }
  await run(['migrate'])
  await run(['cells', 'add', 'far', '--database', databaseUrl])
  const { id } = await run(['merchants', 'add', 'Far Shop', '--cell', 'far'])
  const words = ['keys', 'create', '--merchant', String(id), '--protocol', 'scalapay']
  return String((await run(words, { TERCET_CELLS: 'far' })).key)
}

/** Each server connects to each cell again in its own time; a minute and a half means that one never does. */
async function untilServed(url: string, apiKey: string): Promise<void> {
  const shop = connectShop(url, 1, apiKey)
  try {
    for (const end = performance.now() + 90_000; ; await pause(20)) {
      const answer = await shop.get('/v2/configurations')
      if (answer !== 'lost' && answer.status === 200) return
      assert(performance.now() < end, `${url} serves the cell again, and does not answer ${JSON.stringify(answer)}`)
    }
  } finally {
    await shop.close()
  }
}
