import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createEngineBook } from '../../../src/app/chain/engine-book.ts'
import { checkLedger } from '../../../src/app/payment/check-ledger.ts'
import { findMerchant } from '../../../src/db/merchant/merchants.ts'
import type { ChainId } from '../../../src/domain/chain/address.ts'
import type { Chain } from '../../../src/domain/chain/chain.ts'
import { createMemoryChain } from '../../../src/rails/evm/local/memory-chain.ts'
import { anAddress } from '../../support/chain/factories.ts'
import { ask, follow, setUp } from '../../support/chain/world.ts'
import { accepted, createAuthorized, run, testEngine } from '../../support/payments/engine.ts'
import { aNewPayment } from '../../support/payments/factories.ts'
import { startPortal } from '../../support/portal/portal.ts'

const portal = await startPortal()
const { pool, url } = portal.database
const engine = testEngine(url)
const memory = createMemoryChain({
  ...{ chainId: 321 as ChainId, coin: 'KCS', hasFinality: false },
  tokens: [{ symbol: 'USDT', decimals: 18 }],
})
const chain: Chain = {
  ...{ id: memory.chainId, name: 'KCC', coin: 'KCS', explorerUrl: null, walletRpcUrl: null, isLocal: false },
  ...{ confirmations: 1, hasFinality: false, tokens: memory.tokens, endpoints: ['memory:321'] },
}

test('reports have what was paid on a chain beside what was paid by card, and the ledger proves both', async () => {
  const found = await findMerchant(pool, portal.merchantId)
  assert(found)
  const limits = { minimum: 500n, maximum: 200_000n }
  const merchant = { ...found, products: found.products.map((each) => ({ ...each, ...limits })) }
  const wallet = anAddress(60)
  await setUp(pool, chain, merchant, wallet)
  const card = await createAuthorized(engine, merchant, 4_000n)
  accepted(await run(engine, merchant, card, { kind: 'capture', amount: 4_000n }))
  const details = aNewPayment({ total: 2_500n, protocol: 'kupay', product: 'crypto', funding: 'none' })
  const { payment } = accepted(await run(engine, merchant, null, { kind: 'create', ...details }))
  const { token, recipient, units } = await ask(pool, chain, payment, 'USDT')
  await memory.pay({ token, recipient, units })
  await follow(pool, { chain, reader: memory.reader, book: createEngineBook({ engine, pool }) })

  const cookie = await portal.cookieOf('owner')
  const get = async (path: string) => {
    const headers = { cookie }
    const answer = await portal.server.inject({ url: `/portal/api/merchants/${merchant.id}/${path}`, headers })
    assert.equal(answer.statusCode, 200, answer.body)
    return answer
  }
  const { days } = (await get('sales')).json()
  const { paid, captured } = days.at(-1)
  assert.deepEqual([paid, captured], [2, { amount: '65.00', currency: 'EUR' }])
  const rows = (await get('orders.csv')).body.split('\r\n')
  for (const [id, amount] of [
    [card, '40.00'],
    [payment.id, '25.00'],
  ] as const)
    assert.match(rows.find((row) => row.includes(id)) ?? '', new RegExp(`,${amount},`))

  const { balances, discrepancies } = await checkLedger(pool, merchant.id)
  assert.deepEqual(discrepancies, [])
  const balanceOf = (account: string) => balances.find((each) => each.account === account)?.balance
  assert.equal(balanceOf(`wallet/321/${wallet}`), 2_500n)
  assert.equal(balanceOf('merchant_payable'), -4_000n)
})
