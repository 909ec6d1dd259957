import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { followChain } from '../../../src/app/chain/follow-chain.ts'
import { checkLedger } from '../../../src/app/payment/check-ledger.ts'
import { saveChain } from '../../../src/db/chain/chains.ts'
import { insertHint } from '../../../src/db/chain/hints.ts'
import { listInbox } from '../../../src/db/chain/inbox.ts'
import { listTransfersOf } from '../../../src/db/chain/transfers.ts'
import { inTransaction } from '../../../src/db/wire/transaction.ts'
import type { Address, Hash } from '../../../src/domain/chain/address.ts'
import { paymentTransaction } from '../../../src/domain/chain/payment-uri.ts'
import { systemNow } from '../../../src/kernel/clock.ts'
import { hour, minute, plus } from '../../../src/kernel/instant.ts'
import { tokenAmount } from '../../../src/kernel/token-amount.ts'
import { deployToken } from '../../support/chain/chain.ts'
import { aChainPayment, ask, type ChainWorld, chainWorld, follow } from '../../support/chain/world.ts'

test('counts what arrives of a token that takes a fee on its way, not what was sent', async (t) => {
  const world = await chainWorld(t)
  if (!world) return
  const { pool, engine, merchant, local, stateOf } = world
  const token = await deployToken(local, { feePpm: 10_000n })
  const chain = {
    ...world.chain,
    tokens: world.chain.tokens.map((each) => (each.symbol === 'USDT' ? { ...each, address: token } : each)),
  }
  await inTransaction(pool, async (client) => {
    await client.query(`delete from chain_token where symbol = 'USDT'`)
    await saveChain(client, chain)
  })
  const payment = await aChainPayment(engine, merchant)
  const asked = await ask(pool, chain, payment, 'USDT')
  await insertHint(pool, hintOf(world, payment.id, null, local.account))
  await world.pay(asked)
  await local.mine(3)
  await follow(pool, { ...world, chain })
  const after = await stateOf(payment)
  assert.deepEqual([after.state, after.received], ['created', 9_900n])
  await world.pay(asked, { units: tokenAmount(asked.units / 50n) })
  await local.mine(3)
  await follow(pool, { ...world, chain })
  assert.equal((await stateOf(payment)).state, 'captured')
  assert.deepEqual((await checkLedger(pool)).discrepancies, [])
})

test('takes another contract of the same name for nothing, whatever its page says', async (t) => {
  const world = await chainWorld(t)
  if (!world) return
  const { pool, engine, merchant, chain, local, stateOf } = world
  const token = await deployToken(local)
  const payment = await aChainPayment(engine, merchant)
  const asked = await ask(pool, chain, payment, 'USDT')
  const transaction = await local.pay({ token, recipient: asked.recipient, units: asked.units })
  await insertHint(pool, hintOf(world, payment.id, transaction, local.account))
  await local.mine(3)
  await follow(pool, world)
  assert.deepEqual([(await stateOf(payment)).received, await listInbox(pool, merchant.id, 10)], [0n, []])
})

test('counts a transaction that was sped up once, by the one that the chain took', async (t) => {
  const { world, payment, first, second } = (await replaced(t, 'sped up')) ?? {}
  if (!world || !payment) return
  await follow(world.pool, world)
  const taken = await listTransfersOf(world.pool, world.merchant.id, payment.id)
  assert.deepEqual([(await world.stateOf(payment)).state, taken.length], ['captured', 1])
  assert.deepEqual([taken[0]?.transfer.transaction, taken[0]?.transfer.transaction === first], [second, false])
})

test('leaves a payment open whose transaction was cancelled in the wallet, and one whose transaction was reverted', async (t) => {
  const { world, payment } = (await replaced(t, 'cancelled')) ?? {}
  if (!world || !payment) return
  const { pool, engine, merchant, chain, local, stateOf } = world
  const other = await aChainPayment(engine, merchant)
  const asked = await ask(pool, chain, other, 'USDT')
  const poor = (await local.rpc<Address[]>('eth_accounts'))[4] as Address
  const reverted = await local.rpc<Hash>('eth_sendTransaction', {
    ...{ from: poor, gas: '0x30d40' },
    ...paymentTransaction(asked),
  })
  await insertHint(pool, hintOf(world, other.id, reverted, poor))
  await local.mine(3)
  const receipt = await local.rpc<{ status: string }>('eth_getTransactionReceipt', reverted)
  assert.equal(BigInt(receipt.status), 0n)
  await follow(pool, world)
  for (const each of [payment, other]) {
    const { state, received } = await stateOf(each)
    assert.deepEqual([state, received], ['created', 0n])
  }
  assert.deepEqual(await listInbox(pool, merchant.id, 10), [])
})

test('reads an hour later what was paid in time while no endpoint answered, and tells it from what came too late', async (t) => {
  const world = await chainWorld(t)
  if (!world) return
  const { pool, engine, merchant, chain, local, stateOf, pay, ...rest } = world
  await follow(pool, world)
  const [inTime, late] = [await aChainPayment(engine, merchant), await aChainPayment(engine, merchant)]
  const amounts = [await ask(pool, chain, inTime, 'USDT'), await ask(pool, chain, late, 'USDT')] as const
  await pay(amounts[0])
  const anHourLater = plus(systemNow(), hour)
  await local.setTime(plus(anHourLater, -5n * minute))
  await pay(amounts[1])
  await local.mine(300)
  const holder = '00000000-0000-4000-8000-000000000001'
  const parts = { ...rest, pool, chain, holder, leaseMs: 60_000, now: () => anHourLater, isWorthIt: () => false }
  for (let isAtHead = false; !isAtHead; ) {
    const result = await followChain(parts)
    assert(result.kind === 'followed')
    isAtHead = result.isAtHead
  }
  assert.deepEqual([(await stateOf(inTime)).state, (await stateOf(late)).state], ['captured', 'created'])
  const inbox = await listInbox(pool, merchant.id, 10)
  assert.deepEqual(
    inbox.map(({ reason, transfer }) => [reason, transfer.units]),
    [['too_late', amounts[1].units]],
  )
})

/** A payment of a wallet that then sends another transaction in the place of the first, before the chain has taken either. */
async function replaced(t: TestContext, how: 'sped up' | 'cancelled') {
  const world = await chainWorld(t)
  if (!world) return undefined
  const { pool, engine, merchant, chain, local } = world
  const payment = await aChainPayment(engine, merchant)
  const asked = await ask(pool, chain, payment, 'USDT')
  await follow(pool, world)
  await local.rpc('evm_setAutomine', false)
  const nonce = await local.rpc<string>('eth_getTransactionCount', local.account, 'latest')
  const from = { from: local.account, nonce, gas: '0x30d40' }
  const transaction = paymentTransaction(asked)
  const first = await local.rpc<Hash>('eth_sendTransaction', { ...from, ...transaction, gasPrice: '0x77359400' })
  await insertHint(pool, hintOf(world, payment.id, first, local.account))
  const instead = how === 'sped up' ? transaction : { to: local.account, value: '0x0', data: '0x' }
  const second = await local.rpc<Hash>('eth_sendTransaction', { ...from, ...instead, gasPrice: '0x12a05f2000' })
  await local.rpc('evm_setAutomine', true)
  await local.mine(3)
  return { world, payment, first, second }
}

function hintOf(
  { merchant, chain }: ChainWorld,
  paymentId: Parameters<typeof insertHint>[1]['paymentId'],
  transaction: Hash | null,
  payer: Address,
) {
  return { merchantId: merchant.id, paymentId, chainId: chain.id, transaction, payer, at: systemNow() }
}
