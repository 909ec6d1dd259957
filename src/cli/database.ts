import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { refuseOtherKey, refuseOtherMode, stampDatabase } from '../app/shared/database-stamp.ts'
import { createSealer, type Sealer } from '../app/shared/seal.ts'
import { type Embedded, EmbeddedError, runningEmbedded, startEmbedded } from '../db/embedded/embedded.ts'
import { pendingMigrations } from '../db/migrate/migrate.ts'
import { readClockOffset } from '../db/sandbox/sandbox-clock.ts'
import { connectPool } from '../db/wire/connection.ts'
import { type Clock, systemClock, systemNow } from '../kernel/clock.ts'
import { plus } from '../kernel/instant.ts'
import { CliError } from './cli-error.ts'
import { exitCodes } from './exit-codes.ts'
import type { Io } from './io.ts'
import { readSettings, type Settings } from './settings.ts'

/** What a command gets of a database that is there and up to date. */
export type Database = {
  readonly pool: pg.Pool
  readonly mode: Settings['mode']
  /** the sandbox's own time, as it stood when the command began; real time in live mode */
  readonly clock: Clock
  /** Throws ConfigError when this environment has no secret key. */
  readonly sealer: () => Sealer
  /** the same key's bytes */
  readonly secretKey: () => Uint8Array
}

type Options = {
  /** The embedded server is not started for this: it only makes sense beside a running one. */
  readonly mustRun?: boolean
}

/**
 * Runs a command's work on the database of DATABASE_URL, else on the embedded server that runs on TERCET_DATA, else on one
 * that runs as long as the work. Throws CliError when there is none, or when it is not migrated.
 */
export async function withDatabase<T>(io: Io, work: (database: Database) => Promise<T>, options?: Options): Promise<T> {
  const settings = readSettings(io.env)
  return await withDatabaseUrl(io, settings, options, (url) =>
    withPool(url, async (pool) => {
      await refuseOtherMode(pool, settings.mode)
      await refuseUnmigrated(pool)
      const stamp = await stampDatabase(pool, { mode: settings.mode, secretKey: settings.knownSecretKey })
      const clock = settings.mode === 'sandbox' ? await movedClock(pool) : systemClock
      const secretKey = () => {
        const key = settings.secretKey()
        refuseOtherKey(stamp, key)
        return key
      }
      const sealer = () => createSealer(secretKey())
      return await work({ pool, mode: settings.mode, clock, sealer, secretKey })
    }),
  )
}

/**
 * The same without asking whether it is migrated; makes the embedded database where there is none yet. `stamp` marks the
 * database as this environment's: for a work that has migrated it.
 */
export async function withNewDatabase<T>(
  io: Io,
  work: (pool: pg.Pool, stamp: (client: Pick<pg.ClientBase, 'query'>) => Promise<unknown>) => Promise<T>,
): Promise<T> {
  const settings = readSettings(io.env)
  const { mode, knownSecretKey: secretKey } = settings
  const checked = async (pool: pg.Pool) => {
    await refuseOtherMode(pool, mode)
    return await work(pool, (client) => stampDatabase(client, { mode, secretKey }))
  }
  const url = settings.databaseUrl ?? (await runningEmbedded(settings.dataFolder))
  if (url !== undefined) return await withPool(url, checked)
  return await withOwnServer(io, settings, (own) => withPool(own, checked))
}

async function withDatabaseUrl<T>(
  io: Io,
  settings: Settings,
  { mustRun = false }: Options = {},
  work: (url: string) => Promise<T>,
): Promise<T> {
  const url = settings.databaseUrl ?? (await runningEmbedded(settings.dataFolder))
  if (url !== undefined) return await work(url)
  if (!(await exists(join(settings.dataFolder, 'postgres.json'))))
    throw new CliError(
      `there is no database in ${settings.dataFolder}: make one with tercet migrate, or set TERCET_DATA or DATABASE_URL`,
    )
  if (mustRun)
    throw new CliError(`no server runs on ${settings.dataFolder}: start it with tercet start`, exitCodes.unavailable)
  return await withOwnServer(io, settings, work)
}

/** The embedded server must be stopped before the process ends, also at Ctrl-C. */
async function withOwnServer<T>(io: Io, settings: Settings, work: (url: string) => Promise<T>): Promise<T> {
  const stopped = io.stopSignal()
  const server = await startOrFind(settings.dataFolder)
  if (typeof server === 'string') return await work(server)
  try {
    return await Promise.race([work(server.url), rejectWhen(stopped)])
  } finally {
    await server.stop()
  }
}

/** Another command, or the server itself, may be starting it this moment: then its URL, as soon as it runs. */
async function startOrFind(folder: string): Promise<Embedded | string> {
  for (const end = performance.now() + 10_000; ; await pause(100)) {
    try {
      return await startEmbedded({ folder })
    } catch (error) {
      if (!(error instanceof EmbeddedError) || !/ is in use by /.test(error.message)) throw error
      const url = await runningEmbedded(folder)
      if (url !== undefined) return url
      if (performance.now() > end) throw error
    }
  }
}

function rejectWhen(stopped: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new CliError('stopped before the end', exitCodes.interrupted))
    if (stopped.aborted) stop()
    else stopped.addEventListener('abort', stop, { once: true })
  })
}

/** An import or a proof may take a while; a person waits for it, and can end it. */
const statementTimeoutMs = 120_000

async function withPool<T>(url: string, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = connectPool(url, { max: 4, statementTimeoutMs, applicationName: 'tercet-cli' })
  try {
    return await work(pool)
  } finally {
    await pool.end()
  }
}

async function refuseUnmigrated(pool: pg.Pool): Promise<void> {
  const pending = await pendingMigrations(pool)
  if (pending.length === 0) return
  throw new CliError('the database is not up to date with this program: run tercet migrate, or tercet start')
}

async function movedClock(pool: pg.Pool): Promise<Clock> {
  const offset = await readClockOffset(pool)
  return { now: () => plus(systemNow(), offset) }
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return false
      throw error
    },
  )
}
