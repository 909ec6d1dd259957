import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createChainInbox } from '../../../src/app/chain/chain-inbox.ts'
import { checkLedger } from '../../../src/app/payment/check-ledger.ts'
import { listAmounts } from '../../../src/db/chain/amounts.ts'
import { insertHint } from '../../../src/db/chain/hints.ts'
import { listInbox } from '../../../src/db/chain/inbox.ts'
import type { StoredTransfer } from '../../../src/db/chain/stored-transfer.ts'
import { listTransfersOf } from '../../../src/db/chain/transfers.ts'
import { type Address, coin } from '../../../src/domain/chain/address.ts'
import { systemClock, systemNow } from '../../../src/kernel/clock.ts'
import { hour, plus } from '../../../src/kernel/instant.ts'
import { tokenAmount } from '../../../src/kernel/token-amount.ts'
import { aChainPayment, ask, chainWorld, follow } from '../../support/chain/world.ts'
import { addMerchant } from '../../support/payments/engine.ts'

test('credits a coin and a token to the payments that asked for exactly as much, and captures them when they are deep enough', async (t) => {
  const world = await chainWorld(t)
  if (!world) return
  const { pool, chain, engine, merchant, local, stateOf } = world
  const payments = [await aChainPayment(engine, merchant), await aChainPayment(engine, merchant)] as const
  const amounts = [await ask(pool, chain, payments[0], 'KCS'), await ask(pool, chain, payments[1], 'USDT')]
  await follow(pool, world)
  for (const amount of amounts) await world.pay(amount)
  assert.deepEqual(await follow(pool, world), { kind: 'followed', isAtHead: true, waiting: 2, final: 0, undone: 0 })
  for (const [i, payment] of payments.entries()) {
    const { state, received, settled, instrument } = await stateOf(payment)
    assert.deepEqual([state, received, settled], ['processing', 10_000n, 0n])
    assert.deepEqual(instrument, { kind: 'wallet', network: '321', address: local.wallet, asset: ['KCS', 'USDT'][i] })
  }
  await local.mine(3)
  assert.deepEqual(await follow(pool, world), { kind: 'followed', isAtHead: true, waiting: 0, final: 2, undone: 0 })
  for (const payment of payments) {
    const { state, captured } = await stateOf(payment)
    assert.deepEqual([state, captured], ['captured', 10_000n])
  }
  assert.deepEqual(await listInbox(pool, merchant.id, 10), [])
  assert.deepEqual((await checkLedger(pool)).discrepancies, [])
})

test('misses nothing that came in a new token while its watcher did not know of it yet, though no block has come since', async (t) => {
  const world = await chainWorld(t)
  if (!world) return
  const { pool, chain, engine, merchant, stateOf } = world
  const payment = await aChainPayment(engine, merchant)
  await world.pay(await ask(pool, chain, payment, 'USDT'))
  const before = { ...chain, tokens: chain.tokens.filter(({ address }) => address === coin) }
  await follow(pool, { ...world, chain: before })
  assert.equal((await stateOf(payment)).received, 0n)
  await follow(pool, world)
  assert.equal((await stateOf(payment)).received, 10_000n)
})

test('misses nothing that was paid while a chain that was never read could not be reached', async (t) => {
  const world = await chainWorld(t)
  if (!world) return
  const { pool, chain, engine, merchant, local, stateOf } = world
  await local.mine(40)
  const payment = await aChainPayment(engine, merchant)
  await world.pay(await ask(pool, chain, payment, 'USDT'))
  await local.mine(400)
  await follow(pool, world)
  assert.equal((await stateOf(payment)).state, 'captured')
})

test('keeps two payments of the same price apart, and a second transfer of the same amount out of both', async (t) => {
  const world = await chainWorld(t)
  if (!world) return
  const { pool, chain, engine, merchant, local, stateOf } = world
  const [first, second] = [await aChainPayment(engine, merchant), await aChainPayment(engine, merchant)]
  const [one, two] = [await ask(pool, chain, first, 'USDT'), await ask(pool, chain, second, 'USDT')]
  const apart = two.units - one.units
  assert(apart > 0n && apart <= 15_000_000_000_000n, 'a step of a millionth, or some more')
  const stranger = (await local.rpc<Address[]>('eth_accounts'))[3] as Address
  await local.pay({ token: coin, recipient: stranger, units: tokenAmount(1n) })
  await world.pay(two)
  await follow(pool, world)
  assert.deepEqual([(await stateOf(first)).state, (await stateOf(second)).state], ['created', 'processing'])
  await local.pay({ token: one.token, recipient: stranger, units: two.units })
  await world.pay(two, { from: stranger })
  await follow(pool, world)
  assert.equal((await stateOf(second)).received, 10_000n)
  assert.deepEqual(
    (await listInbox(pool, merchant.id, 10)).map(({ reason, transfer }) => [reason, transfer.units]),
    [['already_paid', two.units]],
  )
})

test('sums two parts to the whole, follows the payer with a third, and takes no notice of nothing', async (t) => {
  const world = await chainWorld(t)
  if (!world) return
  const { pool, chain, engine, merchant, local, stateOf } = world
  const payment = await aChainPayment(engine, merchant)
  const asked = await ask(pool, chain, payment, 'USDC')
  const at = systemNow()
  const hint = { merchantId: merchant.id, paymentId: payment.id, chainId: chain.id, transaction: null, at }
  await insertHint(pool, { ...hint, payer: local.account })
  await world.pay(asked, { units: tokenAmount(0n) })
  await world.pay(asked, { units: tokenAmount(asked.units / 3n) })
  await follow(pool, world)
  assert.deepEqual([(await stateOf(payment)).state, (await stateOf(payment)).received], ['created', 3_333n])
  const again = await ask(pool, chain, payment, 'USDC', plus(at, hour))
  assert.equal(again.number, asked.number, 'what is part paid keeps its rate')
  await world.pay(asked, { units: tokenAmount(asked.units - asked.units / 3n) })
  await follow(pool, world)
  assert.deepEqual([(await stateOf(payment)).state, (await stateOf(payment)).received], ['processing', 10_000n])
  await world.pay(asked, { units: asked.units })
  await local.mine(3)
  await follow(pool, world)
  const { state, captured, received, settled } = await stateOf(payment)
  assert.deepEqual([state, captured, received, settled], ['captured', 10_000n, 20_000n, 20_000n])
  assert.equal((await listTransfersOf(pool, merchant.id, payment.id)).length, 3)
  assert.deepEqual((await checkLedger(pool)).discrepancies, [])
})

test('takes what comes late at the price of its own time, and lets the merchant give the rest to a payment by hand', async (t) => {
  const world = await chainWorld(t)
  if (!world) return
  const { pool, chain, engine, merchant, local, stateOf } = world
  const past = plus(systemNow(), -hour)
  const [worth, worthless] = [await aChainPayment(engine, merchant), await aChainPayment(engine, merchant)]
  const [first, second] = [await ask(pool, chain, worth, 'KCS', past), await ask(pool, chain, worthless, 'KCS', past)]
  await world.pay(first)
  await follow(pool, { ...world, isWorthIt: () => true })
  await world.pay(second)
  await follow(pool, { ...world, isWorthIt: () => false })
  assert.deepEqual([(await stateOf(worth)).state, (await stateOf(worthless)).state], ['processing', 'created'])
  const inbox = createChainInbox({ ...world, clock: systemClock })
  const [late, ...others] = await inbox.list(merchant.id, 10)
  assert.deepEqual([late?.reason, others.length], ['too_late', 0])
  const key = (late as StoredTransfer).transfer
  const stranger = await addMerchant(pool)
  assert.deepEqual(await inbox.attach(stranger.id, key, worthless.id), { ok: false, reason: 'not_in_inbox' })
  assert.equal(await inbox.dismiss(stranger.id, key), false)
  const other = await aChainPayment(engine, merchant)
  assert.deepEqual(await inbox.attach(merchant.id, key, other.id), { ok: false, reason: 'never_asked' })
  assert.deepEqual(await inbox.attach(merchant.id, key, worthless.id), { ok: true, value: undefined })
  assert.deepEqual(await inbox.attach(merchant.id, key, worthless.id), { ok: false, reason: 'not_in_inbox' })
  assert.equal(await inbox.dismiss(merchant.id, key), false)
  await local.mine(3)
  await follow(pool, world)
  assert.deepEqual([(await stateOf(worth)).state, (await stateOf(worthless)).state], ['captured', 'captured'])
  assert.deepEqual((await checkLedger(pool)).discrepancies, [])
})

test('undoes what a reorganisation drops, follows what it moves, and credits again what comes back', async (t) => {
  const world = await chainWorld(t, { confirmations: 6 })
  if (!world) return
  const { pool, chain, engine, merchant, local, stateOf } = world
  const [dropped, moved] = [await aChainPayment(engine, merchant), await aChainPayment(engine, merchant)]
  const [first, second] = [await ask(pool, chain, dropped, 'USDT'), await ask(pool, chain, moved, 'USDT')]
  await follow(pool, world)
  const stranger = (await local.rpc<Address[]>('eth_accounts'))[3] as Address
  await local.pay({ token: first.token, recipient: stranger, units: tokenAmount(2n * first.units) })
  // So that a transfer costs the same gas after the reorganisation: the first one to a wallet costs more.
  await local.pay({ token: first.token, recipient: local.wallet, units: tokenAmount(1n) })
  await local.mine(5)
  await world.pay(first, { from: stranger })
  const transaction = await world.pay(second)
  await follow(pool, world)
  assert.deepEqual([(await stateOf(dropped)).state, (await stateOf(moved)).state], ['processing', 'processing'])
  const before = (await listTransfersOf(pool, merchant.id, moved.id))[0]?.transfer
  // The last two blocks are made anew: one transaction is in the first of them now, the other is nowhere.
  await local.rpc('anvil_reorg', 2, [[await local.rpc('eth_getRawTransactionByHash', transaction), 0]])
  await local.mine(1)
  await follow(pool, world)
  assert.equal((await stateOf(dropped)).state, 'created')
  assert.equal((await stateOf(dropped)).received, 0n)
  assert.equal((await stateOf(moved)).received, 10_000n)
  const [after, ...others] = await listTransfersOf(pool, merchant.id, moved.id)
  assert(after && before && after.transfer.block.number === before.block.number - 1n)
  assert.deepEqual([after.state, after.transfer.transaction, others.length], ['seen', transaction, 0])
  await world.pay(first, { from: stranger })
  await local.mine(6)
  await follow(pool, world)
  assert.deepEqual([(await stateOf(dropped)).state, (await stateOf(moved)).state], ['captured', 'captured'])
  assert.deepEqual(
    await Promise.all([dropped, moved].map(async ({ id }) => (await listAmounts(pool, merchant.id, id))[0]?.received)),
    [first.units, second.units],
  )
  assert.deepEqual((await checkLedger(pool)).discrepancies, [])
})
