import cluster, { type Worker as Child } from 'node:cluster'
import { once } from 'node:events'
import type { FastifyBaseLogger } from 'fastify'
import { AggregatorRegistry } from 'prom-client'
import { createAttemptMemory } from '../../rails/card/sandbox/attempt-memory.ts'
import { rememberedAttempts } from '../../rails/card/sandbox/sandbox.ts'
import { type FromWorker, isOurs, roleVariable, type ToWorker } from './messages.ts'

export type Workers = {
  /** One after the other is replaced; the port is never without one. Resolves when all are new. */
  readonly renew: () => Promise<void>
  /** Each finishes what it accepted. */
  readonly stop: () => Promise<void>
  readonly tellHopeless: () => void
}

export type WorkersParts = {
  readonly count: number
  /** whether no other program works on the database */
  readonly isAlone: boolean
  /** for each of them, beside this process's own environment */
  readonly environment: Readonly<Record<string, string>>
  readonly logger: FastifyBaseLogger
}

/** Waits before a worker that ended by itself is replaced, doubled with each that did not live for a minute. */
const firstPauseMs = 100
const longestPauseMs = 10_000
const longLifeMs = 60_000

/**
 * Runs several servers behind one port, each a process with all cells in it. The first owns the jobs and whatever the sandbox has beside it; what
 * must be one for all (the sandbox acquirer's book) is here. Resolves when all listen; rejects when one ends before.
 */
export async function startWorkers(parts: WorkersParts): Promise<Workers> {
  const workers = new RunningWorkers(parts)
  await workers.start()
  return workers
}

type Seat = { readonly isOwner: boolean; child: Child | undefined; pauseMs: number }

class RunningWorkers implements Workers {
  readonly #parts: WorkersParts
  readonly #seats: readonly Seat[]
  readonly #book = createAttemptMemory<unknown>(rememberedAttempts)
  readonly #metrics = new AggregatorRegistry()
  #ownerPort: number | undefined
  #isStopping = false

  constructor(parts: WorkersParts) {
    this.#parts = parts
    this.#seats = Array.from({ length: parts.count }, (_, index) => ({
      isOwner: index === 0,
      child: undefined,
      pauseMs: firstPauseMs,
    }))
    cluster.on('message', (child, message) => {
      if (isOurs(message)) void this.#hear(child, message as FromWorker)
    })
  }

  async start(): Promise<void> {
    try {
      await Promise.all(this.#seats.map((seat) => this.#fill(seat)))
    } catch (error) {
      await this.stop()
      throw error
    }
  }

  async renew(): Promise<void> {
    for (const seat of this.#seats) {
      const old = seat.child
      // The owner's chains and jobs are not two processes' at once; the others serve meanwhile.
      if (seat.isOwner && old) await this.#end(seat, old)
      await this.#fill(seat)
      if (!seat.isOwner && old) await this.#end(seat, old)
    }
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    await Promise.all(this.#seats.map((seat) => seat.child && this.#end(seat, seat.child)))
  }

  tellHopeless(): void {
    this.#tellAll({ tercet: 'hopeless' })
  }

  /** Starts a worker in a seat; resolves when it listens. */
  async #fill(seat: Seat): Promise<void> {
    const { environment, isAlone } = this.#parts
    const role = isAlone ? 'owner-alone' : 'owner'
    const child = cluster.fork({ ...environment, [roleVariable]: seat.isOwner ? role : 'serve' })
    const startedAt = performance.now()
    seat.child = child
    child.on('exit', (code, signal) => {
      // One that was told to end has left its seat before.
      if (seat.child === child) void this.#replace(seat, { code, signal, lived: performance.now() - startedAt })
    })
    const ready = Promise.withResolvers<void>()
    child.on('message', (message) => {
      if (isOurs(message) && message.tercet === 'ready') ready.resolve()
    })
    child.once('exit', (code, signal) =>
      ready.reject(new Error(`a worker ended with ${code ?? signal} before it listened`)),
    )
    await ready.promise
  }

  async #replace(seat: Seat, end: { code: number | null; signal: string | null; lived: number }): Promise<void> {
    seat.child = undefined
    if (this.#isStopping) return
    this.#parts.logger.error(end, 'a worker ended and is replaced')
    seat.pauseMs = end.lived > longLifeMs ? firstPauseMs : Math.min(2 * seat.pauseMs, longestPauseMs)
    await new Promise((resolve) => setTimeout(resolve, seat.pauseMs))
    // One that fails again comes here again by its own end.
    if (!this.#isStopping && !seat.child) await this.#fill(seat).catch(() => undefined)
  }

  async #end(seat: Seat, child: Child): Promise<void> {
    if (seat.child === child) seat.child = undefined
    if (child.isDead()) return
    const ended = once(child, 'exit')
    if (child.isConnected()) child.send({ tercet: 'stop' } satisfies ToWorker)
    else child.kill('SIGTERM')
    await ended
  }

  async #hear(child: Child, message: FromWorker): Promise<void> {
    switch (message.tercet) {
      case 'ready':
        if (message.ownerPort !== undefined) this.#ownerPort = message.ownerPort
        this.#tellAll({ tercet: 'owner', port: this.#ownerPort })
        return
      case 'nudge':
        return tell(this.#seats.find((seat) => seat.isOwner)?.child, message)
      case 'attempt': {
        const { question, attempt, answer } = message
        tell(child, { tercet: 'answer', question, answer: this.#book.firstAnswer(attempt as never, () => answer) })
        return
      }
      case 'metrics': {
        const answer = await this.#metrics.clusterMetrics().catch(() => '')
        tell(child, { tercet: 'answer', question: message.question, answer })
      }
    }
  }

  #tellAll(message: ToWorker): void {
    for (const { child } of this.#seats) tell(child, message)
  }
}

/** One that is ending hears nothing any more, and needs nothing. */
function tell(child: Child | undefined, message: ToWorker): void {
  if (child?.isConnected()) child.send(message, () => undefined)
}
