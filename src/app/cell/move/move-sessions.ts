import type pg from 'pg'
import { findCellsOfNames } from '../../../db/cell/cell-names.ts'
import { findMove, type MerchantMove } from '../../../db/cell/move/merchant-moves.ts'
import { connectForMove, connectForTables, waitForMoveLock } from '../../../db/cell/move/move-session.ts'
import { findMoving, hasMerchant } from '../../../db/cell/move/moving-merchants.ts'
import type { MerchantId } from '../../../kernel/ids.ts'
import { type Result, refuse } from '../../../kernel/result.ts'
import type { MoveRefusal } from './move-refusal.ts'

/** Where a cell is; of several, the first one first. */
export type CellPlace = { readonly name: string; readonly url: string }

/** The same with connections for what reads much. */
export type CellAddress = CellPlace & { readonly pool: pg.Pool }

/** What a move works with. */
export type MoveSessions = {
  readonly sourceName: string
  readonly targetName: string
  /** in the first cell. It holds the lock that lets one process move, and makes the switch: what lost it can switch nothing. */
  readonly first: pg.Client
  readonly source: pg.Client
  /** in the source as well, for the snapshots that are copied */
  readonly reader: pg.Client
  readonly target: pg.Client
  /** for changes of the tables of each */
  readonly tables: { readonly source: pg.Client; readonly target: pg.Client }
  readonly pools: { readonly source: pg.Pool; readonly target: pg.Pool }
  /** as the directory has it now */
  readonly move: () => Promise<MerchantMove | undefined>
}

type Wanted = { readonly merchantId: MerchantId; readonly target: string }

/** Opens what a move needs, and closes it again. */
export async function withMoveSessions<T>(
  cells: readonly CellAddress[],
  { merchantId, target }: Wanted,
  work: (sessions: MoveSessions, state: { readonly isSwitched: boolean }) => Promise<Result<T, MoveRefusal>>,
): Promise<Result<T, MoveRefusal>> {
  const clients: pg.Client[] = []
  const connect = async ({ url }: CellAddress) => {
    const client = await connectForMove(url)
    clients.push(client)
    return client
  }
  const tablesOf = async ({ url }: CellAddress, client: pg.Client) => {
    const tables = await connectForTables(url, client)
    if (tables !== client) clients.push(tables)
    return tables
  }
  try {
    const [firstCell] = cells
    const targetCell = cells.find(({ name }) => name === target)
    if (!firstCell || !targetCell) return refuse({ reason: 'unknown_cell', cell: target })
    const first = await connect(firstCell)
    if (!(await waitForMoveLock(first))) return refuse({ reason: 'busy' })
    const move = () => findMove(first, merchantId)
    const begun = await move()
    const there = await connect(targetCell)
    const isSwitched =
      begun?.switchedAt != null && begun.target === target && (await findMoving(there, merchantId)) === 'arrived'
    const sourceName = isSwitched ? begun.source : await cellOf(first, merchantId)
    if (begun && begun.switchedAt === null && begun.target !== target)
      return refuse({ reason: 'moving_elsewhere', cell: begun.target })
    if (sourceName === target)
      return refuse({ reason: (await livesIn(there, merchantId)) ? 'already_there' : 'not_there', cell: target })
    const sourceCell = cells.find(({ name }) => name === sourceName)
    if (!sourceCell) return refuse({ reason: 'unknown_cell', cell: sourceName ?? '' })
    const [source, reader] = [await connect(sourceCell), await connect(sourceCell)]
    const sessions = {
      ...{ sourceName: sourceCell.name, targetName: target, first, source, reader, move },
      target: there,
      tables: { source: await tablesOf(sourceCell, source), target: await tablesOf(targetCell, there) },
      pools: { source: sourceCell.pool, target: targetCell.pool },
    }
    return await work(sessions, { isSwitched })
  } finally {
    // The one that holds the lock ends last.
    for (const client of clients.toReversed()) await client.end().catch(() => undefined)
  }
}

/**
 * Whether the cell has the merchant to serve. Not one that was put back to a time before the merchant came, also when it came for the second time; and not
 * one that it has left, unless its move has not happened.
 */
export async function livesIn(cell: pg.Client, merchantId: MerchantId, isLeaving = false): Promise<boolean> {
  const state = await findMoving(cell, merchantId)
  const isHome = state === undefined || state === 'leaving' || state === 'closed' || state === 'frozen'
  return (isHome || (isLeaving && state === 'left')) && (await hasMerchant(cell, merchantId))
}

/** The cell that the merchant lives in, as the directory has it. */
export async function cellOf(first: pg.Client, merchantId: MerchantId): Promise<string | undefined> {
  const [found] = await findCellsOfNames(first, [{ kind: 'merchant', name: String(merchantId) }])
  return found?.cell
}
