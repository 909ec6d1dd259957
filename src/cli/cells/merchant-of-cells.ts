import type { CellAddress } from '../../app/cell/move/move-sessions.ts'
import { findAnyMerchants } from '../../db/merchant/merchants.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { CliError } from '../cli-error.ts'
import type { CellsDatabase } from '../database/database.ts'

export function addressesOf({ cells }: CellsDatabase): CellAddress[] {
  return cells.map(({ row, url, pool }) => ({ name: row.name, url, pool }))
}

/** The merchant of that id, prefix or name, in whichever cell it has rows. */
export async function merchantIn({ cells }: Pick<CellsDatabase, 'cells'>, text: string): Promise<MerchantId> {
  if (cells.length === 0)
    throw new CliError('there is one cell, and nobody has named it: tercet cells add NAME makes a second')
  const found = new Set<MerchantId>()
  for (const { pool } of cells) for (const id of await findAnyMerchants(pool, text)) found.add(id)
  const [first, second] = found
  if (first === undefined) throw new CliError('there is no such merchant: tercet merchants list shows them')
  if (second !== undefined) throw new CliError('several merchants are called that: say which by its id')
  return first
}
