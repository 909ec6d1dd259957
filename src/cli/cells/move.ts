import { dropMoved, type Ended, undoMove } from '../../app/cell/move/end-move.ts'
import { type Moved, moveMerchant } from '../../app/cell/move/move-merchant.ts'
import type { MoveRefusal } from '../../app/cell/move/move-refusal.ts'
import type { CellAddress } from '../../app/cell/move/move-sessions.ts'
import { openCell } from '../../db/cell/cells.ts'
import { listMoves, type MerchantMove } from '../../db/cell/move/merchant-moves.ts'
import { findAnyMerchants, listMovableMerchants } from '../../db/merchant/merchants.ts'
import { unreachable } from '../../kernel/assert.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Result } from '../../kernel/result.ts'
import { CliError } from '../cli-error.ts'
import { type CellsDatabase, withCells } from '../database/database.ts'
import type { Io } from '../io.ts'
import { countText, timeText } from '../print/format.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { createProgress } from '../print/progress.ts'
import { table } from '../print/table.ts'
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

/** `tercet cells drop-moved`: one merchant's old rows, or all that are kept. */
export async function runDropMoved(io: Io, name: string | undefined, options: OutputOptions): Promise<void> {
  const dropped = await withCells(io, async (database) => {
    const ids =
      name === undefined
        ? (await keptMoves(database)).map((each) => each.merchantId)
        : [await merchantIn(database, name)]
    const all: (Ended & { readonly merchant: MerchantId })[] = []
    for (const merchant of ids)
      all.push({ merchant, ...movedOrThrow(await dropMoved(addressesOf(database), merchant)) })
    return all
  })
  answer(io, options, { dropped }, () =>
    dropped.length === 0
      ? ['No old rows are kept.']
      : dropped.map(
          ({ merchant, cell, rows }) => `${countText(rows)} old rows of merchant ${merchant} were deleted in ${cell}`,
        ),
  )
}

async function keptMoves({ firstPool }: CellsDatabase): Promise<MerchantMove[]> {
  return (await listMoves(firstPool)).filter(({ switchedAt }) => switchedAt !== null)
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

function addressesOf({ cells }: CellsDatabase): CellAddress[] {
  return cells.map(({ row, url, pool }) => ({ name: row.name, url, pool }))
}

/** The merchant of that id, prefix or name, in whichever cell it has rows. */
async function merchantIn({ cells }: CellsDatabase, text: string): Promise<MerchantId> {
  const found = new Set<MerchantId>()
  for (const { pool } of cells) for (const id of await findAnyMerchants(pool, text)) found.add(id)
  const [first, second] = found
  if (first === undefined) throw new CliError('there is no such merchant: tercet merchants list shows them')
  if (second !== undefined) throw new CliError('several merchants are called that: say which by its id')
  return first
}

function movedOrThrow<T>(result: Result<T, MoveRefusal>): T {
  if (result.ok) return result.value
  throw new CliError(sentenceOf(result.reason))
}

const again = 'repeat the command, or end the move with --undo'

function sentenceOf(refusal: MoveRefusal): string {
  switch (refusal.reason) {
    case 'unknown_cell':
      return unknown(refusal.cell)
    case 'already_there':
      return `the merchant lives in ${refusal.cell} already`
    case 'busy':
      return 'another command moves a merchant at this moment: one at a time'
    case 'moving_elsewhere':
      return `a move of it to ${refusal.cell} was begun: repeat that one, or end it with --undo`
    case 'being_dropped':
      return `its rows in ${refusal.cell} are being deleted: tercet cells drop-moved, or --undo, once more`
    case 'rows_kept':
      return `its old rows are kept in ${refusal.cell}: tercet cells drop-moved first`
    case 'fixture':
      return "the sandbox's own merchants stay in the first cell"
    case 'versions_differ':
      return 'the two cells are not of the same version: tercet migrate'
    case 'clock_ahead':
      return `the sandbox's clock in ${refusal.cell} is ahead of the other cell's: move that one to the same time`
    case 'late_fees_differ':
      return 'late fees differ between the two cells: set them alike, with TERCET_CELLS'
    case 'unknown_chains':
      return `it is paid on chains that are not set up in that cell: ${refusal.chains.join(', ')} (tercet chains add, with TERCET_CELLS)`
    case 'ledger_differs':
      return `its payments and its ledger differ in ${refusal.figures} figures: tercet ledger check --merchant names them`
    case 'copy_differs':
      return `what was copied differs in ${refusal.tables.join(', ')}: it goes on where it lives; ${again}`
    case 'cannot_freeze':
      return `it could not be frozen for long enough: it goes on where it lives; ${again}`
    case 'name_elsewhere':
      return `a key, address or token of it leads to a third cell: it goes on where it lives; ${again}`
    case 'not_moving':
      return 'there is no such move: tercet cells moves shows them'
    case 'has_moved':
      return `it has moved to ${refusal.cell}: move it back instead`
    default:
      return unreachable(refusal)
  }
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

function unknown(name: string): string {
  return `there is no cell ${name}: tercet cells list shows them`
}
