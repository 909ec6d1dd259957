import type { MoveRefusal } from '../../app/cell/move/move-refusal.ts'
import { unreachable } from '../../kernel/assert.ts'
import type { Result } from '../../kernel/result.ts'
import { CliError } from '../cli-error.ts'

/** What a move answered, or why there is none in a sentence that says what to do. */
export function movedOrThrow<T>(result: Result<T, MoveRefusal>): T {
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
    case 'not_there':
      return `${refusal.cell} does not have the merchant, which lives there by the directory: if the cell was put back to an earlier time, tercet cells bring-back`
    case 'served':
      return `${refusal.cell} serves the merchant: there is nothing to bring back`
    case 'not_kept':
      return 'no old rows of it are kept: they were deleted by tercet cells drop-moved, and what is left of it is in your backups'
    case 'kept_in_several':
      return `old rows of it are kept in ${refusal.cells.join(' and ')}: say with --from which are the newest`
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

export function unknown(name: string): string {
  return `there is no cell ${name}: tercet cells list shows them`
}
