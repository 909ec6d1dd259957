import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { CreditBook } from '../../app/chain/credit-book.ts'
import { type FollowResult, followChain } from '../../app/chain/follow-chain.ts'
import { listChains } from '../../db/chain/chains.ts'
import { noteProblem, releaseWatch } from '../../db/chain/watch.ts'
import type { ChainId } from '../../domain/chain/address.ts'
import type { Chain } from '../../domain/chain/chain.ts'
import type { OpenAmount } from '../../domain/chain/open-amount.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { TokenAmount } from '../../kernel/token-amount.ts'
import type { ChainReader } from '../../rails/chain-reader.ts'
import type { JobLog } from '../runner/job-runner.ts'

export type ChainWatch = {
  /** Begins in the background. */
  readonly start: () => void
  /** Looks at the chains and their settings at once. */
  readonly nudge: () => void
  /** Ends the step that runs, and lets other processes in at once. */
  readonly stop: () => Promise<void>
}

export type ChainWatchOptions = {
  /** of its own: a backlog never waits for readers of the API, nor they for it */
  readonly pool: pg.Pool
  readonly book: CreditBook
  readonly clock: Clock
  readonly log: JobLog
  /** whether so many units are, at the price of now, worth what an amount stands for */
  readonly isWorthIt: (chain: Chain, amount: OpenAmount, units: TokenAmount) => boolean
  readonly readerOf: (chain: Chain) => Promise<ChainReader>
  /** Whether it runs at all: of the sandbox's own chains a former process's address may be all that is known. Default: it does. */
  readonly isRunning?: ((chain: Chain) => boolean) | undefined
  /** While transfers wait on a local chain, nobody but the sandbox makes its blocks. */
  readonly advance?: ((chainId: ChainId) => Promise<void>) | undefined
  /** between two steps at the head of a chain; default 1,000, of which a second is the most a shopper waits for */
  readonly pollMs?: number
  /** how long a watcher that died keeps its chain; default 4,000 */
  readonly leaseMs?: number
}

/** How often the list of chains is looked at, for those that were added or changed. */
const settingsMs = 2_000
const firstBackOffMs = 500
const longestBackOffMs = 15_000

/** Watches every chain that is switched on, one loop each, in turn with the watchers of other processes. Nothing is thrown out of it. */
export function createChainWatch(options: ChainWatchOptions): ChainWatch {
  const loops = new Map<ChainId, ChainLoop>()
  const stopping = new AbortController()
  let running: Promise<void> = Promise.resolve()
  const rest = new Rest()
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await refresh(loops, options).catch((error) => {
        options.log.warn({ err: error }, 'the list of chains could not be read and is asked for again')
      })
      await rest.wait(settingsMs)
    }
    await Promise.all([...loops.values()].map((loop) => loop.stop()))
  }
  return {
    start: () => {
      running = run()
    },
    nudge: () => {
      rest.interrupt()
      for (const loop of loops.values()) loop.nudge()
    },
    stop: async () => {
      stopping.abort()
      rest.interrupt()
      await running
    },
  }
}

async function refresh(loops: Map<ChainId, ChainLoop>, options: ChainWatchOptions): Promise<void> {
  const { isRunning = () => true } = options
  const chains = (await listChains(options.pool)).filter((chain) => chain.endpoints.length > 0 && isRunning(chain))
  const wanted = new Map(chains.map((chain) => [chain.id, chain]))
  for (const [id, loop] of loops) {
    if (loop.isOf(wanted.get(id))) continue
    loops.delete(id)
    await loop.stop()
  }
  for (const chain of chains) if (!loops.has(chain.id)) loops.set(chain.id, new ChainLoop(chain, options))
}

/** One chain, for as long as its settings stay the same. */
class ChainLoop {
  readonly #chain: Chain
  readonly #options: ChainWatchOptions
  readonly #holder = randomUUID()
  readonly #rest = new Rest()
  readonly #ended: Promise<void>
  #isStopping = false
  #failures = 0

  constructor(chain: Chain, options: ChainWatchOptions) {
    this.#chain = chain
    this.#options = options
    this.#ended = this.#run()
  }

  isOf(chain: Chain | undefined): boolean {
    return chain !== undefined && JSON.stringify(chain) === JSON.stringify(this.#chain)
  }

  nudge(): void {
    if (this.#failures === 0) this.#rest.interrupt()
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    this.#rest.interrupt()
    await this.#ended
  }

  async #run(): Promise<void> {
    const { pool, log, readerOf } = this.#options
    let reader: ChainReader | undefined
    let previous: FollowResult | undefined
    while (!this.#isStopping) {
      try {
        reader ??= await readerOf(this.#chain)
        previous = await this.#step(reader, previous)
        this.#failures = 0
        await this.#rest.wait(this.#pauseAfter(previous))
      } catch (error) {
        // An outage of the chain or of the database, or a bug: told, and tried again.
        await this.#fail(error)
        previous = undefined
        await this.#rest.wait(Math.min(firstBackOffMs * 2 ** this.#failures++, longestBackOffMs))
      }
    }
    reader?.close()
    await releaseWatch(pool, this.#chain.id, this.#holder).catch((error) => {
      log.warn({ err: error }, 'the watch of a chain ends by itself a little later')
    })
  }

  async #step(reader: ChainReader, previous: FollowResult | undefined): Promise<FollowResult> {
    const { pool, book, clock, isWorthIt, advance, leaseMs = 4_000 } = this.#options
    const chain = this.#chain
    const result = await followChain(
      {
        ...{ pool, book, reader, chain, leaseMs },
        now: clock.now,
        isWorthIt: (amount, units) => isWorthIt(chain, amount, units),
        holder: this.#holder,
      },
      previous,
    )
    if (result.kind === 'followed' && result.waiting > 0 && chain.isLocal) await advance?.(chain.id)
    return result
  }

  #pauseAfter(result: FollowResult): number {
    const { pollMs = 1_000 } = this.#options
    return result.kind === 'followed' && !result.isAtHead ? 0 : pollMs
  }

  async #fail(error: unknown): Promise<void> {
    const { pool, log } = this.#options
    const problem = error instanceof Error ? error.message : String(error)
    log.warn({ err: error, chain: this.#chain.id }, 'a chain could not be followed and is tried again')
    await noteProblem(pool, this.#chain.id, this.#holder, problem).catch(() => undefined)
  }
}

/** A pause that can be ended. */
class Rest {
  #end: (() => void) | undefined
  #isInterrupted = false

  interrupt(): void {
    this.#isInterrupted = true
    this.#end?.()
  }

  async wait(milliseconds: number): Promise<void> {
    if (!this.#isInterrupted && milliseconds > 0)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds)
        this.#end = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    this.#end = undefined
    this.#isInterrupted = false
  }
}
