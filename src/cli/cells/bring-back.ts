import type { Command } from 'commander'
import { bringBack } from '../../app/cell/move/bring-back.ts'
import { withCells } from '../database/database.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { timeText } from '../print/format.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { addressesOf, merchantIn } from './merchant-of-cells.ts'
import { movedOrThrow } from './moved-or-throw.ts'

type BringBackOptions = OutputOptions & { readonly from?: string }

/** `tercet cells bring-back`. */
export function addBringBack(cells: Command, io: Io): void {
  cells
    .command('bring-back')
    .description('let a merchant live in the cell it had left, when its new one was put back to a time before it came')
    .argument('<merchant>', 'its id, token prefix or name')
    .option('--from <cell>', 'where its old rows are kept; default the only cell that has any')
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
After a restore a cell may lack a merchant that had moved into it since the backup. As long as its old rows are kept (before tercet cells drop-moved), it
goes on with these. What happened to it after it had moved is lost: orders and keys of since then are unknown, and acquirers know of charges that Tercet
does not. Refused while any cell serves the merchant. To be repeated when interrupted.

Example:
  tercet cells bring-back SHOP`,
    )
    .action((name: string, options: BringBackOptions) => runBringBack(io, name, options))
}

async function runBringBack(io: Io, name: string, options: BringBackOptions): Promise<void> {
  const { id, cell, leftAt } = await withCells(io, async (database) => {
    const found = await merchantIn(database, name)
    return { id: found, ...movedOrThrow(await bringBack(addressesOf(database), found, { from: options.from })) }
  })
  const since = leftAt === undefined ? null : timeText(leftAt)
  answer(io, options, { merchant: id, cell, lostSince: since }, () => [
    `Merchant ${id} lives in ${cell} again, as it was when it had left ${cell}`,
    `What happened to it after that is lost${since === null ? '' : `: everything since ${since}`}. Compare with your acquirer's report, and tercet ledger check`,
  ])
}
