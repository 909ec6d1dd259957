import assert from 'node:assert/strict'
import { test } from 'node:test'
import { realChain } from '../../../../test/support/chain/chain.ts'
import { anAddress } from '../../../../test/support/chain/factories.ts'
import { type ChainId, coin, type Hash } from '../../../domain/chain/address.ts'
import { systemNow } from '../../../kernel/clock.ts'
import { day, plus } from '../../../kernel/instant.ts'
import { largestUnits, tokenAmount } from '../../../kernel/token-amount.ts'
import type { ChainReader } from '../../chain-reader.ts'
import type { SandboxChain } from '../../sandbox-chain.ts'
import { createEvmReader } from '../evm-reader.ts'
import { createMemoryChain } from './memory-chain.ts'

const settings = {
  ...{ chainId: 321 as ChainId, coin: 'KCS', hasFinality: true },
  tokens: [
    { symbol: 'USDT', decimals: 18 },
    { symbol: 'USDC', decimals: 6 },
  ],
}

/** Pays a token and the coin to a wallet that is watched and to another one, two blocks later; and what a reader tells of it. */
async function told(chain: SandboxChain, reader: ChainReader): Promise<object> {
  const [watched, other] = [anAddress(60), anAddress(61)]
  const usdc = chain.tokens[2]?.address ?? coin
  const tomorrow = plus(systemNow(), day)
  await chain.setTime(tomorrow)
  const before = (await reader.progress()).head
  for (const recipient of [watched, other]) {
    await chain.pay({ token: usdc, recipient, units: tokenAmount(1_500_000n) })
    await chain.pay({ token: coin, recipient, units: tokenAmount(7n) })
  }
  await chain.mine(2)
  await assert.rejects(chain.pay({ token: usdc, recipient: watched, units: tokenAmount(largestUnits) }))
  const { head, finalized } = await reader.progress()
  const query = { tokens: [usdc], recipients: [watched], coinRecipients: [watched] }
  const { blocks, transfers } = await reader.scan({ ...query, from: before + 1n, to: before + 6n })
  const receipts = await Promise.all(transfers.map(({ transaction }) => reader.receipt(transaction)))
  const first = blocks[0]
  assert(first && first.number === before + 1n)
  assert.deepEqual(await reader.block(first.number), first)
  assert(first.at >= tomorrow - (tomorrow % 1_000_000n), 'its time was moved')
  assert.equal((await reader.block(0n))?.hash, chain.genesis)
  for (const [i, block] of blocks.entries()) if (i > 0) assert.equal(block.parentHash, blocks[i - 1]?.hash)
  return {
    height: blocks.length,
    behind: finalized !== null && head - finalized,
    beyond: await reader.block(head + 1n),
    nowhere: await reader.receipt(`0x${'1'.repeat(64)}` as Hash),
    decimals: await reader.decimals(usdc),
    tokens: chain.tokens.map(({ symbol, decimals, peg }) => [symbol, decimals, peg]),
    transfers: transfers.map(({ block, transaction: _, at: __, token, from, ...rest }) => ({
      ...{ ...rest, isFromAccount: from === chain.account, isCoin: token === coin },
      at: block.number - before,
    })),
    receipts: receipts.map((each) => each && { isSuccess: each.isSuccess, at: each.block.number - before }),
  }
}

test('a chain in memory tells the same as a real one of what was paid on it', async (t) => {
  const memory = createMemoryChain(settings)
  const inMemory = await told(memory, memory.reader)
  const real = await realChain(t)
  if (!real) return
  assert.deepEqual(
    inMemory,
    await told(real, createEvmReader({ chainId: real.chainId, urls: [real.url], hasFinality: true })),
  )
})

test('never makes the hash of a transaction twice, as another chain in memory or after a start', async () => {
  const payment = { token: coin, recipient: anAddress(60), units: tokenAmount(1n) }
  const hashes = [settings, settings].flatMap((each) => createMemoryChain(each).payAll([payment, payment]))
  assert.equal(new Set(hashes).size, 4)
})
