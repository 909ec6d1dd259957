import type { Instant } from '../../kernel/instant.ts'
import type { TokenAmount } from '../../kernel/token-amount.ts'
import type { Address, ChainId, Hash } from './address.ts'

/** A chain as the operator set it up. */
export type Chain = {
  readonly id: ChainId
  readonly name: string
  /** symbol of its own coin, which has 18 decimals on every EVM chain */
  readonly coin: string
  readonly explorerUrl: string | null
  /** an RPC address that a payer's wallet may be told when it does not know the chain; null: it is set up by hand */
  readonly walletRpcUrl: string | null
  /** blocks, its own included, after which a transfer is final where the chain does not say so itself */
  readonly confirmations: number
  /** the chain's `finalized` block can be believed */
  readonly hasFinality: boolean
  /** runs inside the sandbox and nowhere else */
  readonly isLocal: boolean
  /** the chain's coin among them, under the address `coin` */
  readonly tokens: readonly Token[]
  /** RPC addresses, the preferred one first. They may hold a key: never logged whole. Those that an operator set are sealed. */
  readonly endpoints: readonly string[]
}

export type Token = {
  readonly address: Address
  readonly symbol: string
  readonly decimals: number
  /** the currency that one token is meant to be worth one of; null when its price floats */
  readonly peg: 'USD' | null
  /** what the public price list calls it; absent where its symbol says it */
  readonly priceName?: string | undefined
}

/** What people call a token of the chain; its address when it is not one of those that are switched on any more. */
export function symbolOf({ tokens }: Pick<Chain, 'tokens'>, token: Address): string {
  return tokens.find(({ address }) => address === token)?.symbol ?? token
}

export type BlockReference = { readonly number: bigint; readonly hash: Hash }

export type Block = BlockReference & { readonly parentHash: Hash; readonly at: Instant }

/** Money that arrived at a watched address, as the chain tells it. */
export type ChainTransfer = {
  readonly chainId: ChainId
  readonly transaction: Hash
  /**
   * Place of the log among those of its transaction; `coinTransfer` for the chain's own coin, `unexplainedRise` or less for a balance that rose.
   * The index that endpoints tell counts within the block: it changes when a reorganisation puts the transaction into another one.
   */
  readonly logIndex: number
  readonly token: Address
  readonly from: Address
  readonly to: Address
  /** what arrived, whatever was asked to be sent */
  readonly units: TokenAmount
  readonly block: BlockReference
  readonly at: Instant
}

/** A transaction moves its chain's coin once at most, and leaves no log of it. */
export const coinTransfer = -1

/**
 * A wallet that is a contract pays by an inner call, which leaves neither a value nor a log. What is seen is that the balance rose in a block:
 * then `transaction` is the hash of that block.
 */
export const unexplainedRise = -2

/** One transfer counts once, ever: this names it within the program. */
export function transferKey({ chainId, transaction, logIndex }: TransferKey): string {
  return `${chainId}/${transaction}/${logIndex}`
}

export type TransferKey = Pick<ChainTransfer, 'chainId' | 'transaction' | 'logIndex'>
