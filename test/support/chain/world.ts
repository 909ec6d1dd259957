import type { TestContext } from 'node:test'
import type pg from 'pg'
import { askAmount } from '../../../src/app/chain/ask-amount.ts'
import type { CreditBook } from '../../../src/app/chain/credit-book.ts'
import { createEngineBook } from '../../../src/app/chain/engine-book.ts'
import { type FollowResult, followChain } from '../../../src/app/chain/follow-chain.ts'
import type { QuotedAmount } from '../../../src/db/chain/amounts.ts'
import { saveChain } from '../../../src/db/chain/chains.ts'
import { setWallet } from '../../../src/db/chain/wallets.ts'
import { findPayment } from '../../../src/db/payment/payments.ts'
import { inTransaction } from '../../../src/db/wire/transaction.ts'
import type { Address, Hash } from '../../../src/domain/chain/address.ts'
import type { Chain } from '../../../src/domain/chain/chain.ts'
import { defaultPriceRules } from '../../../src/domain/chain/price.ts'
import type { MerchantTerms } from '../../../src/domain/merchant/terms.ts'
import type { Payment } from '../../../src/domain/payment/payment.ts'
import type { RunningEngine } from '../../../src/engine/engine.ts'
import { systemNow } from '../../../src/kernel/clock.ts'
import type { Currency } from '../../../src/kernel/currency.ts'
import type { TokenAmount } from '../../../src/kernel/token-amount.ts'
import type { ChainReader } from '../../../src/rails/chain-reader.ts'
import { createEvmReader } from '../../../src/rails/evm/evm-reader.ts'
import type { LocalChain } from '../../../src/rails/evm/local/local-chain.ts'
import { createFixedPrices, sandboxPrices } from '../../../src/rails/quotes/fixed-prices.ts'
import { createPriceBook, type PriceBook } from '../../../src/rails/quotes/price-book.ts'
import { testDatabase } from '../database.ts'
import { accepted, addMerchant, run, testEngine } from '../payments/engine.ts'
import { aNewPayment } from '../payments/factories.ts'
import { realChain, settingsOf } from './chain.ts'

/** Prices as the sandbox has them. */
export async function fixedPrices(): Promise<PriceBook> {
  const book = createPriceBook([createFixedPrices(sandboxPrices)], defaultPriceRules)
  await book.refresh({ assets: [], currencies: [] }, systemNow())
  return book
}

/** Sets a chain up and gives a merchant a wallet on it. */
export async function setUp(pool: pg.Pool, chain: Chain, merchant: MerchantTerms, wallet: Address): Promise<void> {
  await inTransaction(pool, async (client) => {
    await saveChain(client, chain)
    const isSet = await setWallet(client, {
      merchantId: merchant.id,
      chainId: chain.id,
      address: wallet,
      at: systemNow(),
    })
    if (!isSet) throw new Error('the wallet is another merchant’s')
  })
}

/** A new payment that waits for what arrives, `total` in cents of a dollar. */
export async function aChainPayment(engine: RunningEngine, merchant: MerchantTerms, total = 10_000n): Promise<Payment> {
  const details = aNewPayment({
    total,
    protocol: 'kupay',
    product: 'crypto',
    currency: 'USD' as Currency,
    funding: 'none',
  })
  return accepted(await run(engine, merchant, null, { kind: 'create', ...details })).payment
}

/** The exact amount that a payment asks for in a token. */
export async function ask(
  pool: pg.Pool,
  chain: Chain,
  payment: Payment,
  symbol: string,
  now = systemNow(),
): Promise<QuotedAmount> {
  const token = chain.tokens.find((each) => each.symbol === symbol)
  if (!token) throw new Error(`no token ${symbol}`)
  const wish = { chainId: chain.id, token: token.address }
  const asked = await askAmount({ pool, prices: await fixedPrices() }, payment, wish, now)
  if (!asked.ok) throw new Error(`not asked: ${asked.reason.reason}`)
  return asked.value
}

/** Steps of a watcher until it is at the head; the last step's answer. */
export async function follow(pool: pg.Pool, parts: Followed): Promise<FollowResult> {
  const holder = parts.holder ?? '00000000-0000-4000-8000-000000000001'
  for (;;) {
    const result = await followChain({ isWorthIt: () => false, ...parts, pool, holder, now: systemNow, leaseMs: 4_000 })
    if (result.kind === 'elsewhere' || result.isAtHead) return result
  }
}

type Followed = {
  readonly chain: Chain
  readonly reader: ChainReader
  readonly book: CreditBook
  readonly holder?: string
  readonly isWorthIt?: () => boolean
}

/** A real chain, a merchant with its last account for a wallet, an engine, and everything that follows one. */
export type ChainWorld = Followed & {
  readonly local: LocalChain
  readonly pool: pg.Pool
  readonly url: string
  readonly engine: RunningEngine
  readonly merchant: MerchantTerms
  readonly pay: (amount: QuotedAmount, more?: { units?: TokenAmount; from?: Address }) => Promise<Hash>
  readonly stateOf: (payment: Payment) => Promise<Payment>
}

/** Undefined, with the reason told, where no chain can run. */
export async function chainWorld(
  t: Pick<TestContext, 'diagnostic'>,
  settings: Partial<Chain> = {},
): Promise<ChainWorld | undefined> {
  const local = await realChain(t)
  if (!local) return undefined
  const { pool, url } = await testDatabase()
  const merchant = await addMerchant(pool)
  const engine = testEngine(url)
  const chain = settingsOf(local, settings)
  await setUp(pool, chain, merchant, local.wallet)
  return {
    ...{ local, pool, url, engine, merchant, chain },
    reader: createEvmReader({ chainId: chain.id, urls: chain.endpoints, hasFinality: chain.hasFinality }),
    book: createEngineBook({ engine, pool }),
    pay: ({ token, recipient, units }, more) => local.pay({ token, recipient, units, ...more }),
    stateOf: async ({ merchantId, id }) => {
      const stored = await findPayment(pool, merchantId, id)
      if (!stored) throw new Error(`no payment ${id}`)
      return stored.payment
    },
  }
}
