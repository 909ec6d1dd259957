import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { findCellsOfNames } from '../../../db/cell/cell-names.ts'
import { beginMoving, listServed } from '../../../db/cell/move/moving-merchants.ts'
import { Unavailable } from '../../../engine/command.ts'
import type { MerchantId } from '../../../kernel/ids.ts'

export type StandAsideParts = {
  /** the cell that is about to be opened, and its database */
  readonly cell: string
  readonly pool: pg.Pool
  /** of the first cell, where the directory is */
  readonly firstPool: pg.Pool
  readonly poolOf: (cell: string) => Promise<pg.Pool | undefined>
}

/**
 * Before a cell is opened: a merchant that it would serve, that the directory has in another cell, and that other cell serves as well, is not served
 * here. It moved away, and this cell was restored to a time before that: two cells would collect its instalments. Its rows stay as they are.
 * Answers these merchants. Throws `Unavailable` while the other cell cannot be asked.
 */
export async function standAside({ cell, pool, firstPool, poolOf }: StandAsideParts): Promise<MerchantId[]> {
  const own = (await listServed(pool)).map((id) => ({ kind: 'merchant', name: String(id) }) as const)
  const elsewhere = (await findCellsOfNames(firstPool, own)).filter((each) => each.cell !== cell)
  const standing: MerchantId[] = []
  for (const other of new Set(elsewhere.map((each) => each.cell))) {
    const ids = elsewhere.filter((each) => each.cell === other).map(({ name }) => Number(name) as MerchantId)
    const served = await listServed(await reached(other, poolOf), ids).catch((cause: unknown) => {
      throw new Unavailable(`cell ${other} cannot be asked whom it serves`, { retryAfterSeconds: 1, cause })
    })
    standing.push(...served)
  }
  for (const id of standing) await beginMoving(pool, id, { state: 'left', mover: randomUUID() })
  return standing
}

async function reached(cell: string, poolOf: StandAsideParts['poolOf']): Promise<pg.Pool> {
  const pool = await poolOf(cell)
  if (!pool) throw new Unavailable(`cell ${cell} is not on the list`, { retryAfterSeconds: 1 })
  return pool
}
