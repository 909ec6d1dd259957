import * as chains from 'viem/chains'
import type { ChainId } from '../../domain/chain/address.ts'
import type { KnownChain } from '../chain-rail.ts'

/** From the list that viem keeps. It takes a second to load: for commands, not for servers. */
export function findKnownChain(id: ChainId): KnownChain | undefined {
  const chain = Object.values(chains).find((each) => each.id === id)
  // Its own coin has 18 decimals here, as on nearly every chain.
  if (!chain || chain.nativeCurrency.decimals !== 18) return undefined
  const explorers: { readonly default: { readonly url: string } } | undefined = chain.blockExplorers
  return { name: chain.name, coin: chain.nativeCurrency.symbol, explorerUrl: explorers?.default.url ?? null }
}
