import { dropMoved, type Ended, undoMove } from '../../app/cell/move/end-move.ts'
import { type Moved, moveMerchant } from '../../app/cell/move/move-merchant.ts'
import { openCell } from '../../db/cell/cells.ts'
import { listMoves } from '../../db/cell/move/merchant-moves.ts'
import { listMovableMerchants } from '../../db/merchant/merchants.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { CliError } from '../cli-error.ts'
import { type CellsDatabase, withCells } from '../database/database.ts'
import type { Io } from '../io.ts'
import { countText, timeText } from '../print/format.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { createProgress } from '../print/progress.ts'
import { table } from '../print/table.ts'
import { addressesOf, merchantIn } from './merchant-of-cells.ts'
import { movedOrThrow, unknown } from './moved-or-throw.ts'
import { smallestOpenCell } from './smallest-cell.ts'

export type MoveOptions = OutputOptions & { readonly to?: string; readonly undo?: boolean }

/** `tercet cells move`: one merchant, or with `--undo` what was begun of it and has not happened. */
export async function runMove(io: Io, name: string, options: MoveOptions): Promise<void> {
  const { to, undo = false } = options
  if (undo === (to !== undefined)) throw new CliError('say where to with --to, or --undo')
  if (to === undefined) return await runUndo(io, name, options)
  const moved = await withCells(io, async (database) => {
    const id = await merchantIn(database, name)
    return await moveOne(io, database, { id, to })
  })
  answer(io, options, viewOf(moved), () => linesOf(moved))
}

async function runUndo(io: Io, name: string, options: OutputOptions): Promise<void> {
  const { id, ended } = await withCells(io, async (database) => {
    const found = await merchantIn(database, name)
    return { id: found, ended: movedOrThrow(await undoMove(addressesOf(database), found)) }
  })
  answer(io, options, { merchant: id, cell: ended.cell, rows: ended.rows }, () => [
    `Merchant ${id} stays where it is; ${countText(ended.rows)} copied rows were deleted in ${ended.cell}`,
  ])
}

/** `tercet cells drain`: no new merchants, and those that are there move, one after the other. */
export async function runDrain(io: Io, cell: string, options: OutputOptions & { readonly to?: string }): Promise<void> {
  const result = await withCells(io, async (database) => {
    const { to } = options
    const drained = database.cells.find(({ row }) => row.name === cell)
    // Before the cell is closed: a command that was wrong changes nothing.
    if (to !== undefined && !database.cells.some(({ row }) => row.name === to)) throw new CliError(unknown(to))
    if (to === cell) throw new CliError(`${cell} cannot be drained into itself: name another cell with --to`)
    if (!drained || !(await openCell(database.firstPool, cell, false))) throw new CliError(unknown(cell))
    const moved: Moved[] = []
    const { movable, staying } = await listMovableMerchants(drained.pool)
    for (const id of movable) {
      const others = database.cells.filter(({ row }) => row.name !== cell)
      moved.push(await moveOne(io, database, { id, to: to ?? (await smallestOpenCell(others)) }))
    }
    return { moved, staying }
  })
  const { moved, staying } = result
  answer(io, options, { cell, takesMerchants: false, moved: moved.map(viewOf), staying }, () => [
    ...moved.flatMap(linesOf),
    `${cell} takes no new merchants; merchants moved: ${countText(moved.length)}`,
    ...(staying.length > 0 ? [`The sandbox's own stay: ${staying.join(', ')}`] : []),
  ])
}

/** `tercet cells moves`: those under way, and those whose old rows are kept. */
export async function runMoves(io: Io, options: OutputOptions): Promise<void> {
  const moves = await withCells(io, ({ firstPool }) => listMoves(firstPool))
  const views = moves.map(({ merchantId, source, target, switchedAt }) => ({
    merchant: merchantId,
    from: source,
    to: target,
    movedAt: switchedAt === null ? null : timeText(switchedAt),
  }))
  answer(io, options, { moves: views }, () =>
    views.length === 0
      ? ['No merchant is moving, and no old rows are kept.']
      : table(
          ['merchant', 'from', 'to', 'moved'],
          views.map(({ merchant, from, to, movedAt }) => [String(merchant), from, to, movedAt ?? 'not yet']),
          ['merchant'],
        ),
  )
}

/** `tercet cells drop-moved`: one merchant's old rows, or all that are kept but for those that are the only ones. */
export async function runDropMoved(io: Io, name: string | undefined, options: OutputOptions): Promise<void> {
  const { dropped, kept } = await withCells(io, async (database) => {
    const ids = name === undefined ? await keptMerchants(database) : [await merchantIn(database, name)]
    const dropped: (Ended & { readonly merchant: MerchantId })[] = []
    const kept: { readonly merchant: MerchantId; readonly missingIn: string }[] = []
    for (const merchant of ids) {
      const result = await dropMoved(addressesOf(database), merchant)
      if (name === undefined && !result.ok && result.reason.reason === 'not_there')
        kept.push({ merchant, missingIn: result.reason.cell })
      else dropped.push({ merchant, ...movedOrThrow(result) })
    }
    return { dropped, kept }
  })
  const lines = [
    ...dropped.map(
      ({ merchant, cell, rows }) => `${countText(rows)} old rows of merchant ${merchant} were deleted in ${cell}`,
    ),
    ...kept.map(
      ({ merchant, missingIn }) =>
        `Old rows of merchant ${merchant} were kept, since ${missingIn} does not have it: tercet cells bring-back ${merchant}`,
    ),
  ]
  answer(io, options, { dropped, kept }, () => (lines.length === 0 ? ['No old rows are kept.'] : lines))
}

async function keptMerchants({ firstPool }: CellsDatabase): Promise<MerchantId[]> {
  return (await listMoves(firstPool)).filter(({ switchedAt }) => switchedAt !== null).map((each) => each.merchantId)
}

async function moveOne(
  io: Io,
  database: CellsDatabase,
  { id, to }: { readonly id: MerchantId; readonly to: string },
): Promise<Moved> {
  const progress = createProgress(io)
  const onStage = (stage: string) => progress.show(`merchant ${id}: ${stage}`)
  return movedOrThrow(
    await moveMerchant({ cells: addressesOf(database), onStage }, { merchantId: id, target: to }).finally(progress.end),
  )
}

function viewOf({ merchantId, source, target, rows, closedMs }: Moved) {
  return { merchant: merchantId, from: source, to: target, rows, closedMs }
}

function linesOf({ merchantId, source, target, rows, closedMs }: Moved): string[] {
  return [
    `Merchant ${merchantId} has moved from ${source} to ${target}: ${countText(rows)} rows, closed for ${(closedMs / 1000).toFixed(1)} seconds`,
    `Its old rows are kept in ${source} until: tercet cells drop-moved ${merchantId}`,
  ]
}
