import { listChainsOf, listUnknownChains } from '../../../db/cell/move/chain-places.ts'
import { findMoving } from '../../../db/cell/move/moving-merchants.ts'
import { readLateFeeTerms } from '../../../db/cell/move/operator-terms.ts'
import { readTableShapes } from '../../../db/cell/move/table-shapes.ts'
import { isFixtureMerchant } from '../../../db/merchant/merchants.ts'
import { readClockOffset } from '../../../db/sandbox/sandbox-clock.ts'
import type { MerchantId } from '../../../kernel/ids.ts'
import type { MoveRefusal } from './move-refusal.ts'
import { livesIn, type MoveSessions } from './move-sessions.ts'
import { countDiscrepancies } from './prove-move.ts'

/** For longer than this nothing happens to a merchant while it moves: its time does not go back. Microseconds. */
const mostAhead = 1_000_000n

/** What stands in the way of a move, looked for before anything is changed. */
export async function findObstacle(sessions: MoveSessions, merchantId: MerchantId): Promise<MoveRefusal | undefined> {
  const { source, target, sourceName, targetName, pools, move } = sessions
  if (await isFixtureMerchant(source, merchantId)) return { reason: 'fixture' }
  if ((await findMoving(source, merchantId)) === 'arrived') return { reason: 'moving_elsewhere', cell: sourceName }
  if ((await findMoving(target, merchantId)) === 'dropping') return { reason: 'being_dropped', cell: targetName }
  const before = await move()
  // What was kept of it elsewhere would be made equal to nothing, or to what is older.
  if (!(await livesIn(source, merchantId, before?.switchedAt === null && before.source === sourceName)))
    return { reason: 'not_there', cell: sourceName }
  // The directory knows of one move of a merchant: old rows in a third cell would be forgotten there for ever.
  if (before && before.switchedAt !== null && before.source !== targetName)
    return { reason: 'rows_kept', cell: before.source }
  const shapes = [await readTableShapes(source), await readTableShapes(target)]
  if (JSON.stringify(shapes[0]) !== JSON.stringify(shapes[1])) return { reason: 'versions_differ' }
  const [offset, offsetThere] = [await readClockOffset(pools.source), await readClockOffset(pools.target)]
  if (offset > offsetThere + mostAhead) return { reason: 'clock_ahead', cell: sourceName }
  if ((await readLateFeeTerms(source)) !== (await readLateFeeTerms(target))) return { reason: 'late_fees_differ' }
  const chains = await listUnknownChains(target, await listChainsOf(source, merchantId))
  if (chains.length > 0) return { reason: 'unknown_chains', chains }
  const figures = await countDiscrepancies(pools.source, merchantId)
  return figures > 0 ? { reason: 'ledger_differs', figures } : undefined
}
