import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { type ClaimNames, claimNothing, createCellDirectory, createClaimNames } from '../app/cell/cell-directory.ts'
import { firstCell, tablesUrlOfCell, urlOfCell } from '../app/cell/cell-url.ts'
import { refuseOtherKey, refuseOtherMode, stampDatabase } from '../app/shared/database-stamp.ts'
import { createSealer, type Sealer } from '../app/shared/seal.ts'
import type { ShopperCells } from '../app/shopper/cells/accounts-elsewhere.ts'
import type { CellName } from '../db/cell/cell-names.ts'
import { type CellRow, listCells } from '../db/cell/cells.ts'
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
  /** the cell that `pool` works in; undefined while there is only one */
  readonly cell: string | undefined
  /** whether that cell takes new merchants */
  readonly takesMerchants: boolean
  /** before a key, an address or the like is used in this cell */
  readonly claim: ClaimNames
  /** the cell that a name leads to, which may be another one */
  readonly cellOf: (names: readonly CellName[]) => Promise<string | undefined>
  /** where people have further accounts; undefined while there is one cell */
  readonly shopperCells: ShopperCells | undefined
}

type Options = {
  /** The embedded server is not started for this: it only makes sense beside a running one. */
  readonly mustRun?: boolean
  /** the cell to work in, or which of all; default the one of TERCET_CELLS, else the first */
  readonly cell?: string | ((cells: readonly OpenedCell[]) => Promise<string>) | undefined
}

/**
 * Runs a command's work on the database of DATABASE_URL, else on the embedded server that runs on TERCET_DATA, else on one
 * that runs as long as the work. Throws CliError when there is none, or when it is not migrated.
 */
export async function withDatabase<T>(io: Io, work: (database: Database) => Promise<T>, options?: Options): Promise<T> {
  const settings = readSettings(io.env)
  return await withDatabaseUrl(io, settings, options, (url) =>
    inCell(settings, url, options?.cell, async (pool, { cell, takesMerchants, firstPool, shopperCells }) => {
      await refuseOtherMode(pool, settings.mode)
      await refuseUnmigrated(pool)
      const { previousSecretKeys } = settings
      const stamp = await stampDatabase(pool, {
        ...{ mode: settings.mode, secretKey: settings.knownSecretKey, previousSecretKeys },
      })
      const clock = settings.mode === 'sandbox' ? await movedClock(pool) : systemClock
      const secretKey = () => {
        const key = settings.secretKey()
        refuseOtherKey(stamp, key, previousSecretKeys)
        return key
      }
      const sealer = () => createSealer(secretKey(), previousSecretKeys)
      const claim = cell === undefined ? claimNothing : createClaimNames(firstPool, cell)
      const cellOf = async (names: readonly CellName[]) => await createCellDirectory(firstPool).cellOf(names)
      const keys = { sealer, secretKey }
      return await work({
        pool,
        mode: settings.mode,
        clock,
        ...keys,
        cell,
        takesMerchants,
        claim,
        cellOf,
        shopperCells,
      })
    }),
  )
}

/** What a work gets that migrates. */
export type NewDatabase = {
  readonly stamp: (client: Pick<pg.ClientBase, 'query'>) => Promise<unknown>
  /** the cells beside the first, where their tables are changed */
  readonly withOthers: <T>(work: (cells: readonly OpenedCell[]) => Promise<T>) => Promise<T>
}

/**
 * The same without asking whether it is migrated; makes the embedded database where there is none yet. `stamp` marks the
 * database as this environment's: for a work that has migrated it.
 */
export async function withNewDatabase<T>(io: Io, work: (pool: pg.Pool, more: NewDatabase) => Promise<T>): Promise<T> {
  const settings = readSettings(io.env)
  const { mode, knownSecretKey: secretKey, previousSecretKeys } = settings
  const checked = (firstUrl: string) => async (firstPool: pg.Pool) => {
    await refuseOtherMode(firstPool, mode)
    const stamp: NewDatabase['stamp'] = (client) => stampDatabase(client, { mode, secretKey, previousSecretKeys })
    const withOthers: NewDatabase['withOthers'] = async (others) => {
      const rows = (await cellsIn(firstPool)).filter((row) => row.number > 0)
      return await withOpenedCells(settings, { rows, firstUrl, firstPool, urlOf: tablesUrlOfCell }, others)
    }
    return await work(firstPool, { stamp, withOthers })
  }
  const url = settings.databaseUrl ?? (await runningEmbedded(settings.dataFolder))
  if (url !== undefined) return await withPool(url, checked(url))
  return await withOwnServer(io, settings, (own) => withPool(own, checked(own)))
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

type Place = {
  readonly cell: string | undefined
  readonly takesMerchants: boolean
  readonly firstPool: pg.Pool
  readonly shopperCells: ShopperCells | undefined
}

/** Works in the cell that is asked for: by a command, else by TERCET_CELLS, else in the first. */
async function inCell<T>(
  settings: Settings,
  firstUrl: string,
  wanted: Options['cell'],
  work: (pool: pg.Pool, place: Place) => Promise<T>,
): Promise<T> {
  return await withPool(firstUrl, async (firstPool) => {
    const rows = await cellsIn(firstPool)
    const name = await nameOf(settings, wanted, { rows, firstUrl, firstPool })
    if (rows.length === 0 && (name === undefined || name === firstCell))
      return await work(firstPool, { cell: undefined, takesMerchants: true, firstPool, shopperCells: undefined })
    const row = rows.find((each) => each.name === (name ?? firstCell))
    if (!row) throw new CliError(`there is no cell ${name}: tercet cells list shows them`)
    const poolOf = (each: CellRow) => connectToCell(urlOfCell(each, firstUrl, sealerOf(settings)))
    return await withNeighbours({ rows, own: row.name, firstPool, poolOf }, (shopperCells) => {
      const place = { cell: row.name, takesMerchants: row.isOpen, firstPool, shopperCells }
      if (row.number === 0) return work(firstPool, place)
      return withPool(urlOfCell(row, firstUrl, sealerOf(settings)), (pool) => work(pool, place))
    })
  })
}

function connectToCell(url: string): pg.Pool {
  return connectPool(url, { max: 2, statementTimeoutMs, applicationName: 'tercet-cli' })
}

/** Connects to another cell when somebody asks for it: most commands never do, and need no key to read where it is. */
async function withNeighbours<T>(
  parts: {
    readonly rows: readonly CellRow[]
    readonly own: string
    readonly firstPool: pg.Pool
    readonly poolOf: (row: CellRow) => pg.Pool
  },
  work: (cells: ShopperCells) => Promise<T>,
): Promise<T> {
  const opened = new Map<string, pg.Pool>()
  const poolOf: ShopperCells['poolOf'] = async (name) => {
    if (name === firstCell) return parts.firstPool
    const row = parts.rows.find((each) => each.name === name)
    const pool = opened.get(name) ?? (row && parts.poolOf(row))
    if (pool) opened.set(name, pool)
    return pool
  }
  try {
    return await work({ own: parts.own, directory: parts.firstPool, poolOf })
  } finally {
    await Promise.all([...opened.values()].map((pool) => pool.end()))
  }
}

/** A database that was never migrated, or by an older program, has no cells to speak of: what comes next says so. */
async function cellsIn(firstPool: pg.Pool): Promise<readonly CellRow[]> {
  const { rows } = await firstPool.query<{ there: boolean }>(`select to_regclass('cell') is not null as there`)
  return rows[0]?.there ? await listCells(firstPool) : []
}

async function nameOf(
  settings: Settings,
  wanted: Options['cell'],
  all: { readonly rows: readonly CellRow[]; readonly firstUrl: string; readonly firstPool: pg.Pool },
): Promise<string | undefined> {
  if (typeof wanted === 'string') return wanted
  if (wanted && all.rows.length > 0) return await withOpenedCells(settings, all, wanted)
  const [only, second] = settings.cells ?? []
  if (second !== undefined) throw new CliError('TERCET_CELLS names several cells, and this command works in one')
  return only
}

/** A cell and how to reach it. */
export type OpenedCell = { readonly row: CellRow; readonly url: string; readonly pool: pg.Pool }

async function withOpenedCells<T>(
  settings: Settings,
  {
    rows,
    firstUrl,
    firstPool,
    urlOf = urlOfCell,
  }: {
    readonly rows: readonly CellRow[]
    readonly firstUrl: string
    readonly firstPool: pg.Pool
    readonly urlOf?: typeof urlOfCell
  },
  work: (cells: readonly OpenedCell[]) => Promise<T>,
): Promise<T> {
  const cells = rows.map((row) => {
    const url = urlOf(row, firstUrl, sealerOf(settings))
    return { row, url, pool: row.number === 0 ? firstPool : connectToCell(url) }
  })
  try {
    return await work(cells)
  } finally {
    await Promise.all(cells.map(({ pool }) => (pool === firstPool ? undefined : pool.end())))
  }
}

function sealerOf(settings: Settings): () => Sealer {
  return () => createSealer(settings.secretKey(), settings.previousSecretKeys)
}

/** What a command gets that works with cells themselves. */
export type CellsDatabase = {
  readonly settings: Settings
  readonly firstPool: pg.Pool
  readonly firstUrl: string
  readonly sealer: () => Sealer
  readonly cells: readonly OpenedCell[]
}

/** Every cell of the database that the environment names; the list is empty while there is only one. */
export async function withCells<T>(io: Io, work: (database: CellsDatabase) => Promise<T>): Promise<T> {
  const settings = readSettings(io.env)
  return await withDatabaseUrl(io, settings, {}, (firstUrl) =>
    withPool(firstUrl, async (firstPool) => {
      await refuseOtherMode(firstPool, settings.mode)
      const rows = await cellsIn(firstPool)
      return await withOpenedCells(settings, { rows, firstUrl, firstPool }, (cells) =>
        work({ settings, firstPool, firstUrl, sealer: sealerOf(settings), cells }),
      )
    }),
  )
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
