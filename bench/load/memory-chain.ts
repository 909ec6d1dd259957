import type { Address, ChainId } from '../../src/domain/chain/address.ts'
import type { Chain } from '../../src/domain/chain/chain.ts'
import { assert } from '../../src/kernel/assert.ts'
import { tokenAmount } from '../../src/kernel/token-amount.ts'
import { createMemoryChain, type MemoryChain } from '../../src/rails/evm/local/memory-chain.ts'

export const wallet = `0x${'06'.repeat(20)}` as Address

const settings = { coin: 'KCS', hasFinality: false, tokens: [{ symbol: 'USDT', decimals: 18 }] }

/** A chain that answers at once, so that what is measured is the watcher and the database. */
export const memory: MemoryChain = createMemoryChain({ chainId: 321 as ChainId, ...settings })

export const memoryChain: Chain = {
  id: memory.chainId,
  name: 'in memory',
  coin: settings.coin,
  explorerUrl: null,
  walletRpcUrl: null,
  confirmations: 1,
  hasFinality: settings.hasFinality,
  isLocal: false,
  tokens: memory.tokens.filter(({ symbol }) => symbol === 'USDT'),
  endpoints: ['http://127.0.0.1:1'],
}

const [usdt] = memoryChain.tokens
assert(usdt, 'the token of the measurement')
export const token = usdt.address

/** The amounts arrive in blocks of `perBlock`. */
export function payInBlocks(amounts: readonly bigint[], perBlock: number): void {
  for (let first = 0; first < amounts.length; first += perBlock) {
    const units = amounts.slice(first, first + perBlock).map(tokenAmount)
    memory.payAll(units.map((each) => ({ token, recipient: wallet, units: each })))
  }
}
