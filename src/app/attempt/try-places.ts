/** What tries of cards are counted by, and how many declines of it an hour lets through. */
export type PlaceKey = { readonly name: string; readonly most: number }

/**
 * The brake against card testing. A try takes a place of each key before it is made and gives it back unless it was declined, so
 * declines in flight cannot pass the limit together. Counted in this process's memory, and declines over all processes as well: each hears of the others'
 * with the next one of its own, so n processes let at most n - 1 more through, and a try that is not declined costs nothing.
 */
export type TryPlaces = {
  /**
   * Makes the try. Undefined without making it when declines have taken every place of a key. While others are in flight that
   * could take the last ones, it waits for them: an honest crowd is slowed down, never refused.
   */
  readonly run: <T>(
    keys: readonly PlaceKey[],
    attempt: () => Promise<T>,
    isDecline: (result: T) => boolean | 'not_known_yet',
  ) => Promise<T | undefined>
  /** What was not known yet: it has kept its place in this process, and gives it back or is counted as a decline everywhere. */
  readonly settle: (keys: readonly PlaceKey[], isDecline: boolean) => Promise<void>
}

const windowMs = 3_600_000

/** More than wait for one key are refused: they would wait longer than their callers do. */
const mostWaiting = 1_000

/** Keys without a declined or running try are forgotten at once, others when their hour is over and so many are known. */
const mostKeys = 50_000

type Count = { declines: number; until: number; running: number; readonly waiting: (() => void)[] }

export type TryPlacesOptions = {
  /** in milliseconds, of a clock that nobody moves */
  readonly now?: () => number
  /** Counts a decline over all processes, for an hour, and answers how many there are; default this process's own. */
  readonly countDecline?: ((name: string) => Promise<number>) | undefined
}

export function createTryPlaces({ now = () => performance.now(), countDecline }: TryPlacesOptions = {}): TryPlaces {
  const counts = new Map<string, Count>()

  function countOf(name: string): Count {
    const known = counts.get(name)
    if (known && known.until <= now()) known.declines = 0
    if (known) return known
    if (counts.size >= mostKeys) forgetOver(counts, now())
    const made: Count = { declines: 0, until: 0, running: 0, waiting: [] }
    counts.set(name, made)
    return made
  }

  async function take({ name, most }: PlaceKey): Promise<boolean> {
    for (;;) {
      const count = countOf(name)
      if (count.declines >= most || count.waiting.length >= mostWaiting) return false
      if (count.declines + count.running < most) {
        count.running += 1
        return true
      }
      await new Promise<void>((resolve) => count.waiting.push(resolve))
    }
  }

  function giveBack({ name, most }: PlaceKey, isDecline: boolean, everywhere = 0): void {
    const count = countOf(name)
    count.running -= 1
    if (isDecline) {
      if (count.declines === 0) count.until = now() + windowMs
      count.declines = Math.max(count.declines + 1, everywhere)
    }
    // A place is free for one of them, or for none any more, which all of them are told.
    const woken = count.declines >= most ? count.waiting.splice(0) : count.waiting.splice(0, isDecline ? 0 : 1)
    for (const wake of woken) wake()
    if (count.declines === 0 && count.running === 0 && count.waiting.length === 0) counts.delete(name)
  }

  return {
    run: async (keys, attempt, isDecline) => {
      const taken: PlaceKey[] = []
      let verdict: boolean | 'not_known_yet' = false
      try {
        for (const key of keys) {
          if (!(await take(key))) return undefined
          taken.push(key)
        }
        const result = await attempt()
        verdict = isDecline(result)
        return result
      } finally {
        const everywhere = verdict === true && countDecline ? await countAll(taken, countDecline) : []
        for (const [at, key] of taken.entries()) giveBack(key, verdict !== false, everywhere[at])
      }
    },
    settle: async (keys, isDecline) => {
      const everywhere = isDecline && countDecline ? await countAll(keys, countDecline) : []
      for (const [at, { name }] of keys.entries()) {
        const count = counts.get(name)
        if (!count || count.declines === 0 || count.until <= now()) continue
        count.declines = isDecline ? Math.max(count.declines, everywhere[at] ?? 0) : count.declines - 1
        if (!isDecline) count.waiting.shift()?.()
        if (count.declines === 0 && count.running === 0 && count.waiting.length === 0) counts.delete(name)
      }
    },
  }
}

/** A database that is away counts nothing: this process goes on by its own numbers. */
async function countAll(
  keys: readonly PlaceKey[],
  countDecline: (name: string) => Promise<number>,
): Promise<readonly number[]> {
  return await Promise.all(keys.map(({ name }) => countDecline(name).catch(() => 0)))
}

function forgetOver(counts: Map<string, Count>, now: number): void {
  for (const [name, { until, running, waiting }] of counts)
    if (until <= now && running === 0 && waiting.length === 0) counts.delete(name)
}
