import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { deleteMove, findMove, keepChainPlaces, type MerchantMove } from '../../../db/cell/move/merchant-moves.ts'
import { connectForMove, connectForTables, takeMoveLock, waitForMoveLock } from '../../../db/cell/move/move-session.ts'
import { beginMoving, endMoving, findMoving, stepMoving } from '../../../db/cell/move/moving-merchants.ts'
import type { MerchantId } from '../../../kernel/ids.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { deleteMerchant } from './copy-merchant.ts'
import { unguardMerchant } from './guard-merchant.ts'
import type { MoveRefusal } from './move-refusal.ts'
import type { CellPlace } from './move-sessions.ts'
import { noteShoppers } from './note-shoppers.ts'
import { serveMerchant } from './serve-merchant.ts'

export type Ended = { readonly cell: string; readonly rows: number }

/** Gives up a move that has not happened: the merchant goes on where it lives, and what was copied is deleted. To be repeated when interrupted. */
export async function undoMove(
  cells: readonly CellPlace[],
  merchantId: MerchantId,
): Promise<Result<Ended, MoveRefusal>> {
  return await withMove(cells, { merchantId }, async ({ move, connect, tablesOf, forget }) => {
    if (move.switchedAt !== null) return refuse({ reason: 'has_moved', cell: move.target })
    const source = await connect(move.source)
    await serveMerchant(source, move)
    await unguardMerchant(await tablesOf(move.source, source), merchantId)
    const target = await connect(move.target)
    const mover = randomUUID()
    await beginMoving(target, merchantId, { state: 'dropping', mover })
    const rows = await deleteMerchant(target, { merchantId, mover, keepsNames: false })
    await endMoving(target, merchantId)
    await forget()
    return ok({ cell: move.target, rows })
  })
}

/**
 * Deletes the old rows of a merchant that has moved, but for the names that lead to it: they let a server that has not heard of it say so. To be
 * repeated when interrupted.
 */
export async function dropMoved(
  cells: readonly CellPlace[],
  merchantId: MerchantId,
): Promise<Result<Ended, MoveRefusal>> {
  return await withMove(cells, { merchantId }, async ({ move, connect, tablesOf, forget }) => {
    const isOpen = move.switchedAt !== null && (await findMoving(await connect(move.target), merchantId)) === undefined
    if (!isOpen) return refuse({ reason: 'not_moving' })
    const source = await connect(move.source)
    const mover = randomUUID()
    await beginMoving(source, merchantId, { state: 'dropping', mover })
    const rows = await deleteMerchant(source, { merchantId, mover, keepsNames: true })
    await unguardMerchant(await tablesOf(move.source, source), merchantId)
    await stepMoving(source, { merchantId, mover, from: 'dropping', to: 'dropped' })
    await forget()
    return ok({ cell: move.source, rows })
  })
}

/**
 * Lets a merchant be served again whose mover died while nobody served it: by the cell that it has moved to, or where it lives when that has not
 * happened. Answers the cell. Refused while its mover lives, and where nothing of that kind is left.
 */
export async function settleMove(
  cells: readonly CellPlace[],
  merchantId: MerchantId,
): Promise<Result<string, MoveRefusal>> {
  return await withMove<string>(cells, { merchantId, lock: takeMoveLock }, async ({ first, move, connect }) => {
    const target = await connect(move.target)
    const stateThere = await findMoving(target, merchantId)
    if (move.switchedAt !== null) {
      if (stateThere !== 'arriving') return refuse({ reason: 'not_moving' })
      await serveMerchant(target, move)
      await noteShoppers({ first, cell: target, name: move.target }, merchantId)
      return ok(move.target)
    }
    const source = await connect(move.source)
    const state = await findMoving(source, merchantId)
    if (state !== 'closed' && state !== 'frozen' && state !== 'left') return refuse({ reason: 'not_moving' })
    // It may have moved all the same, when the directory was restored to an earlier time.
    if (stateThere !== 'arriving') return refuse({ reason: 'has_moved', cell: move.target })
    await serveMerchant(source, { ...move, mover: randomUUID() })
    await keepChainPlaces(first, merchantId, [])
    return ok(move.source)
  })
}

type Known = {
  readonly first: pg.Client
  readonly move: MerchantMove
  readonly connect: (cell: string) => Promise<pg.Client>
  /** for changes of the cell's tables, when `client` is connected to it */
  readonly tablesOf: (cell: string, client: pg.Client) => Promise<pg.Client>
  /** The directory knows of no move of the merchant any more. */
  readonly forget: () => Promise<void>
}

async function withMove<T>(
  cells: readonly CellPlace[],
  { merchantId, lock = waitForMoveLock }: { readonly merchantId: MerchantId; readonly lock?: typeof takeMoveLock },
  work: (known: Known) => Promise<Result<T, MoveRefusal>>,
): Promise<Result<T, MoveRefusal>> {
  const clients: pg.Client[] = []
  const urlOf = (name: string) => {
    const cell = cells.find((each) => each.name === name)
    if (!cell) throw new Error(`there is no cell ${name}`)
    return cell.url
  }
  const connect = async (name: string) => {
    const client = await connectForMove(urlOf(name))
    clients.push(client)
    return client
  }
  const tablesOf = async (name: string, client: pg.Client) => {
    const tables = await connectForTables(urlOf(name), client)
    if (tables !== client) clients.push(tables)
    return tables
  }
  try {
    const first = await connect(cells[0]?.name ?? '')
    if (!(await lock(first))) return refuse({ reason: 'busy' })
    const move = await findMove(first, merchantId)
    if (!move) return refuse({ reason: 'not_moving' })
    return await work({ first, move, connect, tablesOf, forget: () => deleteMove(first, merchantId) })
  } finally {
    for (const client of clients.toReversed()) await client.end().catch(() => undefined)
  }
}
