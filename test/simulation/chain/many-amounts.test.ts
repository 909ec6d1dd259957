import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { askAmount } from '../../../src/app/chain/ask-amount.ts'
import type { Credit, CreditBook } from '../../../src/app/chain/credit-book.ts'
import { takeTransfers } from '../../../src/app/chain/take-transfers.ts'
import { listInbox } from '../../../src/db/chain/inbox.ts'
import type { Address, ChainId } from '../../../src/domain/chain/address.ts'
import type { Chain } from '../../../src/domain/chain/chain.ts'
import { systemNow } from '../../../src/kernel/clock.ts'
import type { Currency } from '../../../src/kernel/currency.ts'
import { newPaymentId } from '../../../src/kernel/ids.ts'
import { tokenAmount } from '../../../src/kernel/token-amount.ts'
import { aChainTransfer, aHash, anAddress } from '../../support/chain/factories.ts'
import { fixedPrices, setUp } from '../../support/chain/world.ts'
import { testDatabase } from '../../support/database.ts'
import { addMerchant } from '../../support/payments/engine.ts'

const token = { address: anAddress(50), symbol: 'USDT', decimals: 18, peg: 'USD' } as const
const wallet = anAddress(60)
const chain: Chain = {
  id: 321 as ChainId,
  name: 'KCC',
  coin: 'KCS',
  explorerUrl: null,
  walletRpcUrl: null,
  confirmations: 3,
  hasFinality: false,
  isLocal: false,
  tokens: [token],
  endpoints: ['http://127.0.0.1:1'],
}

/** Writes down what it is told, and takes everything. */
function recordingBook(credits: Credit[]): CreditBook {
  const take = async () => 'taken' as const
  return {
    see: async (credit) => {
      credits.push(credit)
      return 'taken'
    },
    settle: take,
    attach: take,
  }
}

test('matches each of 10,000 open payments of one wallet exactly, and nothing else', async () => {
  const { pool } = await testDatabase()
  const merchant = await addMerchant(pool)
  await setUp(pool, chain, merchant, wallet)
  const base = 5n * 10n ** 18n
  const step = 10n ** 12n
  await pool.query(
    `insert into chain_amount (merchant_id, payment_id, number, chain_id, token, recipient, units, currency, minor, price,
       price_sources, price_at, tolerance_ppm, created_at, expires_at, watched_until)
     select $1, 'TEST' || lpad(i::text, 8, '0'), 1, 321, $2, $3, $4::numeric + i * $5::numeric, 'USD', 500, 1, '{}', now(), 0,
       now() - interval '1 minute', now() + interval '1 hour', now() + interval '1 day'
     from generate_series(0, 9999) as i`,
    [
      merchant.id,
      Buffer.from(token.address.slice(2), 'hex'),
      Buffer.from(wallet.slice(2), 'hex'),
      base.toString(),
      step.toString(),
    ],
  )
  const [shuffled] = fc.sample(
    fc.shuffledSubarray(
      Array.from({ length: 10_000 }, (_, i) => i),
      { minLength: 10_000 },
    ),
    1,
  )
  assert(shuffled)
  const at = systemNow()
  const paid = shuffled.map((i, place) =>
    aChainTransfer({
      at,
      token: token.address,
      to: wallet,
      transaction: aHash(place + 1),
      units: tokenAmount(base + BigInt(i) * step),
    }),
  )
  // Amounts between those that are asked for, and beyond them.
  const strays = [base - 1n, base + step / 2n, base + 9_999n * step + 1n].map((units, i) =>
    aChainTransfer({
      at,
      token: token.address,
      to: wallet,
      from: anAddress(3),
      transaction: aHash(20_000 + i),
      units: tokenAmount(units),
    }),
  )
  const credits: Credit[] = []
  const parts = { pool, chain, book: recordingBook(credits), now: systemNow, isWorthIt: () => false }
  const merchants = new Map<Address, typeof merchant.id>([[wallet, merchant.id]])
  const count = await takeTransfers(parts, [...paid, ...strays], merchants)
  assert.deepEqual(count, { credited: 10_000, unmatched: 3 })
  for (const { transfer, owner } of credits)
    assert.equal(owner.paymentId, `TEST${((transfer.units - base) / step).toString().padStart(8, '0')}`)
  assert.equal(new Set(credits.map(({ owner }) => owner.paymentId)).size, 10_000)
  const inbox = await listInbox(pool, merchant.id, 10)
  assert.deepEqual(new Set(inbox.map(({ reason }) => reason)), new Set(['unknown_amount']))
})

test('gives each of many shoppers at once an amount of their own for the same price, within a cent', async () => {
  const { pool } = await testDatabase()
  const merchant = await addMerchant(pool)
  await setUp(pool, chain, merchant, wallet)
  const prices = await fixedPrices()
  const wish = { chainId: chain.id, token: token.address }
  const asked = await Promise.all(
    Array.from({ length: 200 }, async () => {
      const id = newPaymentId(merchant.prefix)
      const payment = {
        merchantId: merchant.id,
        id,
        state: 'created' as const,
        currency: 'USD' as Currency,
        total: 4_200n,
        received: 0n,
      }
      const answer = await askAmount({ pool, prices }, payment, wish, systemNow())
      assert(answer.ok)
      return answer.value.units
    }),
  )
  assert.equal(new Set(asked).size, asked.length)
  const cent = 10n ** 16n
  assert(asked.every((units) => units >= 4_200n * cent && units <= 4_201n * cent))
})

test('refuses a second payment that asks for the same, whatever it is', async () => {
  const { pool } = await testDatabase()
  const merchant = await addMerchant(pool)
  await setUp(pool, chain, merchant, wallet)
  const rows = `insert into chain_amount (merchant_id, payment_id, number, chain_id, token, recipient, units, currency, minor, price,
      price_sources, price_at, tolerance_ppm, created_at, expires_at, watched_until)
    select $1, p, 1, 321, $2, $3, 5, 'USD', 500, 1, '{}', now(), 0, now(), now() + interval '1 hour', now() + interval '1 day'
    from unnest($4::text[]) as p`
  const values = [merchant.id, Buffer.from(token.address.slice(2), 'hex'), Buffer.from(wallet.slice(2), 'hex')]
  await pool.query(rows, [...values, ['TESTAAAAAAAA']])
  await assert.rejects(pool.query(rows, [...values, ['TESTAAAAAAAB']]), { constraint: 'chain_amount_asked_once' })
})
