import type { Command } from 'commander'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import type { OutputOptions } from '../print/print.ts'
import { type MoveOptions, runDrain, runDropMoved, runMove, runMoves } from './move.ts'

type DrainOptions = OutputOptions & { readonly to?: string }

/** `tercet cells move|moves|drain|drop-moved`. */
export function addMoves(cells: Command, io: Io): void {
  cells
    .command('move')
    .description('move one merchant to another cell while it is served')
    .argument('<merchant>', 'its id, token prefix or name')
    .option('--to <cell>', 'where it shall live')
    .option('--undo', 'give up a move that was interrupted, and delete what was copied')
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
The merchant is copied, closed for a few seconds in which its requests are answered 503 with Retry-After, compared row by row and by its
ledger, and switched. A move that was interrupted is repeated, or undone; until then a server lets the merchant go on within seconds.

Examples:
  tercet cells move SHOP --to c2
  tercet cells move SHOP --undo`,
    )
    .action((name: string, options: MoveOptions) => runMove(io, name, options))
  cells
    .command('moves')
    .description('merchants that are moving, and those whose old rows are kept')
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet cells moves')
    .action((options: OutputOptions) => runMoves(io, options))
  cells
    .command('drain')
    .description('let no new merchant into a cell, and move those that are there, one after the other')
    .argument('<name>', 'as tercet cells list shows it')
    .option('--to <cell>', 'where they shall live; default for each the smallest open cell')
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet cells drain c2')
    .action((name: string, options: DrainOptions) => runDrain(io, name, options))
  cells
    .command('drop-moved')
    .description('delete the old rows of merchants that have moved')
    .argument('[merchant]', 'its id, token prefix or name; default all that are kept')
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet cells drop-moved SHOP')
    .action((name: string | undefined, options: OutputOptions) => runDropMoved(io, name, options))
}
