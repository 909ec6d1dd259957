import type pg from 'pg'
import { saveChain } from '../../db/chain/chains.ts'
import { setWallet } from '../../db/chain/wallets.ts'
import { type Address, type ChainId, coin } from '../../domain/chain/address.ts'
import type { Chain } from '../../domain/chain/chain.ts'
import { assert } from '../../kernel/assert.ts'
import { systemNow } from '../../kernel/clock.ts'
import type { MerchantId } from '../../kernel/ids.ts'

/** The local chains of the sandbox: the real ones' numbers, coins and names of tokens, and nothing else of them. */
const stablecoins = [
  { symbol: 'USDT', decimals: 18 },
  { symbol: 'USDC', decimals: 18 },
]

export const sandboxChains = [
  { chainId: 321 as ChainId, name: 'KCC (local)', coin: 'KCS', hasFinality: false, tokens: stablecoins },
  { chainId: 56 as ChainId, name: 'BSC (local)', coin: 'BNB', hasFinality: true, tokens: stablecoins },
] as const

/** The last of the accounts that every local chain begins with. Its key is printed in the documentation of the program that runs them. */
const sandboxWallet = '0xa0ee7a142d267c1f36714e4a8f75612f20a79720' as Address

/** The one before it: somebody who asks others for money. */
export const sandboxPayee = '0x23618e81e3f5cdf7f54c3d65f7fbc0abf5b21e8f' as Address

/** Three blocks, which the sandbox makes in as many seconds: long enough to be seen confirming. */
const confirmations = 3

/** Makes the chains known, without an endpoint until they run, and gives the merchant its wallet on them. */
export async function addChainFixtures(client: pg.PoolClient, merchantId: MerchantId): Promise<void> {
  for (const each of sandboxChains) {
    await saveChain(
      client,
      sandboxChain(each, { tokens: [{ address: coin, symbol: each.coin, decimals: 18, peg: null }], endpoints: [] }),
    )
    const wallet = { merchantId, chainId: each.chainId, address: sandboxWallet, at: systemNow() }
    assert(await setWallet(client, wallet), 'nobody else has the wallet of the sandbox')
  }
}

export function sandboxChain(
  { chainId, name, coin: symbol, hasFinality }: (typeof sandboxChains)[number],
  running: Pick<Chain, 'tokens' | 'endpoints'> & Partial<Pick<Chain, 'walletRpcUrl'>>,
): Chain {
  return {
    id: chainId,
    name,
    coin: symbol,
    hasFinality,
    confirmations,
    explorerUrl: null,
    isLocal: true,
    walletRpcUrl: null,
    ...running,
  }
}
