import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { listTransfersOf } from '../../../src/db/chain/transfers.ts'
import { ChainUnavailable } from '../../../src/rails/chain-reader.ts'
import { createEvmReader } from '../../../src/rails/evm/evm-reader.ts'
import { deployForwarder, payCall } from '../../support/chain/chain.ts'
import { type LyingEndpoint, lyingEndpoint } from '../../support/chain/lying-endpoint.ts'
import { aChainPayment, ask, type ChainWorld, chainWorld, follow } from '../../support/chain/world.ts'

type Doubted = { readonly world: ChainWorld; readonly liar: LyingEndpoint; readonly honest: LyingEndpoint }

/** A world that is read through two endpoints, one of which the test lets lie, the first unless it says otherwise. */
async function doubted(t: TestContext, { isFirst = true, timeoutMs = 8_000 } = {}): Promise<Doubted | undefined> {
  const world = await chainWorld(t)
  if (!world) return undefined
  const [liar, honest] = [await lyingEndpoint(world.local.url), await lyingEndpoint(world.local.url)]
  const { id: chainId, hasFinality } = world.chain
  const reader = createEvmReader({
    chainId,
    hasFinality,
    timeoutMs,
    urls: isFirst ? [liar.url, honest.url] : [honest.url, liar.url],
  })
  return { world: { ...world, reader }, liar, honest }
}

async function assertCaptured({
  pool,
  engine,
  merchant,
  chain,
  local,
  pay,
  stateOf,
  ...world
}: ChainWorld): Promise<void> {
  const payment = await aChainPayment(engine, merchant)
  await pay(await ask(pool, chain, payment, 'USDT'))
  await local.mine(3)
  await follow(pool, { chain, ...world })
  const transfers = await listTransfersOf(pool, merchant.id, payment.id)
  assert.deepEqual([(await stateOf(payment)).state, transfers.length], ['captured', 1])
}

test('finds what an endpoint keeps quiet about, by the block’s own filter of its logs', async (t) => {
  const { world, liar, honest } = (await doubted(t)) ?? {}
  if (!world || !liar || !honest) return
  liar.lie = ({ method }) => (method === 'eth_getLogs' ? [] : undefined)
  await assertCaptured(world)
  assert(honest.asked.has('eth_getLogs'))
})

test('takes no block from an endpoint of another chain, and says so', async (t) => {
  const { world, liar } = (await doubted(t)) ?? {}
  if (!world || !liar) return
  liar.lie = ({ method }) => (method === 'eth_chainId' ? '0x38' : undefined)
  await assertCaptured(world)
  assert(!liar.asked.has('eth_getLogs'))
  assert.deepEqual(
    world.reader.health().map(({ state, problem }) => [state, problem]),
    [
      ['wrong_chain', 'serves chain 56'],
      ['healthy', null],
    ],
  )
})

test('goes on without one that is silent, and without one that is down', async (t) => {
  const { world, liar } = (await doubted(t, { timeoutMs: 1_500 })) ?? {}
  if (!world || !liar) return
  liar.isSilent = true
  await assertCaptured(world)
  liar.isSilent = false
  liar.isDown = true
  await assertCaptured(world)
  assert.equal(world.reader.health()[0]?.state, 'failing')
})

test('leaves one that has stopped behind', async (t) => {
  const { world, liar } = (await doubted(t)) ?? {}
  if (!world || !liar) return
  await world.local.mine(30)
  liar.lie = ({ method }) => (method === 'eth_blockNumber' ? '0x1' : undefined)
  await assertCaptured(world)
  assert.equal(world.reader.health()[0]?.state, 'behind')
})

test('believes neither of two that do not agree where a transaction is, and waits', async (t) => {
  const { world, liar } = (await doubted(t, { isFirst: false })) ?? {}
  if (!world || !liar) return
  const { pool, engine, merchant, chain, local, pay, stateOf } = world
  const payment = await aChainPayment(engine, merchant)
  await pay(await ask(pool, chain, payment, 'USDT'))
  await follow(pool, world)
  await local.mine(3)
  liar.lie = ({ method }) => (method === 'eth_getTransactionReceipt' ? null : undefined)
  await assert.rejects(follow(pool, world), ChainUnavailable)
  assert.equal((await stateOf(payment)).state, 'processing')
  liar.lie = () => undefined
  await follow(pool, world)
  assert.equal((await stateOf(payment)).state, 'captured')
})

test('catches up when all were away, and loses nothing', async (t) => {
  const { world, liar, honest } = (await doubted(t)) ?? {}
  if (!world || !liar || !honest) return
  const { pool, engine, merchant, chain, local, pay, stateOf, reader } = world
  await follow(pool, world)
  const payment = await aChainPayment(engine, merchant)
  const asked = await ask(pool, chain, payment, 'KCS')
  liar.isDown = true
  honest.isDown = true
  await assert.rejects(follow(pool, world), (error) => {
    assert(error instanceof ChainUnavailable)
    assert.doesNotMatch(error.message, /http:/)
    return true
  })
  await pay(asked)
  await local.mine(250)
  liar.isDown = false
  honest.isDown = false
  // The rest that a failing endpoint is given is over after a second.
  while (reader.health().some(({ state }) => state === 'failing')) await reader.progress().catch(() => undefined)
  await follow(pool, world)
  assert.equal((await stateOf(payment)).state, 'captured')
})

test('finds coins that a wallet contract sent by an inner call', async (t) => {
  const world = await chainWorld(t)
  if (!world) return
  const { pool, engine, merchant, chain, local, stateOf } = world
  const payment = await aChainPayment(engine, merchant)
  const asked = await ask(pool, chain, payment, 'KCS')
  await follow(pool, world)
  const contract = await deployForwarder(local, asked.units)
  await local.rpc('eth_sendTransaction', {
    from: local.account,
    to: contract,
    data: payCall(local.wallet, asked.units),
  })
  await local.mine(3)
  await follow(pool, world)
  assert.equal((await stateOf(payment)).state, 'captured')
  const [taken] = await listTransfersOf(pool, merchant.id, payment.id)
  assert((taken?.transfer.logIndex ?? 0) <= -2)
})

test('goes on with endpoints that are slow', async (t) => {
  const { world, liar, honest } = (await doubted(t)) ?? {}
  if (!world || !liar || !honest) return
  liar.delayMs = 100
  honest.delayMs = 50
  await assertCaptured(world)
  assert(world.reader.health().every(({ state }) => state === 'healthy'))
})

test('goes on beside one that makes up blocks that nobody else has', async (t) => {
  const { world, liar, honest } = (await doubted(t)) ?? {}
  if (!world || !liar || !honest) return
  const { pool, engine, merchant, chain, local, pay, stateOf } = world
  liar.lie = ({ method }) => (method === 'eth_blockNumber' ? '0xffffff' : undefined)
  const payment = await aChainPayment(engine, merchant)
  await pay(await ask(pool, chain, payment, 'USDT'))
  await local.mine(3)
  // What it cannot show is held against it, and the other one is asked from then on.
  for (let tries = 0; tries < 50 && (await stateOf(payment)).state !== 'captured'; tries++)
    await follow(pool, world).catch((error) => assert(error instanceof ChainUnavailable))
  assert.equal((await stateOf(payment)).state, 'captured')
  assert(honest.asked.has('eth_getLogs'))
})
