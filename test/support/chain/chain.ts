import { after, type TestContext } from 'node:test'
import { encodeDeployData, parseAbi } from 'viem'
import type { Address, ChainId } from '../../../src/domain/chain/address.ts'
import type { Chain } from '../../../src/domain/chain/chain.ts'
import { LocalChainUnavailable } from '../../../src/rails/chain-rail.ts'
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
    if (!(error instanceof LocalChainUnavailable)) throw error
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
    walletRpcUrl: local.url,
    confirmations: 3,
    hasFinality: false,
    isLocal: false,
    tokens: local.tokens,
    endpoints: [local.url],
    ...overrides,
  }
}

/** Another token with 18 decimals, a million of it with the chain's account; `feePpm` of each transfer does not arrive. */
export async function deployToken(local: LocalChain, { feePpm = 0n } = {}): Promise<Address> {
  const data = encodeDeployData({
    abi: parseAbi(['constructor(string symbol, uint8 decimals, uint256 feePpm)']),
    bytecode: bytecode.TestToken as `0x${string}`,
    args: ['USDT', 18, feePpm],
  })
  const hash = await local.rpc<string>('eth_sendTransaction', { from: local.account, data })
  await local.mine(1)
  const { contractAddress } = await local.rpc<{ contractAddress: Address }>('eth_getTransactionReceipt', hash)
  const to = local.account.slice(2).padStart(64, '0')
  const mint = `0x40c10f19${to}${(10n ** 24n).toString(16).padStart(64, '0')}`
  await local.rpc('eth_sendTransaction', { from: local.account, to: contractAddress, data: mint })
  await local.mine(1)
  return contractAddress.toLowerCase() as Address
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
