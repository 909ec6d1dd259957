import type { FastifyBaseLogger } from 'fastify'
import { firstCell, tablesUrlOfCell } from '../app/cell/cell-url.ts'
import { findMissing } from '../app/cell/move/missing-merchants.ts'
import { type StandAsideParts, standAside } from '../app/cell/move/stand-aside.ts'
import { createSealer } from '../app/shared/seal.ts'
import { type CellRow, listCells } from '../db/cell/cells.ts'
import type { Embedded } from '../db/embedded/embedded.ts'
import { freePort } from '../db/embedded/server-process.ts'
import { connectPool } from '../db/wire/connection.ts'
import { setPatience } from '../kernel/patience.ts'
import { createAttemptMemory } from '../rails/card/sandbox/attempt-memory.ts'
import { type Remembered, rememberedAttempts } from '../rails/card/sandbox/sandbox.ts'
import { bundles } from '../web/bundles.ts'
import { startWebBuild } from '../web/shared/build/web-build.ts'
import { startCells } from './cells/start-cells.ts'
import { type Config, ConfigError, publicUrlOf } from './config.ts'
import { createSandboxSimulator } from './sandbox-simulator.ts'
import { prepare, prepareCell, startDatabase } from './start/prepare-database.ts'
import { explained } from './start/start-error.ts'
import { tryPort } from './start/try-port.ts'
import { createMeters } from './wire/meters.ts'
import type { Wired } from './wire/parts.ts'
import { joinWorkers, workerRole } from './workers/worker.ts'

/** Told what the start is about to do; a word for whoever waits for it. */
export type OnStage = (stage: string) => void

export type StartOptions = {
  /** aborts when the process is about to end without `stop`: the embedded database ends with it */
  readonly kill?: AbortSignal
  readonly droppedLogLines?: () => number
  readonly onStage?: OnStage
  /** how long the embedded database may be away before `/healthz` says that it is hopeless; default two minutes */
  readonly hopelessAfterMs?: number
}

export type Running = Wired & {
  readonly publicUrl: string
  /** where PostgreSQL keeps its files; undefined when DATABASE_URL names a server */
  readonly embedded: Embedded | undefined
  /** Finishes what was accepted, then stops the database. May be called more than once. */
  readonly stop: () => Promise<void>
}

/**
 * Database, migrations, fixtures, engine, HTTP, in that order. Throws StartError, with everything already started stopped
 * again, when the port, the data folder, the database or a setting stands in the way.
 */
export async function start(config: Config, logger: FastifyBaseLogger, options: StartOptions = {}): Promise<Running> {
  const { onStage = () => {} } = options
  setPatience(config.patienceMs)
  const role = workerRole()
  const undo: (() => Promise<unknown>)[] = []
  const stop = async (): Promise<void> => {
    // One that fails must not keep the others from their end: the database is the last.
    for (const step of undo.splice(0).reverse())
      await step().catch((failure: unknown) => logger.error({ err: failure }, 'could not stop cleanly'))
  }
  try {
    // Workers share one.
    if (!role && config.port !== 0) await tryPort(config.port, config.host)
    // Beside the database's start, should there be anything to build.
    const build = startWebBuild(bundles, logger)
    undo.push(async () => build.close())
    onStage(
      config.databaseUrl === undefined
        ? 'starting PostgreSQL (made first, when there is none yet)'
        : 'connecting to the database',
    )
    // Most of the program, loaded while PostgreSQL makes its files, and wholly before anything connects: on a slow machine the loading keeps
    // the event loop busy for longer than a connection may take.
    const loading = import('./wire/wire.ts')
    const embedded =
      config.databaseUrl === undefined ? await startDatabase(config, logger, options.hopelessAfterMs) : undefined
    if (embedded) undo.push(() => embedded.stop())
    if (embedded) options.kill?.addEventListener('abort', embedded.abandon)
    const { wire } = await loading
    const databaseUrl = config.databaseUrl ?? (embedded as Embedded).url
    const pool = connectPool(databaseUrl, {
      onIdleError: (error) => logger.warn({ err: error }, 'a connection was lost'),
    })
    undo.push(() => pool.end())
    const sealer = createSealer(config.secretKey, config.previousSecretKeys)
    const worker = role && joinWorkers(role, config.mode === 'sandbox')
    if (worker) undo.push(async () => worker.close())
    onStage('bringing the database up to date')
    if (!role) await prepare(config, pool, sealer)
    onStage('starting the server')
    // Beside a database of one's own other servers may work, and one acquirer each would be several: there it is started by hand.
    const isAlone = (embedded !== undefined || worker?.isAlone === true) && config.mode === 'sandbox'
    const simulator = isAlone ? createSandboxSimulator({ folder: config.dataFolder, pool, sealer, logger }) : undefined
    if (simulator) undo.push(() => simulator.stop())
    const port = config.port === 0 ? await freePort() : config.port
    const publicUrl = publicUrlOf(config, port)
    const shared = {
      config,
      publicUrl,
      sealer,
      build,
      logger,
      meters: config.hasMetrics ? createMeters() : undefined,
      embedded,
      worker,
      droppedLogLines: options.droppedLogLines,
      attemptMemory: createAttemptMemory<Remembered>(rememberedAttempts),
    }
    const first = { ...shared, databaseUrl, pool, isAlone, ...(simulator && { onClockMoved: simulator.followClock }) }
    const rows = await listCells(pool)
    const served = cellsToServe(rows, config.cells)
    const wired =
      rows.length === 0
        ? await wire(first)
        : await startCells({
            ...{ rows: served, firstUrl: databaseUrl, firstPool: pool, sealer, logger },
            open: async ({ row, parts: cell, ...own }) => {
              if (row.number === 0) return await wire({ ...first, cell })
              await prepareCell(
                config,
                tablesUrlOfCell(row, databaseUrl, () => sealer),
              )
              await sayWhoStandsAside({ cell: row.name, pool: own.pool, firstPool: pool, poolOf: cell.poolOf }, logger)
              return await wire({ ...shared, ...own, isAlone: false, cell })
            },
          })
    undo.push(() => wired.close())
    await wired.server.listen({ port, host: config.host })
    simulator?.start(wired.clock)
    wired.startChains()
    await worker?.ready(wired)
    return { ...wired, publicUrl, embedded, stop: once(stop) }
  } catch (error) {
    await stop()
    throw explained(error, config)
  }
}

/** A cell may have been put back to an earlier time: who moved away since is not served there, and who moved in since is missing. */
async function sayWhoStandsAside(parts: StandAsideParts, logger: FastifyBaseLogger): Promise<void> {
  const { cell, pool, firstPool } = parts
  const merchants = await standAside(parts)
  if (merchants.length > 0)
    logger.error(
      { cell, merchants },
      'these merchants live in another cell by the directory, which serves them: their rows in this cell are old, and are not served',
    )
  const missing = await findMissing(cell, pool, firstPool)
  if (missing.length > 0)
    logger.error(
      { cell, merchants: missing },
      'these merchants have moved into this cell by the directory, and it does not have them: tercet cells bring-back lets them go on where they were before',
    )
}

/** The cells that this server works for. Throws ConfigError for a name that is none's. */
function cellsToServe(rows: readonly CellRow[], wanted: readonly string[] | undefined): readonly CellRow[] {
  const known = rows.length === 0 ? [firstCell] : rows.map((row) => row.name)
  const strange = wanted?.find((name) => !known.includes(name))
  if (strange !== undefined)
    throw new ConfigError(`TERCET_CELLS names ${strange}, and the cells are ${known.join(', ')}`)
  return rows.filter((row) => wanted?.includes(row.name) ?? true)
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= work()
    return done
  }
}
