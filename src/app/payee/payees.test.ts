import assert from 'node:assert/strict'
import { test } from 'node:test'
import type pg from 'pg'
import { anAddress } from '../../../test/support/chain/factories.ts'
import { setUp } from '../../../test/support/chain/world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { addMerchant } from '../../../test/support/payments/engine.ts'
import { type ChainId, coin } from '../../domain/chain/address.ts'
import type { Chain } from '../../domain/chain/chain.ts'
import { systemClock } from '../../kernel/clock.ts'
import { createChainSettings } from '../chain/chain-settings.ts'
import { createPayees } from './payees.ts'

const { pool } = await testDatabase()
const chain: Chain = {
  ...{ id: 321 as ChainId, name: 'KCC', coin: 'KCS', explorerUrl: null, walletRpcUrl: null, isLocal: false },
  ...{ confirmations: 3, hasFinality: false, endpoints: ['https://rpc.example'] },
  tokens: [{ address: coin, symbol: 'KCS', decimals: 18, peg: null }],
}
await setUp(pool, chain, await addMerchant(pool), anAddress(60))
const settings = createChainSettings({ pool, clock: systemClock })
const payeesOn = (on: pg.Pool) => createPayees({ pool: on, clock: systemClock, settings })

/** The database, and something that happens right after a statement on that table was answered for the first time. */
function followedBy(table: string, happen: () => Promise<unknown>): pg.Pool {
  let hasHappened = false
  const query = async (...asked: unknown[]) => {
    const answered = await (pool.query as (...asked: unknown[]) => Promise<unknown>).apply(pool, asked)
    if (hasHappened || !JSON.stringify(asked).includes(` from ${table} `)) return answered
    hasHappened = true
    await happen()
    return answered
  }
  return { query, connect: () => pool.connect() } as unknown as pg.Pool
}

test('an address has one payee, whichever moment of the first request a second one comes in', async () => {
  for (const [number, table] of ['payee', 'wallet'].entries()) {
    const address = anAddress(80 + number)
    const rival: Awaited<ReturnType<ReturnType<typeof payeesOn>['open']>>[] = []
    const slow = payeesOn(followedBy(table, async () => rival.push(await payeesOn(pool).open(address, [chain.id]))))
    const opened = await slow.open(address, [chain.id])
    assert(opened.ok, `a rival after the look at ${table}`)
    assert.deepEqual(rival, [opened])
  }
})

test('leaves the address of a shop to the shop', async () => {
  assert.deepEqual(await payeesOn(pool).open(anAddress(60), [chain.id]), { ok: false, reason: 'is_a_shop' })
})
