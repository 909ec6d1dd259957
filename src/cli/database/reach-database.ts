import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { type Embedded, EmbeddedError, runningEmbedded, startEmbedded } from '../../db/embedded/embedded.ts'
import { connectPool } from '../../db/wire/connection.ts'
import { CliError } from '../cli-error.ts'
import { exitCodes } from '../exit-codes.ts'
import type { Io } from '../io.ts'
import type { Settings } from '../settings.ts'

/** Works with the URL of a database that is there: see `withDatabase`. With `mustRun` the embedded server is not started for it. */
export async function withDatabaseUrl<T>(
  io: Io,
  settings: Settings,
  { mustRun = false }: { readonly mustRun?: boolean },
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
export async function withOwnServer<T>(io: Io, settings: Settings, work: (url: string) => Promise<T>): Promise<T> {
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
export const statementTimeoutMs = 120_000

export async function withPool<T>(url: string, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = connectPool(url, { max: 4, statementTimeoutMs, applicationName: 'tercet-cli' })
  try {
    return await work(pool)
  } finally {
    await pool.end()
  }
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
