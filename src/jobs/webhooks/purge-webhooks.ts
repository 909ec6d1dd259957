import type pg from 'pg'
import type { DueSource } from '../../app/sandbox/due-source.ts'
import { deleteEndedMessages, oldestEndedMessage } from '../../db/webhook/old-webhooks.ts'
import { day, nextFullHour, plus } from '../../kernel/instant.ts'

/** How long a delivery can be looked up and replayed. */
const keptFor = 30n * day

/** Messages of one statement: short locks, and the disk is not busy for long. */
const mostAtOnce = 1_000

/** Forgets webhook messages that were delivered or died thirty days ago, with their attempts, once an hour. */
export function createPurgeWebhooks(pool: pg.Pool): DueSource {
  return {
    name: 'purge webhooks',
    nextDue: async () => {
      const oldest = await oldestEndedMessage(pool)
      // On the full hour: a clock that is moved by a month must not stop at each single message.
      return oldest && nextFullHour(plus(oldest, keptFor))
    },
    runDue: (until) => deleteEndedMessages(pool, plus(until, -keptFor), mostAtOnce),
  }
}
