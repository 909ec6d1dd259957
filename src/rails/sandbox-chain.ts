import type { Address, ChainId, Hash } from '../domain/chain/address.ts'
import type { Token } from '../domain/chain/chain.ts'
import type { Instant } from '../kernel/instant.ts'
import type { TokenAmount } from '../kernel/token-amount.ts'
import type { ChainReader } from './chain-reader.ts'

export type SandboxChainSettings = {
  readonly chainId: ChainId
  readonly coin: string
  readonly hasFinality: boolean
  /** tokens that are worth nothing, at the same addresses every time */
  readonly tokens: readonly Pick<Token, 'symbol' | 'decimals'>[]
}

/** A chain of the sandbox's own: an account with money that needs no key, tokens, and a clock. */
export type SandboxChain = {
  readonly chainId: ChainId
  /** its RPC; null: it has none, and `reader` alone reads it */
  readonly url: string | null
  readonly reader?: ChainReader
  /** the chain's coin first */
  readonly tokens: readonly Token[]
  /** funded, with a million of each token */
  readonly account: Address
  /** hash of its first block: another chain of the same number has another */
  readonly genesis: Hash
  readonly ended: Promise<void>
  /** Sends from `account`, and resolves when the transaction is in a block. Throws when the chain refuses it. */
  readonly pay: (payment: SandboxPayment) => Promise<Hash>
  readonly mine: (blocks: number) => Promise<void>
  /** The time of the next block; a time before the newest block's is left. */
  readonly setTime: (now: Instant) => Promise<void>
  readonly stop: () => Promise<void>
}

export type SandboxPayment = { readonly token: Address; readonly recipient: Address; readonly units: TokenAmount }
