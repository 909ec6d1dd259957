import type pg from 'pg'
import { firstCell, urlOfCell } from '../../app/cell/cell-url.ts'
import { createSealer, type Sealer } from '../../app/shared/seal.ts'
import type { ShopperCells } from '../../app/shopper/cells/accounts-elsewhere.ts'
import { type CellRow, listCells } from '../../db/cell/cells.ts'
import { connectPool } from '../../db/wire/connection.ts'
import { CliError } from '../cli-error.ts'
import type { Settings } from '../settings.ts'
import { statementTimeoutMs, withPool } from './reach-database.ts'

/** A cell and how to reach it. */
export type OpenedCell = { readonly row: CellRow; readonly url: string; readonly pool: pg.Pool }

/** The cell to work in, or which of all; by default the one of TERCET_CELLS, else the first. */
export type WantedCell = string | ((cells: readonly OpenedCell[]) => Promise<string>) | undefined

export type Place = {
  /** undefined while there is only one */
  readonly cell: string | undefined
  readonly takesMerchants: boolean
  readonly firstPool: pg.Pool
  readonly shopperCells: ShopperCells | undefined
}

/** Works in the cell that is asked for: by a command, else by TERCET_CELLS, else in the first. */
export async function inCell<T>(
  settings: Settings,
  firstUrl: string,
  wanted: WantedCell,
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
export async function cellsIn(firstPool: pg.Pool): Promise<readonly CellRow[]> {
  const { rows } = await firstPool.query<{ there: boolean }>(`select to_regclass('cell') is not null as there`)
  return rows[0]?.there ? await listCells(firstPool) : []
}

async function nameOf(
  settings: Settings,
  wanted: WantedCell,
  all: { readonly rows: readonly CellRow[]; readonly firstUrl: string; readonly firstPool: pg.Pool },
): Promise<string | undefined> {
  if (typeof wanted === 'string') return wanted
  if (wanted && all.rows.length > 0) return await withOpenedCells(settings, all, wanted)
  const [only, second] = settings.cells ?? []
  if (second !== undefined) throw new CliError('TERCET_CELLS names several cells, and this command works in one')
  return only
}

/** Work with a connection to each of the cells, closed when it ends. */
export async function withOpenedCells<T>(
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

export function sealerOf(settings: Settings): () => Sealer {
  return () => createSealer(settings.secretKey(), settings.previousSecretKeys)
}
