import type pg from 'pg'
import { raiseClockOffset, readClockOffset } from '../../db/sandbox/sandbox-clock.ts'
import { assert } from '../../kernel/assert.ts'
import { type Clock, systemNow } from '../../kernel/clock.ts'
import { type Instant, plus } from '../../kernel/instant.ts'

/** Real time plus the stored offset. It never goes back while the system's own time does not. */
export type SandboxClock = Clock & {
  /** Takes over what another process has moved. Rejects when the database is away. */
  readonly refresh: () => Promise<void>
  /** Moves the clock so that it is at least `instant`, for every process. For the one that holds the clock's lock. */
  readonly moveTo: (client: Pick<pg.Client, 'query'>, instant: Instant) => Promise<void>
  /** Stops looking for moves of other processes. */
  readonly close: () => void
}

type Options = {
  readonly mode: 'sandbox' | 'live'
  /** how often the stored offset is read, for moves by other processes; default 250 */
  readonly pollMs?: number
}

/** Reads the offset, then keeps it fresh until closed. Live mode has real time alone: asked for there, this throws. */
export async function openSandboxClock(pool: pg.Pool, { mode, pollMs = 250 }: Options): Promise<SandboxClock> {
  assert(mode === 'sandbox', 'only the sandbox has a clock that can be moved')
  let offset = await readClockOffset(pool)
  const adopt = (stored: bigint): void => {
    if (stored > offset) offset = stored
  }
  const refresh = async () => adopt(await readClockOffset(pool))
  const stop = repeat(refresh, pollMs)
  return {
    now: () => plus(systemNow(), offset),
    refresh,
    moveTo: async (client, instant) => {
      const wanted = instant - systemNow()
      if (wanted > offset) adopt(await raiseClockOffset(client, wanted))
    },
    close: stop,
  }
}

/** Again and again, never twice at once; it does not keep the process alive. */
function repeat(work: () => Promise<void>, everyMs: number): () => void {
  let isRunning = false
  const timer = setInterval(() => {
    if (isRunning) return
    isRunning = true
    // An outage: the offset stays what it was, and the next read asks again. Callers that need the database get its own error.
    const end = (): void => {
      isRunning = false
    }
    work().then(end, end)
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
