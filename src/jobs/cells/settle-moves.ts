import type pg from 'pg'
import { settleMove } from '../../app/cell/move/end-move.ts'
import type { CellPlace } from '../../app/cell/move/move-sessions.ts'
import type { DueSource } from '../../app/sandbox/due-source.ts'
import { asOutage } from '../../app/shared/outage.ts'
import { listMoves, type MerchantMove } from '../../db/cell/move/merchant-moves.ts'
import { listStanding, type MovingState } from '../../db/cell/move/moving-merchants.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { JobLog } from '../runner/job-runner.ts'

export type SettleMovesParts = {
  /** the cell that this is done for, and its database */
  readonly cell: string
  readonly pool: pg.Pool
  /** of the first cell, where the directory is */
  readonly firstPool: pg.Pool
  /** every cell, the first one first */
  readonly addresses: () => Promise<readonly CellPlace[]>
  readonly log: JobLog
}

/** Lets a merchant be served again that this cell had closed, or has received, and whose mover died before it said so. */
export function createSettleMoves(parts: SettleMovesParts): DueSource {
  return {
    name: 'settle moves',
    nextDue: async () => null,
    runDue: async () => {
      try {
        return await settleMoves(parts)
      } catch (error) {
        throw asOutage(error)
      }
    },
  }
}

async function settleMoves({ cell, pool, firstPool, addresses, log }: SettleMovesParts): Promise<number> {
  const standing = await listStanding(pool)
  if (standing.size === 0) return 0
  let settled = 0
  for (const move of await listMoves(firstPool)) {
    if (!isUnsettled(move, cell, standing)) continue
    // Refused while its mover lives, which is the usual case.
    const result = await settleMove(await addresses(), move.merchantId)
    if (!result.ok) continue
    settled += 1
    log.warn(
      { merchant: move.merchantId, cell: result.value },
      'a merchant whose move was interrupted is served again in this cell: tercet cells moves says whether it is finished',
    )
  }
  return settled
}

function isUnsettled(move: MerchantMove, cell: string, standing: ReadonlyMap<MerchantId, MovingState>): boolean {
  const state = standing.get(move.merchantId)
  if (move.switchedAt !== null) return move.target === cell && state === 'arrived'
  return move.source === cell && (state === 'closed' || state === 'frozen' || state === 'left')
}
