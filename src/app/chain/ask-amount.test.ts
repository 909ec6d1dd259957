import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { anAddress } from '../../../test/support/chain/factories.ts'
import { setUp } from '../../../test/support/chain/world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { addMerchant } from '../../../test/support/payments/engine.ts'
import { holdWatch, moveCursor, noteProblem } from '../../db/chain/watch.ts'
import { type ChainId, coin } from '../../domain/chain/address.ts'
import type { Chain } from '../../domain/chain/chain.ts'
import { listChoices } from './ask-amount.ts'

const { pool } = await testDatabase()

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
  await pool.query(`update chain_watch set problem_since = problem_since - interval '2 minutes'`)
  await noteProblem(pool, chain.id, holder, 'still nothing')
  assert.deepEqual(await offered(), [])
  const progress = { head: 1n, finalized: null }
  await moveCursor(pool, { chainId: chain.id, holder, scanned: 1n, blocks: [], progress })
  assert.deepEqual(await offered(), ['KCS'])
  await noteProblem(pool, chain.id, holder, 'another bad answer')
  assert.deepEqual(await offered(), ['KCS'])
})
