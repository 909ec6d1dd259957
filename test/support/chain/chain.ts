import { after, type TestContext } from 'node:test'
import type { ChainId } from '../../../src/domain/chain/address.ts'
import type { Chain } from '../../../src/domain/chain/chain.ts'
import { AnvilUnavailable } from '../../../src/rails/evm/local/anvil.ts'
import { type LocalChain, startLocalChain } from '../../../src/rails/evm/local/local-chain.ts'
import bytecode from '../../../src/rails/evm/local/test-token.json' with { type: 'json' }

export const kcc = 321 as ChainId
export const bsc = 56 as ChainId

/** A real chain of the test's own. Undefined, with the reason told, where its program cannot run: then the test has nothing to say. */
export async function realChain(t: Pick<TestContext, 'diagnostic'>, chainId = kcc): Promise<LocalChain | undefined> {
  const tokens = [
    { symbol: 'USDT', decimals: 18 },
    { symbol: 'USDC', decimals: 6 },
  ]
  try {
    const chain = await startLocalChain({ chainId, coin: chainId === bsc ? 'BNB' : 'KCS', tokens })
    after(chain.stop)
    return chain
  } catch (error) {
    if (!(error instanceof AnvilUnavailable)) throw error
    t.diagnostic(`nothing was tested, since no local chain can run here: ${error.message}`)
    return undefined
  }
}

/** Its settings as an operator would have them. */
export function settingsOf(local: LocalChain, overrides: Partial<Chain> = {}): Chain {
  return {
    id: local.chainId,
    name: 'KCC',
    coin: 'KCS',
    explorerUrl: null,
    confirmations: 3,
    hasFinality: false,
    isLocal: false,
    tokens: local.tokens,
    endpoints: [local.url],
    ...overrides,
  }
}

/** A wallet that is a contract and holds `units` of the chain's coin. */
export async function deployForwarder(local: LocalChain, units: bigint): Promise<string> {
  const hash = await local.rpc<string>('eth_sendTransaction', { from: local.account, data: bytecode.Forwarder })
  await local.mine(1)
  const { contractAddress } = await local.rpc<{ contractAddress: string }>('eth_getTransactionReceipt', hash)
  await local.rpc('anvil_setBalance', contractAddress, `0x${units.toString(16)}`)
  return contractAddress
}

/** Lets it pay: `pay(address,uint256)`. */
export function payCall(to: string, units: bigint): string {
  return `0xc4076876${to.slice(2).padStart(64, '0')}${units.toString(16).padStart(64, '0')}`
}
