import type { RequestListener } from 'node:http'
import type { FastifyBaseLogger } from 'fastify'
import type pg from 'pg'
import { type CellDirectory, createCellDirectory, createClaimNames } from '../../app/cell/cell-directory.ts'
import { firstCell, urlOfCell } from '../../app/cell/cell-url.ts'
import type { CellPlace } from '../../app/cell/move/move-sessions.ts'
import type { Sealer } from '../../app/shared/seal.ts'
import { claimCellNames, listNamesInCell } from '../../db/cell/cell-names.ts'
import { type CellRow, listCells } from '../../db/cell/cells.ts'
import { connectPool } from '../../db/wire/connection.ts'
import { unavailableIn } from '../../http/elsewhere.ts'
import { pauseUntilAborted } from '../../kernel/pause.ts'
import type { CellParts, Wired } from '../wire/parts.ts'
import { cellAskedFor, namesOfRequest, type RequestHead } from './names-of-request.ts'

/** What it takes to open a cell: its connections are its own, and everything else of the program is there once for each. */
export type OpenCell = (cell: {
  readonly row: CellRow
  readonly databaseUrl: string
  readonly pool: pg.Pool
  readonly parts: CellParts
}) => Promise<Wired>

export type StartCellsParts = {
  readonly rows: readonly CellRow[]
  /** of the first cell, where the directory is */
  readonly firstUrl: string
  readonly firstPool: pg.Pool
  readonly sealer: Sealer
  readonly logger: FastifyBaseLogger
  readonly open: OpenCell
}

/** A merchant that has moved is found in its new cell within this; until then its old one answers 503. */
const followEveryMs = 1_000

/** Waits before a cell that could not be opened is tried again, doubled each time. */
const firstPauseMs = 500
const longestPauseMs = 15_000

/**
 * Opens every cell of the list, each a whole program of its own behind one port, so that nothing of one waits for another. The first that can
 * be opened listens for all. One whose database is away is tried again until it is there, and its merchants are answered 503
 * meanwhile. Throws the last error when none can be opened.
 */
export async function startCells(parts: StartCellsParts): Promise<Wired> {
  const cells = new Cells(parts)
  await cells.openFirst()
  return cells.wired()
}

class Cells {
  readonly #parts: StartCellsParts
  readonly #directory: CellDirectory
  readonly #names: ReadonlySet<string>
  readonly #wired = new Map<string, Wired>()
  readonly #pools = new Map<string, pg.Pool>()
  /** to cells that other servers work for */
  readonly #neighbours = new Map<string, pg.Pool>()
  readonly #stopping = new AbortController()
  readonly #retries: Promise<void>[] = []
  readonly #follower: NodeJS.Timeout
  #areChainsStarted = false
  #front: { readonly name: string; readonly wired: Wired } | undefined

  constructor(parts: StartCellsParts) {
    this.#parts = parts
    this.#directory = createCellDirectory(parts.firstPool)
    this.#names = new Set(parts.rows.map((row) => row.name))
    // While the directory is away nobody moves, and what is known goes on to hold.
    this.#follower = setInterval(() => void this.#directory.followMoves().catch(() => undefined), followEveryMs).unref()
  }

  async openFirst(): Promise<void> {
    let failure: unknown
    const failed: CellRow[] = []
    for (const row of this.#parts.rows) {
      try {
        await this.#open(row)
      } catch (error) {
        failure = error
        this.#parts.logger.error({ err: error, cell: row.name }, 'a cell cannot be opened and is tried again')
        failed.push(row)
      }
    }
    if (!this.#front) {
      await this.#close()
      throw failure
    }
    // Only now: a retry beside the loop could take itself for the first that was opened.
    for (const row of failed) this.#retries.push(this.#retry(row))
  }

  wired(): Wired {
    const { wired } = this.#front as { readonly wired: Wired }
    return {
      ...wired,
      isReady: () => this.#isAnyReady(),
      startChains: () => {
        this.#areChainsStarted = true
        for (const each of this.#wired.values()) each.startChains()
      },
      close: () => this.#close(),
    }
  }

  async #open(row: CellRow): Promise<void> {
    const { firstUrl, firstPool, sealer, logger, open } = this.#parts
    const databaseUrl = urlOfCell(row, firstUrl, () => sealer)
    const onIdleError = (error: Error) => logger.warn({ err: error, cell: row.name }, 'a connection was lost')
    const pool = row.number === 0 ? firstPool : connectPool(databaseUrl, { onIdleError })
    const isFront = this.#front === undefined
    const parts: CellParts = {
      name: row.name,
      ...(isFront && { elsewhere: (request) => this.#answering(request) }),
      claim: createClaimNames(firstPool, row.name),
      directory: { firstPool, addresses: () => this.#addresses() },
      poolOf: (cell) => this.#poolOf(cell),
      stats: () => [...this.#wired.values()].map(({ engine }) => engine.stats()),
      isAnyReady: () => this.#isAnyReady(),
    }
    let wired: Wired | undefined
    try {
      wired = await open({ row, databaseUrl, pool, parts })
      await this.#indexNames(row.name, pool)
      this.#wired.set(row.name, wired)
      if (isFront) this.#front = { name: row.name, wired }
      if (this.#areChainsStarted) wired.startChains()
      if (pool !== firstPool) this.#pools.set(row.name, pool)
    } catch (error) {
      await wired?.close()
      if (pool !== firstPool) await pool.end()
      throw error
    }
  }

  /** Of every cell, also those that other servers serve. */
  async #addresses(): Promise<CellPlace[]> {
    const { firstUrl, firstPool, sealer } = this.#parts
    return (await listCells(firstPool)).map((row) => ({ name: row.name, url: urlOfCell(row, firstUrl, () => sealer) }))
  }

  /** Of any cell. One that no program here works for gets a few connections, when somebody asks. */
  async #poolOf(cell: string): Promise<pg.Pool | undefined> {
    const { firstPool, logger } = this.#parts
    const known = cell === firstCell ? firstPool : (this.#pools.get(cell) ?? this.#neighbours.get(cell))
    if (known) return known
    const place = (await this.#addresses()).find(({ name }) => name === cell)
    // Two may have asked at the same moment.
    const pool = this.#pools.get(cell) ?? this.#neighbours.get(cell)
    if (!place || pool || this.#stopping.signal.aborted) return pool
    const onIdleError = (error: Error) => logger.warn({ err: error, cell }, 'a connection was lost')
    const made = connectPool(place.url, { max: 2, onIdleError, applicationName: 'tercet-neighbour' })
    this.#neighbours.set(cell, made)
    return made
  }

  /** What was added while there was one cell, by fixtures, or by a process that ended half-way, is in the directory from here on. */
  async #indexNames(cell: string, pool: pg.Pool): Promise<void> {
    const taken = await claimCellNames(this.#parts.firstPool, cell, await listNamesInCell(pool))
    for (const { kind } of taken) this.#parts.logger.error({ cell, kind }, 'a name of this cell leads to another one')
  }

  async #retry(row: CellRow): Promise<void> {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      await pauseUntilAborted(pauseMs, this.#stopping.signal)
      if (this.#stopping.signal.aborted) return
      try {
        await this.#open(row)
        this.#parts.logger.warn({ cell: row.name }, 'a cell is open now')
        return
      } catch (error) {
        this.#parts.logger.warn({ err: error, cell: row.name }, 'a cell still cannot be opened')
      }
    }
  }

  #answering(request: RequestHead): RequestListener | undefined | Promise<RequestListener | undefined> {
    const names = namesOfRequest(request)
    const cell = this.#directory.cellOf(names)
    if (cell instanceof Promise) return cell.then((found) => this.#listenerOf(found, request))
    return this.#listenerOf(cell, request)
  }

  /** A cell that is another process's is answered 503 like one that is away, with its name in a header: a proxy sends the request to a server that serves it. */
  #listenerOf(found: string | undefined, request: RequestHead): RequestListener | undefined {
    const name = found ?? this.#visited(request)
    if (name === undefined || name === this.#front?.name) return undefined
    const wired = this.#wired.get(name)
    return wired ? wired.server.routing : unavailableIn(name)
  }

  #visited(request: RequestHead): string | undefined {
    const asked = cellAskedFor(request)
    return asked !== undefined && this.#names.has(asked) ? asked : undefined
  }

  async #isAnyReady(): Promise<boolean> {
    const asked = [...this.#wired.values()].map(async (wired) => {
      if (!(await wired.isReady())) throw new Error('not ready')
      return true
    })
    return await Promise.any(asked).catch(() => false)
  }

  async #close(): Promise<void> {
    clearInterval(this.#follower)
    this.#stopping.abort()
    await Promise.all(this.#retries)
    // The one that listens first: no request comes after that.
    await this.#front?.wired.close()
    for (const [name, wired] of this.#wired) if (name !== this.#front?.name) await wired.close()
    await Promise.all([...this.#pools.values(), ...this.#neighbours.values()].map((pool) => pool.end()))
  }
}
