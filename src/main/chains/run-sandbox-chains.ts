import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import type pg from 'pg'
import { saveChain } from '../../db/chain/chains.ts'
import { inTransaction } from '../../db/wire/transaction.ts'
import type { ChainId } from '../../domain/chain/address.ts'
import type { Clock } from '../../kernel/clock.ts'
import { systemNow } from '../../kernel/clock.ts'
import { second } from '../../kernel/instant.ts'
import { pauseUntilAborted } from '../../kernel/pause.ts'
import { LocalChainUnavailable } from '../../rails/chain-rail.ts'
import { chainRail } from '../../rails/index.ts'
import type { SandboxChain } from '../../rails/sandbox-chain.ts'
import { sandboxChain, sandboxChains } from './chain-fixtures.ts'

type Parts = {
  /** TERCET_DATA: `chains` holds what they remember */
  readonly folder: string
  /** TERCET_ANVIL: runs the chains instead of the package's own program */
  readonly program: string | undefined
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly logger: FastifyBaseLogger
  /** told whenever one listens, at a new address */
  readonly onReady: () => void
}

export type RunningSandboxChains = {
  /** Begins in the background, so that users of other protocols do not wait for it. */
  readonly start: () => void
  readonly running: () => readonly SandboxChain[]
  readonly advance: (chainId: ChainId) => Promise<void>
  /** Ends their processes, and waits for their ends. */
  readonly stop: () => Promise<void>
}

const againAfterMs = 500

/**
 * The sandbox's own chains: real ones, each a process that ends with this one and is started again when it dies. Where they cannot run, this is
 * told once, and chains in memory stand in for them.
 */
export function createSandboxChains(parts: Parts): RunningSandboxChains {
  const stopping = new AbortController()
  const running = new Map<ChainId, SandboxChain>()
  let all: Promise<unknown> = Promise.resolve()
  return {
    start: () => {
      const chains = sandboxChains.map((each) => keepRunning(parts, each, running, stopping.signal))
      all = Promise.all([...chains, keepTime(parts.clock, running, stopping.signal)])
    },
    running: () => [...running.values()].toSorted((a, b) => b.chainId - a.chainId),
    advance: async (chainId) => {
      await running.get(chainId)?.mine(1)
    },
    stop: async () => {
      stopping.abort()
      await all
    },
  }
}

type Settings = (typeof sandboxChains)[number]

type Start = (parts: Parts, settings: Settings) => Promise<SandboxChain>

async function keepRunning(
  parts: Parts,
  settings: Settings,
  running: Map<ChainId, SandboxChain>,
  stopping: AbortSignal,
): Promise<void> {
  let start: Start = startReal
  while (!stopping.aborted) {
    try {
      await runOnce(parts, settings, running, stopping, start)
    } catch (error) {
      // What was still asked of a chain that is told to end has no answer.
      if (stopping.aborted) return
      if (error instanceof LocalChainUnavailable) {
        parts.logger.warn(`${settings.name} cannot run here (${error.message}); a chain in memory stands in for it`)
        start = async () => await chainRail.createMemoryChain(settings)
        continue
      }
      parts.logger.warn({ err: error }, `the local chain ${settings.name} failed and is started again`)
    }
    await pauseUntilAborted(againAfterMs, stopping)
  }
}

async function startReal({ folder, program }: Parts, settings: Settings): Promise<SandboxChain> {
  const states = join(folder, 'chains')
  await mkdir(states, { recursive: true })
  return await chainRail.startLocalChain({ ...settings, program, stateFile: join(states, `${settings.chainId}.json`) })
}

async function runOnce(
  parts: Parts,
  settings: Settings,
  running: Map<ChainId, SandboxChain>,
  stopping: AbortSignal,
  start: Start,
): Promise<void> {
  const { pool, clock, onReady } = parts
  const chain = await start(parts, settings)
  const stop = () => void chain.stop()
  stopping.addEventListener('abort', stop, { once: true })
  if (stopping.aborted) stop()
  try {
    await chain.setTime(clock.now())
    // A chain in memory is read by this process alone: what stands for its endpoint is no address.
    const endpoints = [chain.url ?? `memory:${chain.chainId}`]
    const row = sandboxChain(settings, { tokens: chain.tokens, walletRpcUrl: chain.url, endpoints })
    await inTransaction(pool, (client) => saveChain(client, row))
    running.set(settings.chainId, chain)
    onReady()
    await chain.ended
  } finally {
    running.delete(settings.chainId)
    stopping.removeEventListener('abort', stop)
    await chain.stop()
  }
}

/** The chains' clocks follow the sandbox's: what is paid after it was moved must not look as if it had been paid before. */
async function keepTime(
  clock: Clock,
  running: ReadonlyMap<ChainId, SandboxChain>,
  stopping: AbortSignal,
): Promise<void> {
  let told = clock.now() - systemNow()
  while (!stopping.aborted) {
    await pauseUntilAborted(againAfterMs, stopping)
    const ahead = clock.now() - systemNow()
    if (ahead - told < second) continue
    told = ahead
    // One that is just ending is told when it starts again.
    await Promise.allSettled([...running.values()].map((chain) => chain.setTime(clock.now())))
  }
}
