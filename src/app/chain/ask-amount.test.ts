import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { anAddress } from '../../../test/support/chain/factories.ts'
import { aChainPayment, ask, setUp } from '../../../test/support/chain/world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { addMerchant, testEngine } from '../../../test/support/payments/engine.ts'
import { saveChainTerms } from '../../db/chain/chain-terms.ts'
import { holdWatch, moveCursor, noteProblem } from '../../db/chain/watch.ts'
import { type ChainId, coin } from '../../domain/chain/address.ts'
import type { Chain } from '../../domain/chain/chain.ts'
import { defaultChainTerms } from '../../domain/chain/chain-terms.ts'
import { listChoices } from './ask-amount.ts'

const { pool, url } = await testDatabase()

test('offers no chain that could not be read for two minutes, and offers it again once it can', async () => {
  const chain: Chain = {
    ...{ id: 321 as ChainId, name: 'KCC', coin: 'KCS', explorerUrl: null, walletRpcUrl: null, isLocal: false },
    ...{ confirmations: 3, hasFinality: false, endpoints: ['https://rpc.example'] },
    tokens: [{ address: coin, symbol: 'KCS', decimals: 18, peg: null }],
  }
  const merchant = await addMerchant(pool)
  await setUp(pool, chain, merchant, anAddress(60))
  const offered = async () => (await listChoices(pool, merchant.id)).map(({ token }) => token.symbol)
  const holder = randomUUID()
  await holdWatch(pool, chain.id, holder, 60_000)
  await noteProblem(pool, chain.id, holder, 'one bad answer')
  assert.deepEqual(await offered(), ['KCS'])
  await pool.query(`update chain_watch set problem_since = now() - interval '2 minutes'`)
  await noteProblem(pool, chain.id, holder, 'still nothing')
  assert.deepEqual(await offered(), [])
  const progress = { head: 1n, finalized: null }
  await moveCursor(pool, { chainId: chain.id, holder, scanned: 1n, blocks: [], progress })
  assert.deepEqual(await offered(), ['KCS'])
  await noteProblem(pool, chain.id, holder, 'another bad answer')
  assert.deepEqual(await offered(), ['KCS'])
})

test('lets the shopper pay the spread of the merchant, on top of what the price makes', async () => {
  const usdt = { address: anAddress(50), symbol: 'USDT', decimals: 18, peg: 'USD' } as const
  const chain: Chain = {
    ...{ id: 56 as ChainId, name: 'BSC', coin: 'BNB', explorerUrl: null, walletRpcUrl: null, isLocal: false },
    ...{ confirmations: 3, hasFinality: false, endpoints: ['https://rpc.example'], tokens: [usdt] },
  }
  const merchant = await addMerchant(pool)
  await setUp(pool, chain, merchant, anAddress(61))
  const engine = testEngine(url)
  const asked = async () => (await ask(pool, chain, await aChainPayment(engine, merchant, 8_000n), 'USDT')).units
  const cent = 10n ** 16n
  const [plain, change] = [await asked(), { ...defaultChainTerms, spreadPpm: 200_000 }]
  await saveChainTerms(pool, merchant.id, change)
  const raised = await asked()
  // A fifth off the price of a dollar: 80 dollars are 100 tokens, and steps of less than a cent keep amounts apart.
  assert(plain >= 8_000n * cent && plain < 8_001n * cent)
  assert(raised >= 10_000n * cent && raised < 10_001n * cent)
})
