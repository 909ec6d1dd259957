import type pg from 'pg'
import { noteKeyUses } from '../../db/merchant/api-keys.ts'

export type KeyUses = {
  /** A key was seen. Costs nothing now: it is written down a moment later, with the others. */
  readonly note: (keyId: string) => void
  /** Writes what was noted, and notes nothing more. */
  readonly close: () => Promise<void>
}

/** A key that is in use all day is written once a minute. */
const writtenEveryMs = 60_000

/** More keys than this at once are forgotten until they are seen again. */
const mostNoted = 10_000

/** Remembers when keys were last used: what tells a developer that nobody needs the old one any more. */
export function createKeyUses(
  pool: pg.Pool,
  { afterMs = 1_000, onError }: { readonly afterMs?: number; readonly onError: (error: unknown) => void },
): KeyUses {
  const noted = new Set<string>()
  const written = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  function write(): void {
    timer = undefined
    const ids = [...noted]
    noted.clear()
    if (written.size > mostNoted) written.clear()
    for (const id of ids) written.set(id, performance.now())
    // An outage: it is seen again when it is used again.
    if (ids.length > 0) writing = noteKeyUses(pool, ids).catch(onError)
  }

  return {
    note: (keyId) => {
      const last = written.get(keyId)
      if (last !== undefined && performance.now() - last < writtenEveryMs) return
      if (noted.size < mostNoted) noted.add(keyId)
      timer ??= setTimeout(write, afterMs).unref()
    },
    close: async () => {
      clearTimeout(timer)
      write()
      await writing
    },
  }
}
