import type { Address, ChainId, Hash } from '../../src/domain/chain/address.ts'
import type { Block, Chain, ChainTransfer } from '../../src/domain/chain/chain.ts'
import { systemNow } from '../../src/kernel/clock.ts'
import { tokenAmount } from '../../src/kernel/token-amount.ts'
import type { ChainReader } from '../../src/rails/evm/chain-reader.ts'

export const token = `0x${'05'.repeat(20)}` as Address
export const wallet = `0x${'06'.repeat(20)}` as Address
const payer = `0x${'07'.repeat(20)}` as Address

export const memoryChain: Chain = {
  id: 321 as ChainId,
  name: 'in memory',
  coin: 'KCS',
  explorerUrl: null,
  walletRpcUrl: null,
  confirmations: 1,
  hasFinality: false,
  isLocal: false,
  tokens: [{ address: token, symbol: 'USDT', decimals: 18, peg: 'USD' }],
  endpoints: ['http://127.0.0.1:1'],
}

/** A chain that answers at once, so that what is measured is the watcher and the database. The amounts arrive in blocks of `perBlock`. */
export function memoryReader(amounts: readonly bigint[], perBlock: number): ChainReader {
  const head = BigInt(Math.ceil(amounts.length / perBlock))
  const at = systemNow()
  const block = (number: bigint): Block => ({ number, hash: hash('b', number), parentHash: hash('b', number - 1n), at })
  const transfer = (units: bigint, i: number): ChainTransfer => {
    const { number, hash: inBlock } = block(BigInt(Math.floor(i / perBlock)) + 1n)
    const place = { transaction: hash('a', BigInt(i)), logIndex: 0, block: { number, hash: inBlock } }
    return { chainId: memoryChain.id, token, from: payer, to: wallet, units: tokenAmount(units), at, ...place }
  }
  const transfers = amounts.map(transfer)
  return {
    progress: async () => ({ head, finalized: null }),
    block: async (number) => (number <= head ? block(number) : undefined),
    scan: async ({ from, to }) => ({
      blocks: Array.from({ length: Number(to - from) + 1 }, (_, i) => block(from + BigInt(i))),
      transfers: transfers.slice(Math.max(0, (Number(from) - 1) * perBlock), Number(to) * perBlock),
    }),
    receipt: async (transaction) => {
      const found = transfers[Number(BigInt(`0x${transaction.slice(3)}`))]
      return found && { block: found.block, isSuccess: true }
    },
    decimals: async () => 18,
    health: () => [],
    close: () => undefined,
  }
}

function hash(kind: 'a' | 'b', number: bigint): Hash {
  return `0x${kind}${(number < 0n ? 0n : number).toString(16).padStart(63, '0')}` as Hash
}
