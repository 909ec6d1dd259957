import type pg from 'pg'
import type { DueSource } from '../../app/sandbox/due-source.ts'
import { deleteRequests, oldestRequest } from '../../db/request-log/request-log.ts'
import type { Clock } from '../../kernel/clock.ts'
import { day, nextFullHour, plus } from '../../kernel/instant.ts'

/** How long a request can be looked up. */
const keptFor = 7n * day

const mostAtOnce = 1_000

/** Forgets requests after a week of real time, once an hour: a sandbox whose clock is moved by a month keeps what its developer just did. */
export function createPurgeRequests(pool: pg.Pool, realClock: Clock): DueSource {
  return {
    name: 'purge requests',
    nextDue: async () => {
      const oldest = await oldestRequest(pool)
      const due = oldest && nextFullHour(plus(oldest, keptFor))
      return due !== null && due <= realClock.now() ? due : null
    },
    runDue: () => deleteRequests(pool, plus(realClock.now(), -keptFor), mostAtOnce),
  }
}
