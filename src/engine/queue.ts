import type { Entry } from './entry.ts'

/**
 * Commands that wait for a lane. Two that share a payment or an idempotency key never run in two lanes at once: the later
 * one is parked until the earlier one's batch has ended, and keeps its place in the order of its key.
 */
export class CommandQueue {
  #waiting: Entry[] = []
  /** keys of the batches in flight, and who runs them */
  readonly #busy = new Map<string, symbol>()
  readonly #parked = new Map<string, Entry[]>()
  #size = 0
  #bytes = 0

  /** Everything that has not been taken yet. */
  get size(): number {
    return this.#size
  }

  /** What their merchants' requests weigh, roughly: characters of the details they carry. */
  get bytes(): number {
    return this.#bytes
  }

  push(entry: Entry): void {
    this.#size += 1
    this.#bytes += weightOf(entry)
    this.#waiting.push(entry)
  }

  /** Up to `most` commands in order of arrival, marked as running under `batch`. Those whose key is busy are parked. */
  take(most: number, batch: symbol): Entry[] {
    const taken: Entry[] = []
    let read = 0
    while (read < this.#waiting.length && taken.length < most) {
      const entry = this.#waiting[read++] as Entry
      const blocker = keysOf(entry).find((key) => (this.#busy.get(key) ?? batch) !== batch)
      if (blocker === undefined) this.#start(entry, batch, taken)
      else this.#park(entry, blocker)
    }
    this.#waiting = read === this.#waiting.length ? [] : this.#waiting.slice(read)
    return taken
  }

  /** The batch has ended: its keys are free, and what was parked behind them comes first. */
  release(batch: symbol, entries: readonly Entry[]): void {
    const freed: Entry[] = []
    for (const entry of entries) {
      for (const key of keysOf(entry)) {
        if (this.#busy.get(key) !== batch) continue
        this.#busy.delete(key)
        freed.push(...(this.#parked.get(key) ?? []))
        this.#parked.delete(key)
      }
    }
    if (freed.length > 0) this.#waiting = [...freed, ...this.#waiting]
  }

  get hasRunnable(): boolean {
    return this.#waiting.length > 0
  }

  /** Every command that waits, parked ones included: for the deadline sweep. */
  *entries(): Generator<Entry> {
    yield* this.#waiting
    for (const parked of this.#parked.values()) yield* parked
  }

  #start(entry: Entry, batch: symbol, taken: Entry[]): void {
    for (const key of keysOf(entry)) this.#busy.set(key, batch)
    this.#size -= 1
    this.#bytes -= weightOf(entry)
    taken.push(entry)
  }

  #park(entry: Entry, key: string): void {
    const parked = this.#parked.get(key)
    if (parked) parked.push(entry)
    else this.#parked.set(key, [entry])
  }
}

/** No other command can name a new payment yet, so only its idempotency key can clash. */
function keysOf(entry: Entry): string[] {
  const claim = entry.claimKey
  if (entry.makesPayment) return claim === undefined ? [] : [claim]
  return claim === undefined ? [entry.paymentKey] : [entry.paymentKey, claim]
}

function weightOf({ command: { action, attachments = [] } }: Entry): number {
  const own = 'details' in action ? action.details.length : 0
  return attachments.reduce((sum, attachment) => sum + attachment.weight, own)
}
