import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { holdDuty, releaseDuty } from '../../db/cell/duties.ts'
import { pauseUntilAborted } from '../../kernel/pause.ts'
import type { JobLog } from './job-runner.ts'

/** Work that one server at a time does for a cell. */
export type Duty = {
  /** whether that is this server just now */
  readonly isHeld: () => boolean
  /** Lets another server in at once. */
  readonly close: () => Promise<void>
}

export type DutyParts = {
  readonly pool: Pick<pg.Pool, 'query'>
  readonly name: string
  readonly log: JobLog
  /** how long a server that died keeps it; default 4,000 */
  readonly leaseMs?: number
  /** between two questions of whoever waits or holds it; default 1,000 */
  readonly everyMs?: number
}

/** Of a server beside which no other works. */
export const ownDuty: Duty = { isHeld: () => true, close: async () => undefined }

/**
 * Takes the duty as soon as nobody holds it, and keeps it by saying so again. Whoever cannot say so gives up before its lease ends, and so before
 * another begins. What is under way then is finished beside the next one: each piece of work is claimed on its own as well.
 */
export function createDuty({ pool, name, log, leaseMs = 4_000, everyMs = 1_000 }: DutyParts): Duty {
  const holder = randomUUID()
  const stopping = new AbortController()
  let heldUntil = 0
  const hold = async (): Promise<void> => {
    const askedAt = performance.now()
    // By its own clock from before the question: a little less than what the database has given.
    heldUntil = (await holdDuty(pool, name, holder, leaseMs)) ? askedAt + leaseMs : 0
  }
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      // An outage: what is held is held until its end.
      await hold().catch((error: unknown) => log.warn({ err: error, duty: name }, 'a duty could not be taken or kept'))
      await pauseUntilAborted(everyMs, stopping.signal, { ref: false })
    }
    heldUntil = 0
    await releaseDuty(pool, name, holder).catch((error: unknown) =>
      log.warn({ err: error, duty: name }, 'a duty ends by itself a little later'),
    )
  }
  const running = run()
  return {
    isHeld: () => performance.now() < heldUntil,
    close: async () => {
      stopping.abort()
      await running
    },
  }
}
