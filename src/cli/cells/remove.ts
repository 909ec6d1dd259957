import type { Command } from 'commander'
import { type RemoveCellRefusal, removeCell } from '../../app/cell/remove-cell.ts'
import { unreachable } from '../../kernel/assert.ts'
import { CliError } from '../cli-error.ts'
import { withCells } from '../database/database.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { answer, type OutputOptions } from '../print/print.ts'

/** `tercet cells remove`. */
export function addRemove(cells: Command, io: Io): void {
  cells
    .command('remove')
    .description('take a cell off the list for good, which no merchant lives in any more')
    .argument('<name>', 'as tercet cells list shows it')
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
Its schema stays: drop it yourself when every server has been started again. The name is not given to another cell. Shoppers who have an account
in this cell alone, and bought from none of its merchants, sign up anew.

Examples:
  tercet cells drain c2
  tercet cells drop-moved
  tercet cells remove c2`,
    )
    .action((name: string, options: OutputOptions) => runRemove(io, name, options))
}

async function runRemove(io: Io, name: string, options: OutputOptions): Promise<void> {
  const removed = await withCells(io, ({ firstPool }) => removeCell(firstPool, name))
  if (!removed.ok) throw new CliError(sentenceOf(removed.reason, name))
  answer(io, options, { cell: name, removed: true }, () => [
    `${name} is off the list`,
    `Start the servers again; then its schema can go, in its own database: drop schema ${name} cascade`,
  ])
}

function sentenceOf(refusal: RemoveCellRefusal, name: string): string {
  switch (refusal.reason) {
    case 'unknown_cell':
      return `there is no cell ${name}: tercet cells list shows them`
    case 'first_cell':
      return `${name} is the first cell, which keeps the list of all: it stays`
    case 'still_open':
      return `${name} takes new merchants: tercet cells drain ${name} first`
    case 'has_merchants':
      return `merchants live in ${name} (${refusal.count}): tercet cells drain ${name} first`
    case 'rows_kept':
      return `moves from or to ${name} are not tidied up (${refusal.count}): tercet cells moves shows them, tercet cells drop-moved ends those that have happened`
    default:
      return unreachable(refusal)
  }
}
