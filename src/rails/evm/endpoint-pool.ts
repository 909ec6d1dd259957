import type { ChainId } from '../../domain/chain/address.ts'
import { ChainUnavailable, type EndpointHealth } from '../chain-reader.ts'
import { createEndpoint, type Endpoint, problemOf } from './endpoint.ts'

/** A failing endpoint is left alone for so long, doubled with each failure in a row. */
const firstRestMs = 1_000
const longestRestMs = 60_000

/** An endpoint that serves another chain is a mistake in its address: it is asked now and then whether it was mended. */
const wrongChainRestMs = 60_000

/** Whether it still serves the same chain is asked again this often: addresses are moved. */
const identityMs = 60_000

/** Further behind the others than this, an endpoint has lost touch; a few blocks are the network's ordinary breath. */
const mostBehind = 20n

class PooledEndpoint {
  readonly endpoint: Endpoint
  state: EndpointHealth['state'] = 'unknown'
  head: bigint | null = null
  problem: string | null = null
  restUntil = 0
  identifiedUntil = 0
  #failures = 0

  constructor(endpoint: Endpoint) {
    this.endpoint = endpoint
  }

  /** Tells its head. What it is worth is seen when it is asked for something that can be checked. */
  reach(head: bigint): void {
    this.head = head
    this.state = 'healthy'
    this.problem = null
  }

  succeed(): void {
    this.#failures = 0
  }

  fail(error: unknown, now: number): void {
    this.state = 'failing'
    this.problem = problemOf(error)
    this.restUntil = now + Math.min(firstRestMs * 2 ** this.#failures++, longestRestMs)
    this.identifiedUntil = 0
  }

  refuse(found: number, now: number): void {
    this.state = 'wrong_chain'
    this.problem = `serves chain ${found}`
    this.restUntil = now + wrongChainRestMs
  }
}

export type PoolOptions = {
  readonly chainId: ChainId
  readonly urls: readonly string[]
  /** silence that counts as a failure; default 4,000 */
  readonly timeoutMs?: number
}

/** The endpoints of one chain, with what is known of each. Knows nothing of transfers. */
export class EndpointPool {
  readonly #chainId: ChainId
  readonly #all: readonly PooledEndpoint[]

  constructor({ chainId, urls, timeoutMs = 4_000 }: PoolOptions) {
    this.#chainId = chainId
    this.#all = urls.map((url) => new PooledEndpoint(createEndpoint(url, timeoutMs)))
  }

  health(): EndpointHealth[] {
    return this.#all.map(({ endpoint, state, head, problem }) => ({ host: endpoint.host, state, head, problem }))
  }

  /**
   * Asks all that are not resting for their heads. What is believed is the highest that two of them have reached, so that neither one that has
   * stopped nor one that is ahead of the world decides alone; with one endpoint, its own.
   */
  async head(): Promise<bigint> {
    const now = performance.now()
    const asked = this.#all.filter((each) => each.restUntil <= now)
    await Promise.all(asked.map((each) => this.#askHead(each)))
    const heads = this.#usable()
      .map(({ head }) => head ?? 0n)
      .sort((a, b) => (a < b ? 1 : -1))
    const [highest, second] = heads
    if (highest === undefined) throw this.#unavailable()
    const believed = second !== undefined && highest - second <= mostBehind ? second : this.#wide(heads)
    this.#markBehind(believed)
    return believed
  }

  /** Two that are far apart: one has stopped or one makes up a future. Three or more outvote it; of two, the higher one must show its blocks. */
  #wide(heads: readonly bigint[]): bigint {
    return (heads.length > 2 ? heads[1] : heads[0]) as bigint
  }

  #markBehind(believed: bigint): void {
    for (const each of this.#all) {
      if (each.state === 'behind') each.state = 'healthy'
      if (each.state === 'healthy' && (each.head ?? 0n) + mostBehind < believed) {
        each.state = 'behind'
        each.problem = `${believed - (each.head ?? 0n)} blocks behind`
      }
    }
  }

  /** Asks one after another until one answers well. `reached` leaves out those that are known not to have that block. */
  async ask<T>(question: (endpoint: Endpoint) => Promise<T>, reached = 0n): Promise<T> {
    const answers = await this.askSome(1, question, reached)
    return answers[0] as T
  }

  /** The same of up to `count` of them; at least one answer, or it throws. */
  async askSome<T>(count: number, question: (endpoint: Endpoint) => Promise<T>, reached = 0n): Promise<T[]> {
    const answers: T[] = []
    for (const each of this.#usable().filter(({ head }) => (head ?? 0n) >= reached)) {
      if (answers.length === count) break
      try {
        answers.push(await question(each.endpoint))
        each.succeed()
      } catch (error) {
        // An outage of this endpoint, or an answer that contradicts itself: the next one is asked.
        each.fail(error, performance.now())
      }
    }
    if (answers.length === 0) throw this.#unavailable()
    return answers
  }

  async #askHead(each: PooledEndpoint): Promise<void> {
    const now = performance.now()
    try {
      const isKnown = each.identifiedUntil > now
      const [found, head] = await Promise.all([isKnown ? this.#chainId : each.endpoint.chainId(), each.endpoint.head()])
      if (found !== this.#chainId) return each.refuse(found, now)
      if (!isKnown) each.identifiedUntil = now + identityMs
      each.reach(head)
    } catch (error) {
      each.fail(error, performance.now())
    }
  }

  #usable(): PooledEndpoint[] {
    return this.#all.filter(({ state }) => state === 'healthy')
  }

  /** Without the errors themselves: they repeat the endpoints' whole addresses, which hold keys, and this is logged. */
  #unavailable(): ChainUnavailable {
    const told = this.#all.map(({ endpoint, state, problem }) => `${endpoint.host}: ${problem ?? state}`).join('; ')
    return new ChainUnavailable(`no endpoint of chain ${this.#chainId} can be used (${told})`)
  }
}
