import type { Action } from '../domain/payment/action.ts'
import { assert } from '../kernel/assert.ts'
import { patienceMs } from '../kernel/patience.ts'
import { type Command, type Engine, type Reply, Unavailable } from './command.ts'
import { type Activity, Entry, paymentKeyOf } from './entry.ts'
import { Lane, type LaneOptions } from './lane.ts'
import { CommandQueue } from './queue.ts'

export type EngineOptions = LaneOptions & {
  /** Connections that write. Two: larger batches cost less per command than more lanes gain (bench/README.md). */
  readonly lanes?: number
  /** Most commands of one transaction: bounds what a refused batch costs to split. */
  readonly mostPerBatch?: number
  /** Most commands that may wait. Beyond it the answer is 503, never a growing heap. */
  readonly mostQueued?: number
  /** However large the requests are, those that wait stay within this. 64 MB, beside a process of 200. */
  readonly mostQueuedBytes?: number
  /** How long a caller waits at most; default the process's own (kernel/patience.ts). */
  readonly patienceMs?: number
}

export type EngineStats = {
  readonly queued: number
  readonly inFlight: number
  readonly batches: number
  readonly commands: number
}

export type RunningEngine = Engine & {
  readonly stats: () => EngineStats
  /** Whether a command could be written now: a lane has its connection, or gets one. */
  readonly canWrite: () => Promise<boolean>
  /** Takes nothing more, finishes what was accepted, closes the lanes. */
  readonly close: () => Promise<void>
}

const sweepEveryMs = 100

/** The only writer of payment state: commands queue, idle lanes take all that queued, each batch is one transaction. */
export function createEngine(options: EngineOptions): RunningEngine {
  return new BatchingEngine(options)
}

class BatchingEngine implements RunningEngine {
  readonly #queue = new CommandQueue()
  readonly #companions: ReadonlySet<string>
  readonly #idle: Lane[]
  readonly #lanes: readonly Lane[]
  readonly #activities = new Map<string, Activity>()
  /**
   * A list and no Set: each time a busy Set grows into a new table, the old one goes on pointing at it and at the batches it had,
   * and an old one that was promoted keeps them all from the quick collection. That was a sixth of the server's time.
   */
  readonly #inFlight: (readonly Entry[])[] = []
  readonly #mostPerBatch: number
  readonly #mostQueued: number
  readonly #mostQueuedBytes: number
  readonly #patienceMs: number
  #open = 0
  #batches = 0
  #commands = 0
  #closing = false
  #drained: (() => void) | undefined
  #wakeQueued = false
  #sweeper: NodeJS.Timeout | undefined

  constructor(options: EngineOptions) {
    this.#companions = new Set(options.companions?.map((companion) => companion.name))
    this.#lanes = Array.from({ length: options.lanes ?? 2 }, () => new Lane(options))
    this.#idle = [...this.#lanes]
    this.#mostPerBatch = options.mostPerBatch ?? 128
    this.#mostQueued = options.mostQueued ?? 4096
    this.#mostQueuedBytes = options.mostQueuedBytes ?? 67_108_864
    this.#patienceMs = options.patienceMs ?? patienceMs()
  }

  execute<Act extends Action>(command: Command<Act>): Promise<Reply<Act['kind']>> {
    // What the deciders and companions of this action may answer is asserted where they do (decide-batch.ts).
    return this.#execute(command) as Promise<Reply<Act['kind']>>
  }

  #execute(command: Command): Promise<Reply> {
    if (this.#closing) return Promise.reject(new Unavailable('the server is shutting down', { retryAfterSeconds: 1 }))
    if (this.#queue.size >= this.#mostQueued || this.#queue.bytes >= this.#mostQueuedBytes) {
      return Promise.reject(new Unavailable('too many operations are waiting', { retryAfterSeconds: 1 }))
    }
    return new Promise((resolve, reject) => {
      this.#assertKnown(command)
      const deadline = performance.now() + this.#patienceMs
      this.#queue.push(new Entry(command, this.#begin(command), deadline, resolve, reject))
      this.#wake()
    })
  }

  /** An attachment that nobody reads would be lost without a word. */
  #assertKnown({ attachments = [] }: Command): void {
    for (const { companion } of attachments)
      assert(this.#companions.has(companion), `no companion is named ${companion}`)
  }

  stats(): EngineStats {
    return {
      queued: this.#queue.size,
      inFlight: this.#open - this.#queue.size,
      batches: this.#batches,
      commands: this.#commands,
    }
  }

  async canWrite(): Promise<boolean> {
    if (this.#lanes.some((lane) => lane.isConnected)) return true
    const lane = this.#idle.pop()
    if (!lane) return false
    const isReached = await lane.reach()
    this.#idle.push(lane)
    this.#dispatch()
    return isReached
  }

  async close(): Promise<void> {
    this.#closing = true
    const drained = Promise.withResolvers<void>()
    this.#drained = drained.resolve
    if (this.#open > 0) await drained.promise
    clearInterval(this.#sweeper)
    await Promise.all(this.#lanes.map((lane) => lane.close()))
  }

  /** Once per turn of the event loop: requests that were read from their sockets together travel together. */
  #wake(): void {
    if (this.#wakeQueued || this.#idle.length === 0) return
    this.#wakeQueued = true
    setImmediate(() => {
      this.#wakeQueued = false
      this.#dispatch()
    })
  }

  #dispatch(): void {
    while (this.#idle.length > 0 && this.#queue.hasRunnable) {
      const batch = Symbol('batch')
      const entries = this.#queue.take(this.#mostPerBatch, batch)
      if (entries.length === 0) break
      void this.#run(this.#idle.pop() as Lane, batch, entries)
    }
    this.#settle()
  }

  async #run(lane: Lane, batch: symbol, entries: readonly Entry[]): Promise<void> {
    this.#inFlight.push(entries)
    this.#batches += 1
    this.#commands += entries.length
    await lane.run(entries)
    this.#inFlight.splice(this.#inFlight.indexOf(entries), 1)
    this.#queue.release(batch, entries)
    for (const entry of entries) this.#end(entry)
    this.#idle.push(lane)
    this.#dispatch()
  }

  #begin(command: Command): Activity {
    this.#open += 1
    this.#sweeper ??= setInterval(() => this.#sweep(), sweepEveryMs)
    if (command.paymentId === null) return { entries: 1, changes: 0 }
    const key = paymentKeyOf(command.merchant.id, command.paymentId)
    const activity = this.#activities.get(key) ?? { entries: 0, changes: 0 }
    activity.entries += 1
    this.#activities.set(key, activity)
    return activity
  }

  #end(entry: Entry): void {
    this.#open -= 1
    entry.activity.entries -= 1
    if (entry.activity.entries === 0 && !entry.makesPayment) this.#activities.delete(entry.paymentKey)
  }

  /** Tells those whose time is up. A command in flight may still be committed: its caller asks again with its key. */
  #sweep(): void {
    const now = performance.now()
    const late = (entry: Entry): boolean => entry.deadline <= now
    for (const entry of this.#queue.entries()) if (late(entry)) entry.expire()
    for (const batch of this.#inFlight) for (const entry of batch) if (late(entry)) entry.expire()
    this.#dispatch()
  }

  #settle(): void {
    if (this.#open > 0) return
    clearInterval(this.#sweeper)
    this.#sweeper = undefined
    this.#drained?.()
  }
}
