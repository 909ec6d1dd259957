import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { findVersions, type PaymentKey } from '../../db/chain/payment-progress.ts'
import { Unavailable } from '../../engine/command.ts'
import type { Clock } from '../../kernel/clock.ts'
import { outageAsUnavailable } from '../shared/outage.ts'

/** What tells a page that it is out of date. */
export type PaymentChanges = {
  /** A text that changes with whatever the payment's page says; undefined for a payment that does not exist. Throws `Unavailable`. */
  readonly version: (key: PaymentKey) => Promise<string | undefined>
  /** Tells each version of it, the present one first, until the function that is answered is called. */
  readonly watch: (key: PaymentKey, tell: (version: string) => void) => () => void
}

type Watched = { readonly key: PaymentKey; last: string | undefined; readonly tell: (version: string) => void }

export type ChangesParts = {
  readonly pool: pg.Pool
  readonly clock: Clock
  /** a bug, after which the looking goes on; an outage is none */
  readonly onError: (error: unknown) => void
  /** default 1,000 */
  readonly everyMs?: number
}

const lookEveryMs = 1_000

/**
 * All watched payments are asked for together, by one statement a second while there are any, so that a watch holds no connection and a thousand
 * of them cost as much as one. Another process may be the one that watches the chain, therefore it is the database that is asked.
 */
export function createPaymentChanges(parts: ChangesParts): PaymentChanges {
  const { pool, clock, everyMs = lookEveryMs } = parts
  const watched = new Set<Watched>()
  let isLooking = false
  const look = async (): Promise<void> => {
    isLooking = true
    while (watched.size > 0) {
      await tellAll(parts, watched)
      await pause(everyMs, undefined, { ref: false })
    }
    isLooking = false
  }
  return {
    version: async (key) => (await outageAsUnavailable(findVersions(pool, [key], clock.now()))).get(key.paymentId),
    watch: (key, tell) => {
      const each: Watched = { key, last: undefined, tell }
      watched.add(each)
      if (!isLooking) void look()
      return () => watched.delete(each)
    },
  }
}

async function tellAll({ pool, clock, onError }: ChangesParts, watched: ReadonlySet<Watched>): Promise<void> {
  const keys = [...new Map([...watched].map(({ key }) => [key.paymentId, key])).values()]
  try {
    const versions = await outageAsUnavailable(findVersions(pool, keys, clock.now()))
    for (const each of watched) tellIfNew(each, versions.get(each.key.paymentId))
  } catch (error) {
    // While the database is away nobody can be told; whoever watches hears of what has happened once it is back.
    if (!(error instanceof Unavailable)) onError(error)
  }
}

function tellIfNew(each: Watched, version: string | undefined): void {
  if (version === undefined || version === each.last) return
  each.last = version
  each.tell(version)
}
