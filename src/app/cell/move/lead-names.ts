import type pg from 'pg'
import type { CellName } from '../../../db/cell/cell-names.ts'
import { type MerchantMove, switchNames } from '../../../db/cell/move/merchant-moves.ts'
import { transact } from '../../../db/cell/move/move-session.ts'

/** A name of the merchant leads to neither of the two cells. */
class NameElsewhere extends Error {}

/**
 * Lets every name of a merchant lead to the target, in one commit of the directory with `also`. False, and nothing has changed, when one leads to a
 * third cell. `first` holds the lock that lets one process move.
 */
export async function leadNames(
  first: pg.Client,
  move: Pick<MerchantMove, 'merchantId' | 'source' | 'target'>,
  names: readonly CellName[],
  also: () => Promise<void> = async () => {},
): Promise<boolean> {
  try {
    await transact(first, async () => {
      if ((await switchNames(first, move, names)) < names.length) throw new NameElsewhere()
      await also()
    })
    return true
  } catch (error) {
    if (error instanceof NameElsewhere) return false
    throw error
  }
}
