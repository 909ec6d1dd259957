import type pg from 'pg'
import { type ClaimNames, claimNothing, createCellDirectory, createClaimNames } from '../../app/cell/cell-directory.ts'
import { tablesUrlOfCell } from '../../app/cell/cell-url.ts'
import { refuseOtherKey, refuseOtherMode, stampDatabase } from '../../app/shared/database-stamp.ts'
import { createSealer, type Sealer } from '../../app/shared/seal.ts'
import type { ShopperCells } from '../../app/shopper/cells/accounts-elsewhere.ts'
import type { CellName } from '../../db/cell/cell-names.ts'
import { runningEmbedded } from '../../db/embedded/embedded.ts'
import { pendingMigrations } from '../../db/migrate/migrate.ts'
import { readClockOffset } from '../../db/sandbox/sandbox-clock.ts'
import { type Clock, systemClock, systemNow } from '../../kernel/clock.ts'
import { plus } from '../../kernel/instant.ts'
import { CliError } from '../cli-error.ts'
import type { Io } from '../io.ts'
import { readSettings, type Settings } from '../settings.ts'
import {
  cellsIn,
  inCell,
  type OpenedCell,
  type Place,
  sealerOf,
  type WantedCell,
  withOpenedCells,
} from './reach-cells.ts'
import { withDatabaseUrl, withOwnServer, withPool } from './reach-database.ts'

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
  readonly cell?: WantedCell
}

/**
 * Runs a command's work on the database of DATABASE_URL, else on the embedded server that runs on TERCET_DATA, else on one
 * that runs as long as the work. Throws CliError when there is none, or when it is not migrated.
 */
export async function withDatabase<T>(
  io: Io,
  work: (database: Database) => Promise<T>,
  options: Options = {},
): Promise<T> {
  const settings = readSettings(io.env)
  return await withDatabaseUrl(io, settings, options, (url) =>
    inCell(settings, url, options.cell, async (pool, place) => await work(await databaseOf(settings, pool, place))),
  )
}

async function databaseOf(settings: Settings, pool: pg.Pool, { firstPool, ...place }: Place): Promise<Database> {
  const { mode, knownSecretKey, previousSecretKeys } = settings
  await refuseOtherMode(pool, mode)
  await refuseUnmigrated(pool)
  const stamp = await stampDatabase(pool, { mode, secretKey: knownSecretKey, previousSecretKeys })
  const secretKey = () => {
    const key = settings.secretKey()
    refuseOtherKey(stamp, key, previousSecretKeys)
    return key
  }
  return {
    pool,
    mode,
    clock: mode === 'sandbox' ? await movedClock(pool) : systemClock,
    sealer: () => createSealer(secretKey(), previousSecretKeys),
    secretKey,
    claim: place.cell === undefined ? claimNothing : createClaimNames(firstPool, place.cell),
    cellOf: async (names) => createCellDirectory(firstPool).cellOf(names),
    ...place,
  }
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

async function refuseUnmigrated(pool: pg.Pool): Promise<void> {
  const pending = await pendingMigrations(pool)
  if (pending.length === 0) return
  throw new CliError('the database is not up to date with this program: run tercet migrate, or tercet start')
}

async function movedClock(pool: pg.Pool): Promise<Clock> {
  const offset = await readClockOffset(pool)
  return { now: () => plus(systemNow(), offset) }
}
