import { readFileSync } from 'node:fs'
import { startEmbedded } from '../src/db/embedded/embedded.ts'
import { connectClient } from '../src/db/wire/connection.ts'
import { makeTestFolder } from '../test/support/folder.ts'
import { programFile } from '../test/support/program/program-file.ts'
import { inDatabase, makeTemplate, templateName } from '../test/support/server.ts'
import type { Figure } from './figure.ts'
import type { Job, LoadResult } from './load/job.ts'
import { type LoadProcess, startLoadProcess } from './load/load-process.ts'
import { type ServerProcess, startServer } from './servers/server-process.ts'
import type { Sizes } from './sizes.ts'

export type LoadOptions = Partial<Pick<Job, 'durationMs' | 'ratePerSecond' | 'otherPorts' | 'keys'>>

/** What scenarios measure with. Servers start when first asked for and are shared by all scenarios of a run. */
export type Bench = {
  readonly sizes: Sizes
  readonly databaseUrl: string
  /** the servers' TERCET_DATA, removed in the end */
  readonly folder: string
  /** Fastify and nothing else */
  readonly echo: () => Promise<ServerProcess>
  /** Fastify and one multi-row insert for each batch of orders */
  readonly bulkInsert: () => Promise<ServerProcess>
  /** the product, as `npm start` runs it */
  readonly tercet: () => Promise<ServerProcess>
  /** the product with one transaction per command */
  readonly oneTransaction: () => Promise<ServerProcess>
  /** a fresh process of the product on a database of its own, made when it does not exist */
  readonly tercetOn: (database: string, environment?: Readonly<Record<string, string>>) => Promise<ServerProcess>
  /** Runs one scenario and ends the servers it started on databases of their own: PostgreSQL has a hundred connections. */
  readonly run: (scenario: Scenario) => Promise<readonly Figure[]>
  readonly load: (server: ServerProcess, journey: Job['journey'], options?: LoadOptions) => Promise<LoadResult>
  /** tells the person who waits what is being done */
  readonly say: (text: string) => void
}

/** One figure, or a few that are measured together. */
export type Scenario = {
  readonly name: string
  readonly run: (bench: Bench) => Promise<readonly Figure[]>
}

/** Runs `work` with everything it needs, then ends and removes all of it, whatever happens. */
export async function withBench<T>(
  sizes: Sizes,
  say: (text: string) => void,
  work: (bench: Bench) => Promise<T>,
): Promise<T> {
  const { folder, remove } = await makeTestFolder()
  const undo: (() => unknown)[] = [remove]
  try {
    const postgres = await startEmbedded({ folder: `${folder}/data` })
    undo.push(() => postgres.stop())
    await makeTemplate(postgres.url)
    await makeDatabase(postgres.url, 'bench')
    const load = startLoadProcess()
    undo.push(() => load.close())
    return await work(createBench(sizes, say, folder, inDatabase(postgres.url, 'bench'), load, undo))
  } finally {
    for (const step of undo.reverse()) await step()
  }
}

function createBench(
  sizes: Sizes,
  say: (text: string) => void,
  folder: string,
  url: string,
  load: LoadProcess,
  undo: (() => unknown)[],
): Bench {
  const keep = async (starting: Promise<ServerProcess>): Promise<ServerProcess> => {
    const server = await starting
    undo.push(() => server.stop())
    return server
  }
  const start = (databaseUrl: string, { options = [], environment = {} }: StartOptions = {}) =>
    keep(
      // A bundle has no module that an option could exchange.
      startServer(options.length === 0 ? npmStartBundled() : [...options, ...npmStart()], {
        PORT: '0',
        DATABASE_URL: databaseUrl,
        TERCET_DATA: folder,
        ...environment,
      }),
    )
  const tercet = once(() => start(url))
  const own: ServerProcess[] = []
  const bench: Bench = {
    sizes,
    say,
    databaseUrl: url,
    folder,
    tercet,
    echo: once(() => keep(startServer(['bench/servers/echo.ts'], {}))),
    bulkInsert: once(() => keep(startServer([...nodeFlags(), 'bench/servers/bulk-insert.ts'], { DATABASE_URL: url }))),
    oneTransaction: once(async () => {
      await tercet() // two that migrate at once would only wait for each other
      return start(url, { options: ['--import', './bench/servers/one-transaction.ts'] })
    }),
    tercetOn: async (database, environment = {}) => {
      await makeDatabase(url, database)
      const server = await start(inDatabase(url, database), { environment })
      own.push(server)
      return server
    },
    run: async (scenario) => {
      const figures = await scenario.run(bench)
      for (const server of own.splice(0)) await server.stop()
      return figures
    },
    load: ({ port }, journey, options = {}) =>
      load.run({
        port,
        journey,
        connections: sizes.connections,
        durationMs: sizes.roundMs,
        ...(sizes.mostJourneys !== undefined && { mostJourneys: sizes.mostJourneys }),
        ...options,
      }),
  }
  return bench
}

type StartOptions = {
  /** Node's own */
  readonly options?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined
  return () => {
    result ??= work()
    return result
  }
}

async function makeDatabase(url: string, name: string): Promise<void> {
  const client = await connectClient(url, { statementTimeoutMs: 0 })
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${name} template ${templateName}`)
  } finally {
    await client.end()
  }
}

/** Node's own options of `npm start`: what is compared runs with the same. */
function nodeFlags(): string[] {
  return npmStart().filter((word) => word.startsWith('--'))
}

/** The same; in a run of all tests with the bundled program. */
function npmStartBundled(): string[] {
  const source = 'src/cli/tercet.js'
  return npmStart().map((word) => (word === source ? programFile(source) : word))
}

/** What `npm start` gives to Node, options included. */
function npmStart(): string[] {
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const words: string[] = scripts.start.split(' ')
  return words.slice(words.indexOf('node') + 1)
}
