import assert from 'node:assert/strict'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from 'pg'
import { type Embedded, startEmbedded } from '../../../src/db/embedded/embedded.ts'
import { onNodeOf } from '../../../src/db/wire/placed-url.ts'
import { inSchema } from '../../../src/db/wire/schema-url.ts'
import { moveSchema, onNodeThatHolds } from '../citus/cells.ts'
import { copyEmptyCluster } from '../citus/templates.ts'
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
  const killDatabase = (database: Embedded) => killPostgres(database.pid())
  return await twoServers({
    ...{ folder, homeUrl: home.url, far: { name: 'far', database: far.url, url: inSchema(far.url, 'far') } },
    woundsOf: (killServer) => [
      ["second server and second cell's database", () => Promise.all([killServer(1), killDatabase(far)])],
      ["second cell's database", () => killDatabase(far)],
      ['first server', () => killServer(0)],
      ["first cell's database", () => killDatabase(home)],
    ],
    stop: async () => {
      await Promise.all([home.stop(), far.stop()])
      await remove()
    },
  })
}

/**
 * The same with the second cell on a Citus cluster, which is left as it is found: there the connections of all servers are cut, or the cell moves to
 * another node.
 */
export async function twoServersOnCitus(cluster: string): Promise<CellCluster> {
  const { folder, remove } = await makeTestFolder()
  const home = await startEmbedded({ folder: join(folder, 'home') })
  const { coordinator, drop } = await copyEmptyCluster(cluster)
  const name = 'far'
  const cutConnections = () => onNodeThatHolds(coordinator, name, cutServers)
  return await twoServers({
    ...{ folder, homeUrl: home.url },
    far: { name, database: coordinator, url: onNodeOf(inSchema(coordinator, name), name) },
    woundsOf: (killServer) => [
      ['the node of the second cell, under requests', () => moveSchema(coordinator, name)],
      [
        "second server and all connections to the second cell's node",
        () => Promise.all([killServer(1), cutConnections()]),
      ],
      ["all connections to the second cell's node", cutConnections],
      ['first server', () => killServer(0)],
    ],
    stop: async () => {
      await home.stop()
      await drop()
      await remove()
    },
  })
}

/** As an outage of the node does: whatever its servers were at. */
async function cutServers(node: Client): Promise<void> {
  await node.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name like 'tercet%'
      and pid <> pg_backend_pid()`,
  )
}

type Wounds = readonly (readonly [string, () => Promise<unknown>])[]

type Parts = {
  readonly folder: string
  readonly homeUrl: string
  /** `database` is where it is made, `url` where its rows are */
  readonly far: { readonly name: string; readonly database: string; readonly url: string }
  readonly woundsOf: (killServer: (at: number) => Promise<void>) => Wounds
  /** the databases, after the servers */
  readonly stop: () => Promise<void>
}

async function twoServers({ folder, homeUrl, far, woundsOf, stop }: Parts): Promise<CellCluster> {
  const shared = {
    ...usualPatience,
    ...{ DATABASE_URL: homeUrl, TERCET_DATA: join(folder, 'unused'), TERCET_SECRET_KEY: '7'.repeat(64) },
  }
  const farKey = await addFarCell(shared, far)
  const ports = [String(await freePort()), String(await freePort())]
  const serve = (port: string) => spawnTercet({ ...shared, PORT: port })
  const servers: TercetProcess[] = ports.map(serve)
  await Promise.all(servers.map((server) => server.ready))
  const urls = ports.map((port) => `http://127.0.0.1:${port}`)
  const cells = [
    { apiKey: merchantKey, databaseUrl: async () => homeUrl },
    { apiKey: farKey, databaseUrl: async () => far.url },
  ]
  const killServer = async (at: number) => await (servers[at] as TercetProcess).kill()
  const wounds = woundsOf(killServer)
  let wounded = 0
  return {
    ...{ urls, cells, killServer },
    wound: async () => {
      const [what, inflict] = wounds[wounded++ % wounds.length] as Wounds[number]
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
      await stop()
    },
  }
}

/** Answers the key of a merchant there. */
async function addFarCell(
  environment: Readonly<Record<string, string>>,
  { name, database }: Pick<Parts['far'], 'name' | 'database'>,
): Promise<string> {
  const run = async (words: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    const done = await tercet({ ...environment, ...more }, [...words, '--json'])
    assert.equal(done.code, 0, done.err)
    return JSON.parse(done.out) as Record<string, unknown>
  }
  await run(['migrate'])
  await run(['cells', 'add', name, '--database', database])
  const { id } = await run(['merchants', 'add', 'Far Shop', '--cell', name])
  const words = ['keys', 'create', '--merchant', String(id), '--protocol', 'scalapay']
  return String((await run(words, { TERCET_CELLS: name })).key)
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
