import type { DueSource } from '../../app/sandbox/due-source.ts'
import { levelOf } from '../../app/shared/outage.ts'
import type { Clock } from '../../kernel/clock.ts'
import { millisecond } from '../../kernel/instant.ts'

export type JobLog = {
  readonly warn: (details: object, message: string) => void
  readonly error: (details: object, message: string) => void
}

export type JobRunner = {
  /** Looks at the source of this name at once. An unknown name is ignored. */
  readonly nudge: (name: string) => void
  /** Resolves when no step is running; none starts before the returned function is called. */
  readonly pause: () => Promise<() => void>
  /** Resolves when the running steps have ended; none starts any more. */
  readonly close: () => Promise<void>
}

export type JobRunnerOptions = {
  readonly clock: Clock
  readonly log: JobLog
  /** The longest a source is left alone: how late work that another process planned may be noticed. Default 1,000. */
  readonly pollMs?: number
  /** asked before each step; while it is not, another server does the work. Default always. */
  readonly isOnDuty?: () => boolean
  /** told the name of a source whose step failed */
  readonly onFailed?: (name: string) => void
}

/** Waits after an error, doubled with each one in a row. */
const firstBackOffMs = 250
const longestBackOffMs = 30_000

/** Runs each source whenever it has something due, one step of it at a time, until closed. Nothing is thrown out of it. */
export function createJobRunner(sources: readonly DueSource[], options: JobRunnerOptions): JobRunner {
  const gate = new Gate()
  const loops = sources.map((source) => new Loop(source, gate, options))
  return {
    nudge: (name) => {
      for (const loop of loops) if (loop.name === name) loop.wake()
    },
    pause: async () => {
      const resume = gate.shut()
      await Promise.all(loops.map((loop) => loop.step))
      return resume
    },
    close: async () => {
      await Promise.all(loops.map((loop) => loop.close()))
    },
  }
}

/** Open unless it was shut; each caller that shut it opens it once. */
class Gate {
  #shutters = 0
  #opened = Promise.withResolvers<void>()

  get isShut(): boolean {
    return this.#shutters > 0
  }

  get opened(): Promise<void> {
    return this.#opened.promise
  }

  shut(): () => void {
    if (this.#shutters++ === 0) this.#opened = Promise.withResolvers<void>()
    let isMine = true
    return () => {
      if (!isMine) return
      isMine = false
      if (--this.#shutters === 0) this.#opened.resolve()
    }
  }
}

class Loop {
  readonly #source: DueSource
  readonly #gate: Gate
  readonly #clock: Clock
  readonly #log: JobLog
  readonly #pollMs: number
  readonly #isOnDuty: () => boolean
  readonly #onFailed: ((name: string) => void) | undefined
  readonly #ended: Promise<void>
  #isClosing = false
  #isNudged = false
  /** ends the wait that goes on at this moment */
  #interrupt: (() => void) | undefined
  #failures = 0
  /** the step that runs at this moment; never rejects */
  step: Promise<number> | undefined

  constructor(source: DueSource, gate: Gate, { clock, log, pollMs, isOnDuty, onFailed }: JobRunnerOptions) {
    this.#source = source
    this.#gate = gate
    this.#clock = clock
    this.#log = log
    this.#pollMs = pollMs ?? 1_000
    this.#isOnDuty = isOnDuty ?? (() => true)
    this.#onFailed = onFailed
    this.#ended = this.#run()
  }

  get name(): string {
    return this.#source.name
  }

  /** While it backs off after an error, a nudge waits for the end of that. */
  wake(): void {
    this.#isNudged = true
    if (this.#failures === 0 && !this.#gate.isShut) this.#interrupt?.()
  }

  close(): Promise<void> {
    this.#isClosing = true
    this.#interrupt?.()
    return this.#ended
  }

  async #run(): Promise<void> {
    while (!this.#isClosing) {
      if (this.#gate.isShut) {
        await this.#wait((end) => void this.#gate.opened.then(end))
        continue
      }
      this.step = this.#attempt()
      const waitMs = await this.step
      this.step = undefined
      await this.#rest(waitMs)
    }
  }

  /** One step; returns how long to rest after it, in milliseconds. An error is an outage or a bug: logged, tried again. */
  async #attempt(): Promise<number> {
    this.#isNudged = false
    try {
      const waitMs = await this.#runOnce()
      this.#failures = 0
      return waitMs
    } catch (error) {
      this.#onFailed?.(this.name)
      this.#log[levelOf(error)]({ err: error, job: this.name }, 'a job failed and is tried again')
      return Math.min(firstBackOffMs * 2 ** this.#failures++, longestBackOffMs)
    }
  }

  async #runOnce(): Promise<number> {
    if (!this.#isOnDuty()) return this.#pollMs
    const until = this.#clock.now()
    const done = await this.#source.runDue(until)
    if (done > 0) return 0
    const due = await this.#source.nextDue()
    // Overdue and yet nothing done: another process does it, or it cannot be done now. Asking at once would only spin.
    if (due === null || due <= until) return this.#pollMs
    const waitMs = Number((due - this.#clock.now()) / millisecond) + 1
    return Math.min(Math.max(waitMs, 0), this.#pollMs)
  }

  /** Ends early when closed, and when nudged unless it rests after an error. */
  async #rest(milliseconds: number): Promise<void> {
    if (this.#isClosing || (this.#isNudged && this.#failures === 0)) return
    let timer: NodeJS.Timeout | undefined
    await this.#wait((end) => {
      timer = setTimeout(end, milliseconds)
    })
    clearTimeout(timer)
  }

  /** Until `begin`'s argument is called, or somebody interrupts. */
  async #wait(begin: (end: () => void) => void): Promise<void> {
    const ended = Promise.withResolvers<void>()
    this.#interrupt = ended.resolve
    begin(ended.resolve)
    await ended.promise
    this.#interrupt = undefined
  }
}
