import type pg from 'pg'
import type { DueSource } from '../../app/sandbox/due-source.ts'
import { deleteResponses, oldestResponse } from '../../db/payment/old-responses.ts'
import { day, nextFullHour, plus } from '../../kernel/instant.ts'

/** How long an idempotency key keeps its answer (decision 0003). */
const keptFor = 30n * day

/** Rows of one statement: short locks, little to undo, and the disk is not busy for long. */
const mostAtOnce = 1_000

/** Forgets idempotency keys after thirty days, once an hour, in bounded portions. */
export function createPurge(pool: pg.Pool): DueSource {
  return {
    name: 'purge',
    nextDue: async () => {
      const oldest = await oldestResponse(pool)
      // On the full hour: a clock that is moved by a month must not stop at each single key.
      return oldest && nextFullHour(plus(oldest, keptFor))
    },
    runDue: (until) => deleteResponses(pool, plus(until, -keptFor), mostAtOnce),
  }
}
