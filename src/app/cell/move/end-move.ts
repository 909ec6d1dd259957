import { randomUUID } from 'node:crypto'
import { keepChainPlaces } from '../../../db/cell/move/merchant-moves.ts'
import { takeMoveLock } from '../../../db/cell/move/move-session.ts'
import { beginMoving, endMoving, findMoving, stepMoving } from '../../../db/cell/move/moving-merchants.ts'
import type { MerchantId } from '../../../kernel/ids.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { deleteMerchant } from './copy-merchant.ts'
import { unguardMerchant } from './guard-merchant.ts'
import type { MoveRefusal } from './move-refusal.ts'
import { type CellPlace, livesIn } from './move-sessions.ts'
import { noteShoppers } from './note-shoppers.ts'
import { serveMerchant } from './serve-merchant.ts'
import { type KnownMove, withMove } from './with-move.ts'

export type Ended = { readonly cell: string; readonly rows: number }

/** Gives up a move that has not happened: the merchant goes on where it lives, and what was copied is deleted. To be repeated when interrupted. */
export async function undoMove(
  cells: readonly CellPlace[],
  merchantId: MerchantId,
): Promise<Result<Ended, MoveRefusal>> {
  return await withMove(cells, merchantId, async (known) => {
    const { move } = known
    if (move.switchedAt !== null) return refuse({ reason: 'has_moved', cell: move.target })
    await goOnInSource(known)
    return ok({ cell: move.target, rows: await deleteCopy(known) })
  })
}

/** The cell that the merchant was to leave serves it as before. */
export async function goOnInSource({ move, connect, tablesOf }: KnownMove): Promise<void> {
  const source = await connect(move.source)
  await serveMerchant(source, move)
  await unguardMerchant(await tablesOf(move.source, source), move.merchantId)
}

/** Deletes what the other cell has of it, and answers how many rows that were. */
export async function deleteCopy({ move, connect, forget }: KnownMove): Promise<number> {
  const { merchantId } = move
  const target = await connect(move.target)
  const mover = randomUUID()
  await beginMoving(target, merchantId, { state: 'dropping', mover })
  const rows = await deleteMerchant(target, { merchantId, mover, keepsNames: false })
  await endMoving(target, merchantId)
  await forget()
  return rows
}

/**
 * Deletes the old rows of a merchant that has moved, but for the names that lead to it: they let a server that has not heard of it say so. To be
 * repeated when interrupted. Refused when the other cell does not have the merchant, as after a restore to an earlier time: these rows are
 * the only ones then.
 */
export async function dropMoved(
  cells: readonly CellPlace[],
  merchantId: MerchantId,
): Promise<Result<Ended, MoveRefusal>> {
  return await withMove(cells, merchantId, async ({ move, connect, tablesOf, forget }) => {
    const target = await connect(move.target)
    const isOpen = move.switchedAt !== null && (await findMoving(target, merchantId)) !== 'arrived'
    if (!isOpen) return refuse({ reason: 'not_moving' })
    if (!(await livesIn(target, merchantId))) return refuse({ reason: 'not_there', cell: move.target })
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
  return await withMove(cells, merchantId, settle, takeMoveLock)
}

async function settle({ first, move, connect }: KnownMove): Promise<Result<string, MoveRefusal>> {
  const { merchantId } = move
  const target = await connect(move.target)
  const stateThere = await findMoving(target, merchantId)
  if (move.switchedAt !== null) {
    // Still arriving: the cell was put back to a time at which it had a part of it.
    if (stateThere !== 'arrived') return refuse({ reason: 'not_moving' })
    await serveMerchant(target, move)
    await noteShoppers({ first, cell: target, name: move.target }, merchantId)
    return ok(move.target)
  }
  const source = await connect(move.source)
  const state = await findMoving(source, merchantId)
  if (state !== 'closed' && state !== 'frozen' && state !== 'left') return refuse({ reason: 'not_moving' })
  // It may have moved all the same, when the directory was restored to an earlier time.
  if (stateThere !== 'arriving' && stateThere !== 'arrived') return refuse({ reason: 'has_moved', cell: move.target })
  await serveMerchant(source, { ...move, mover: randomUUID() })
  await keepChainPlaces(first, merchantId, [])
  return ok(move.source)
}
