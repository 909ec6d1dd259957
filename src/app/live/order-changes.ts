import type pg from 'pg'
import { hearChangeNotices, sendChangeNotice } from '../../db/live/change-notices.ts'
import type { MerchantId } from '../../kernel/ids.ts'

/** That something of a merchant changed, told to every process that works on the database. What it is is read by whoever wants to know. */
export type OrderChanges = {
  /** Cheap enough for every commit. Told a moment later, many merchants at once. */
  readonly note: (merchantId: MerchantId) => void
  /** Calls back at each change of the merchant, and when changes may have been missed; answers what ends it. */
  readonly watch: (merchantId: MerchantId, onChange: () => void) => () => void
  readonly close: () => Promise<void>
}

export type ChangeParts = {
  readonly pool: pg.Pool
  /** a connection of its own, held while anybody watches */
  readonly connect: () => Promise<pg.Client>
  readonly onError: (error: unknown) => void
  /** how long changes gather; default 250 */
  readonly gatherMs?: number
}

const againAfterMs = 1_000
const mostGathered = 10_000

/** A process without watchers holds no connection, and one without changes sends nothing. */
export function createOrderChanges({ pool, connect, onError, gatherMs = 250 }: ChangeParts): OrderChanges {
  const gathered = new Set<MerchantId>()
  const watchers = new Map<MerchantId, Set<() => void>>()
  let timer: NodeJS.Timeout | undefined
  let sending: Promise<void> = Promise.resolve()
  let listening: Promise<void> | undefined
  let client: pg.Client | undefined
  let again: NodeJS.Timeout | undefined
  let isClosed = false

  const tell = (merchantId: MerchantId) => {
    for (const onChange of watchers.get(merchantId) ?? []) onChange()
  }
  const tellAll = () => {
    for (const merchantId of watchers.keys()) tell(merchantId)
  }

  function send(): void {
    timer = undefined
    const merchants = [...gathered]
    gathered.clear()
    // An outage: nobody is told, and whoever watches hears of the next change.
    sending = sendChangeNotice(pool, merchants).catch(onError)
  }

  async function listen(): Promise<void> {
    try {
      const fresh = await connect()
      client = fresh
      fresh.once('end', () => lost(fresh)).on('error', () => lost(fresh))
      await hearChangeNotices(fresh, (merchants) => merchants.forEach(tell))
      tellAll()
      if (watchers.size === 0) await rest()
    } catch (error) {
      onError(error)
      lost(client)
    }
  }

  /** Once for each connection: what was said meanwhile nobody heard, so everybody is told once it is heard again. */
  function lost(which: pg.Client | undefined): void {
    if (which !== client || isClosed) return
    client = undefined
    listening = undefined
    void which?.end().catch(() => undefined)
    clearTimeout(again)
    if (watchers.size > 0) again = setTimeout(begin, againAfterMs).unref()
  }

  function begin(): void {
    if (!isClosed && watchers.size > 0) listening ??= listen()
  }

  async function rest(): Promise<void> {
    const idle = client
    client = undefined
    listening = undefined
    await idle?.end().catch(() => undefined)
  }

  return {
    note: (merchantId) => {
      if (isClosed) return
      if (gathered.size < mostGathered) gathered.add(merchantId)
      timer ??= setTimeout(send, gatherMs).unref()
    },
    watch: (merchantId, onChange) => {
      const mine = watchers.get(merchantId) ?? new Set()
      watchers.set(merchantId, mine.add(onChange))
      begin()
      return () => {
        mine.delete(onChange)
        if (mine.size === 0 && watchers.get(merchantId) === mine) watchers.delete(merchantId)
        if (watchers.size === 0 && client) void rest()
      }
    },
    close: async () => {
      isClosed = true
      clearTimeout(again)
      clearTimeout(timer)
      // Whoever watches in another process hears of the last changes, too.
      if (timer) send()
      await sending
      await listening
      await rest()
    },
  }
}
