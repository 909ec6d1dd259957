import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createEngineBook } from '../../../src/app/chain/engine-book.ts'
import { takeTransfers } from '../../../src/app/chain/take-transfers.ts'
import { type ChainId, coin, type Hash } from '../../../src/domain/chain/address.ts'
import type { Chain, ChainTransfer } from '../../../src/domain/chain/chain.ts'
import { systemNow } from '../../../src/kernel/clock.ts'
import { tokenAmount } from '../../../src/kernel/token-amount.ts'
import { aChainTransfer, aHash, anAddress } from '../../support/chain/factories.ts'
import { aChainPayment, ask, setUp } from '../../support/chain/world.ts'
import { testDatabase } from '../../support/database.ts'
import { addMerchant, testEngine } from '../../support/payments/engine.ts'

const { pool, url } = await testDatabase()
const merchant = await addMerchant(pool)
const engine = testEngine(url)
const wallet = anAddress(60)
const token = { address: anAddress(50), symbol: 'USDT', decimals: 18, peg: 'USD' } as const
const chain: Chain = {
  ...{ id: 321 as ChainId, name: 'KCC', coin: 'KCS', explorerUrl: null, walletRpcUrl: null, isLocal: false },
  ...{ confirmations: 3, hasFinality: false, endpoints: ['http://127.0.0.1:1'] },
  tokens: [{ address: coin, symbol: 'KCS', decimals: 18, peg: null }, token],
}
await setUp(pool, chain, merchant, wallet)
const parts = {
  ...{ pool, chain, book: createEngineBook({ engine, pool }), now: systemNow, isWorthIt: () => false },
}
const merchants = new Map([[wallet, merchant.id]])

let transactions = 1_000_000

/** Two of one amount, from two people; one for each other amount, as logs of one transaction; and one that nobody asked for. */
function transfersFor(units: readonly bigint[]): readonly ChainTransfer[] {
  const of = (amount: bigint, logIndex = 0, transaction: Hash = aHash(++transactions)) =>
    aChainTransfer({
      ...{ at: systemNow(), token: token.address, to: wallet, from: anAddress(++transactions) },
      ...{ units: tokenAmount(amount), transaction, logIndex },
    })
  const [first = 0n, ...others] = units
  const twoLogs = aHash(++transactions)
  return [of(first), of(first), ...others.map((each, i) => of(each, i, twoLogs)), of(7n)]
}

type Credited = { readonly paymentId: string | null; readonly count: number; readonly units: bigint }

function inOrder(credited: readonly Credited[]): readonly Credited[] {
  return credited.toSorted((a, b) => String(a.paymentId).localeCompare(String(b.paymentId)))
}

/** What stands of these transfers, by payment. */
async function creditsOf(transfers: readonly ChainTransfer[]): Promise<readonly Credited[]> {
  const { rows } = await pool.query<{ payment_id: string | null; count: bigint; units: string }>(
    `select payment_id, count(*) as count, sum(units)::text as units from chain_transfer
     where merchant_id = $1 and transaction = any($2) group by payment_id`,
    [merchant.id, transfers.map(({ transaction }) => Buffer.from(transaction.slice(2), 'hex'))],
  )
  return inOrder(rows.map((row) => ({ paymentId: row.payment_id, count: Number(row.count), units: BigInt(row.units) })))
}

/** What some watcher says at some moment: some of the transfers, in any order, some of them twice. */
const tellings = fc.array(fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 5 })

test('a transfer counts once, whoever tells of it, how often, in which order, and how many at the same moment', async () => {
  await fc.assert(
    fc.asyncProperty(tellings, fc.boolean(), async (told, isAtOnce) => {
      const payments = await Promise.all([1, 2, 3].map(() => aChainPayment(engine, merchant, 2_500n)))
      const asked = await Promise.all(payments.map((payment) => ask(pool, chain, payment, 'USDT')))
      const transfers = transfersFor(asked.map(({ units }) => units))
      const tell = (places: readonly number[]) =>
        takeTransfers(
          parts,
          places.map((place) => transfers[place] as ChainTransfer),
          merchants,
        )
      if (isAtOnce) await Promise.all(told.map(tell))
      else for (const each of told) await tell(each)
      await tell(transfers.map((_, i) => i))
      const found = await creditsOf(transfers)
      const isOne = asked.map(({ paymentId, units }) => ({ paymentId, count: 1, units }))
      // The second of the same amount, and the one of no amount, are nobody's; when both are told of in one moment, the payer of the second is in the
      // same payment, as more than was due.
      const nobody = { paymentId: null, count: 2, units: (asked[0]?.units ?? 0n) + 7n }
      if (!isAtOnce) assert.deepEqual(found, inOrder([...isOne, nobody]))
      const sum = (of: readonly Credited[], what: (each: Credited) => bigint) =>
        of.reduce((all, each) => all + what(each), 0n)
      assert.equal(
        sum(found, ({ count }) => BigInt(count)),
        BigInt(transfers.length),
      )
      assert.equal(
        sum(found, ({ units }) => units),
        transfers.reduce((all, { units }) => all + units, 0n),
      )
      for (const { paymentId, count } of found) {
        if (paymentId === null) continue
        const { rows } = await pool.query('select received, total from payment where payment_id = $1', [paymentId])
        assert.equal(rows[0].received, rows[0].total * BigInt(count))
      }
    }),
    { numRuns: 15 },
  )
})
