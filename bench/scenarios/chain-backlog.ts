import type pg from 'pg'
import { createEngineBook } from '../../src/app/chain/engine-book.ts'
import { followChain } from '../../src/app/chain/follow-chain.ts'
import { insertAmount, type NewAmount } from '../../src/db/chain/amounts.ts'
import { saveChain } from '../../src/db/chain/chains.ts'
import { setWallet } from '../../src/db/chain/wallets.ts'
import { listMerchants } from '../../src/db/merchant/merchants.ts'
import { connectClient, connectPool } from '../../src/db/wire/connection.ts'
import { inTransaction } from '../../src/db/wire/transaction.ts'
import { type Price, priceScale } from '../../src/domain/chain/price.ts'
import type { MerchantTerms } from '../../src/domain/merchant/terms.ts'
import { createEngine, type RunningEngine } from '../../src/engine/engine.ts'
import { systemClock, systemNow } from '../../src/kernel/clock.ts'
import type { Currency } from '../../src/kernel/currency.ts'
import { newCommandId } from '../../src/kernel/ids.ts'
import { day, hour, minute, plus } from '../../src/kernel/instant.ts'
import { tokenAmount } from '../../src/kernel/token-amount.ts'
import { companions } from '../../src/main/companions.ts'
import { inDatabase } from '../../test/support/server.ts'
import type { Bench, Scenario } from '../bench.ts'
import type { Figure } from '../figure.ts'
import { memory, memoryChain, payInBlocks, token, wallet } from '../load/memory-chain.ts'

/** Transfers that nobody has looked at, one for each of as many open payments of one wallet: matched, and credited to their payments. */
export const chainBacklog: Scenario = { name: 'chain-backlog', run }

const perBlock = 50

async function run(bench: Bench): Promise<readonly Figure[]> {
  const database = 'bench_chain'
  await bench.tercetOn(database)
  const url = inDatabase(bench.databaseUrl, database)
  const pool = connectPool(url, { max: 5, connectTimeoutMs: 20_000 })
  const engine = createEngine({ companions, clock: systemClock, connect: () => connectClient(url, { pipeline: true }) })
  try {
    const amounts = await openPayments(pool, engine, bench.sizes.chainTransfers)
    payInBlocks(amounts, perBlock)
    const start = performance.now()
    const found = await followToTheHead(pool, engine)
    const seconds = (performance.now() - start) / 1_000
    if (found !== amounts.length) throw new Error(`${found} of ${amounts.length} transfers were credited`)
    const what = 'transfers matched and credited per second from a backlog, one wallet'
    return [
      {
        id: '5.1',
        what,
        value: amounts.length / seconds,
        target: { atLeast: 1_000 },
        note: `${amounts.length} transfers`,
      },
    ]
  } finally {
    await engine.close()
    await pool.end()
  }
}

async function openPayments(pool: pg.Pool, engine: RunningEngine, count: number): Promise<bigint[]> {
  const merchant = (await listMerchants(pool)).find(({ prefix }) => prefix === 'SHOP') as MerchantTerms
  const at = plus(systemNow(), -minute)
  await inTransaction(pool, async (client) => {
    await saveChain(client, { ...memoryChain, endpoints: [] })
    await setWallet(client, { merchantId: merchant.id, chainId: memoryChain.id, address: wallet, at })
  })
  const amounts = Array.from({ length: count }, (_, i) => 5n * priceScale + BigInt(i) * 10n ** 12n)
  for (let first = 0; first < count; first += 40)
    await Promise.all(amounts.slice(first, first + 40).map((units) => openPayment(pool, engine, merchant, units)))
  return amounts
}

async function openPayment(
  pool: pg.Pool,
  engine: RunningEngine,
  merchant: MerchantTerms,
  units: bigint,
): Promise<void> {
  const currency = 'USD' as Currency
  const order = { merchantReference: null, expiryMs: 86_400_000, details: '{}' }
  const request = { protocol: 'kupay', product: 'api', funding: 'none', currency, total: 500n, ...order } as const
  const reply = await engine.execute({
    id: newCommandId(),
    merchant,
    paymentId: null,
    action: { kind: 'create', ...request },
  })
  if (reply.kind !== 'accepted') throw new Error('a payment was not accepted')
  const createdAt = plus(systemNow(), -minute)
  const amount: NewAmount = {
    ...{ merchantId: merchant.id, paymentId: reply.payment.id, chainId: memoryChain.id, token, recipient: wallet },
    ...{
      units: tokenAmount(units),
      currency,
      minor: 500n,
      price: priceScale as Price,
      priceSources: [],
      priceAt: createdAt,
    },
    ...{
      confirmations: null,
      tolerancePpm: 0,
      createdAt,
      expiresAt: plus(createdAt, hour),
      watchedUntil: plus(createdAt, day),
    },
  }
  if ((await insertAmount(pool, amount)) === undefined) throw new Error('an amount was asked for twice')
}

/** How many were credited once the watcher is at the head. What becomes final is settled behind it. */
async function followToTheHead(pool: pg.Pool, engine: RunningEngine): Promise<number> {
  const parts = {
    ...{ pool, chain: { ...memoryChain, confirmations: 10_000 }, reader: memory.reader },
    ...{ book: createEngineBook({ engine, pool }), now: systemNow, isWorthIt: () => false },
    ...{ holder: '00000000-0000-4000-8000-000000000001', leaseMs: 60_000 },
  }
  // From the first block on, and not from a little before the head.
  await pool.query('insert into chain_watch (chain_id, scanned) values ($1, 0)', [memoryChain.id])
  await pool.query('insert into chain_block (chain_id, number, hash) values ($1, 0, $2)', [
    memoryChain.id,
    Buffer.from(memory.genesis.slice(2), 'hex'),
  ])
  for (;;) {
    const result = await followChain(parts)
    if (result.kind === 'elsewhere') throw new Error('somebody else watches the chain')
    if (result.isAtHead) break
  }
  const { rows } = await pool.query<{ count: bigint }>(
    'select count(*) from payment where received = total and state = $1',
    ['processing'],
  )
  return Number(rows[0]?.count)
}
