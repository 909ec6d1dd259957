import type { Address, Hash } from '../domain/chain/address.ts'
import type { Block, BlockReference, ChainTransfer } from '../domain/chain/chain.ts'
import type { ChainProgress } from '../domain/chain/finality.ts'

/** What is looked for in a run of blocks. */
export type TransferQuery = {
  /** both included, and not more than `mostBlocksAtOnce` of them */
  readonly from: bigint
  readonly to: bigint
  /** contracts whose transfers count; a token of the same name at another address is nobody's money */
  readonly tokens: readonly Address[]
  /** wallets that are watched for tokens */
  readonly recipients: readonly Address[]
  /** wallets that are watched for the chain's own coin as well, which means reading every transaction */
  readonly coinRecipients: readonly Address[]
}

export const mostBlocksAtOnce = 100

export type ScannedBlocks = {
  /** every block of the query, in order, each the child of the one before */
  readonly blocks: readonly Block[]
  readonly transfers: readonly ChainTransfer[]
}

/** What became of a transaction: in which block it is, and whether it did what it was for. */
export type Receipt = { readonly block: BlockReference; readonly isSuccess: boolean }

export type EndpointHealth = {
  /** host alone: the rest of the address may be a key */
  readonly host: string
  readonly state: 'unknown' | 'healthy' | 'failing' | 'wrong_chain' | 'behind'
  readonly head: bigint | null
  readonly problem: string | null
}

/**
 * One chain, read through as many endpoints as are configured. Every method throws `ChainUnavailable` when none of them can answer: nothing is
 * ever taken from an endpoint that contradicts itself.
 */
export type ChainReader = {
  /** How far the chain is, as far as it can be believed. */
  readonly progress: () => Promise<ChainProgress>
  /** The block of that height on the chain as it is now; undefined beyond its head. */
  readonly block: (number: bigint) => Promise<Block | undefined>
  readonly scan: (query: TransferQuery) => Promise<ScannedBlocks>
  /**
   * Where a transaction is now, undefined when it is nowhere. Two endpoints must say the same where there are two: this is asked before money
   * counts as arrived for good, and before it counts as gone.
   */
  readonly receipt: (transaction: Hash) => Promise<Receipt | undefined>
  readonly decimals: (token: Address) => Promise<number>
  readonly health: () => readonly EndpointHealth[]
  readonly close: () => void
}

/** No endpoint can be believed just now. Expected: the caller waits and asks again. */
export class ChainUnavailable extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ChainUnavailable'
  }
}
