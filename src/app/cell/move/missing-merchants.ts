import type pg from 'pg'
import { listMoves } from '../../../db/cell/move/merchant-moves.ts'
import { listServed, listStanding } from '../../../db/cell/move/moving-merchants.ts'
import type { MerchantId } from '../../../kernel/ids.ts'

/** Merchants that moved into the cell, whose old rows are still kept, and that it does not have: it was put back to a time before they came. */
export async function findMissing(cell: string, pool: pg.Pool, firstPool: pg.Pool): Promise<MerchantId[]> {
  const came = (await listMoves(firstPool)).filter(({ target, switchedAt }) => target === cell && switchedAt !== null)
  const ids = came.map(({ merchantId }) => merchantId)
  if (ids.length === 0) return []
  const [served, standing] = [new Set(await listServed(pool, ids)), await listStanding(pool)]
  // Those that have just arrived are opened by a job, those that are closed are about to leave.
  return ids.filter((id) => !served.has(id) && !['arrived', 'closed', 'frozen'].includes(standing.get(id) ?? ''))
}
