import type pg from 'pg'
import type { DueSource } from '../../app/sandbox/due-source.ts'
import { closeOldAmounts, nextAmountEnd } from '../../db/chain/amounts.ts'

const mostAtOnce = 1_000

/** Ends the watch of amounts whose time is over, so that others may be asked for. Any number of processes may run it. */
export function createCloseAmounts(pool: pg.Pool): DueSource {
  return {
    name: 'chain amounts',
    nextDue: () => nextAmountEnd(pool),
    runDue: (until) => closeOldAmounts(pool, until, mostAtOnce),
  }
}
