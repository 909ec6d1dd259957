import type pg from 'pg'
import { holdCell, lockCells, readCellTies, removeCell as remove } from '../../db/cell/cells.ts'
import { keepIfOk } from '../../db/wire/transaction.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'

export type RemoveCellRefusal =
  | { readonly reason: 'unknown_cell' | 'first_cell' | 'still_open' }
  | { readonly reason: 'has_merchants' | 'rows_kept'; readonly count: number }

/**
 * Takes a cell off the list that nobody lives in any more. Its database need not be there; its schema stays as it is, since servers that run go on
 * working for it until they are started again. `pool` is the first cell's.
 */
export async function removeCell(pool: pg.Pool, name: string): Promise<Result<undefined, RemoveCellRefusal>> {
  return await keepIfOk<undefined, RemoveCellRefusal>(pool, async (client) => {
    await lockCells(client)
    const cell = await holdCell(client, name)
    if (!cell) return refuse({ reason: 'unknown_cell' })
    if (cell.number === 0) return refuse({ reason: 'first_cell' })
    if (cell.isOpen) return refuse({ reason: 'still_open' })
    const { merchants, moves } = await readCellTies(client, name)
    if (merchants > 0) return refuse({ reason: 'has_merchants', count: merchants })
    if (moves > 0) return refuse({ reason: 'rows_kept', count: moves })
    await remove(client, name)
    return ok(undefined)
  })
}
