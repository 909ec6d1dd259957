import assert from 'node:assert/strict'
import { after, type TestContext } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { createChainPayments } from '../../../src/app/chain/chain-payments.ts'
import { createEngineBook } from '../../../src/app/chain/engine-book.ts'
import { createPaymentChanges } from '../../../src/app/chain/payment-changes.ts'
import { saveChain } from '../../../src/db/chain/chains.ts'
import { inTransaction } from '../../../src/db/wire/transaction.ts'
import type { Chain } from '../../../src/domain/chain/chain.ts'
import { createLogger } from '../../../src/http/logger.ts'
import { buildServer } from '../../../src/http/server.ts'
import { createChainWatch } from '../../../src/jobs/chain/watch-chains.ts'
import type { MerchantId, PaymentId } from '../../../src/kernel/ids.ts'
import { kupay } from '../../../src/protocols/kupay/index.ts'
import { kupayProfile } from '../../../src/protocols/kupay/profile.ts'
import { createEvmReader } from '../../../src/rails/evm/evm-reader.ts'
import type { LocalChain } from '../../../src/rails/evm/local/local-chain.ts'
import { payBundle } from '../../../src/web/pay/bundle.ts'
import { pay } from '../../../src/web/pay/index.ts'
import type { PayApp } from '../../../src/web/pay/pay-app.ts'
import { assets } from '../../../src/web/shared/assets.ts'
import { buildBundle } from '../../../src/web/shared/build/build-bundle.ts'
import { readBundle } from '../../../src/web/shared/build/built-bundle.ts'
import { realChain, settingsOf } from '../chain/chain.ts'
import { fixedPrices, setUp } from '../chain/world.ts'
import { freePort } from '../free-port.ts'
import { aKupayPayment, type KupayServer, startKupay } from '../protocols/kupay.ts'

export type PayShop = {
  readonly local: LocalChain
  readonly server: FastifyInstance
  /** where it listens: `http://localhost:40123` */
  readonly origin: string
  readonly kupay: KupayServer
  readonly chains: PayApp['chains']
  readonly merchantId: MerchantId
  /** the chain as it is set up; saved anew by `change` */
  readonly chain: Chain
  readonly change: (changes: Partial<Chain>) => Promise<void>
  /** whether what comes late is still worth its amount */
  isWorthIt: boolean
  /** what happens while a page is put together, before it reads what version it is of */
  meanwhile: (() => Promise<unknown>) | undefined
  /** a new payment's address below the origin, made through the merchant's API */
  readonly request: (changes?: Readonly<Record<string, unknown>>) => Promise<string>
  /** moves the clocks of server and chain forward, microseconds */
  readonly advance: (micros: bigint) => Promise<void>
  readonly stateOf: (
    path: string,
  ) => Promise<Awaited<ReturnType<PayApp['chains']['state']>> & { readonly status: string }>
}

/** KuPay's API and the pay page on a real engine, a real database and a real chain that is followed. Undefined where no chain can run. */
export async function startPayShop(t: Pick<TestContext, 'diagnostic'>): Promise<PayShop | undefined> {
  const local = await realChain(t)
  if (!local) return undefined
  const kupayServer = await startKupay()
  const { app, database, shop } = kupayServer
  const merchantId = shop.merchant.id
  const chain = settingsOf(local)
  await setUp(database.pool, chain, shop.merchant, local.wallet)
  const { pool } = database
  const prices = await fixedPrices()
  const book = createEngineBook({ engine: app.engine, pool })
  const watch = createChainWatch({
    ...{ pool, book, clock: app.clock, log: createLogger({ destination: { write: () => undefined } }) },
    isWorthIt: () => found.isWorthIt,
    readerOf: async ({ id, endpoints, hasFinality }) => createEvmReader({ chainId: id, urls: endpoints, hasFinality }),
    pollMs: 50,
  })
  watch.start()
  after(watch.stop)
  const chains = createChainPayments({ pool, prices, book, clock: app.clock, nudge: watch.nudge })
  const port = await freePort()
  const meanwhile = async () => await found.meanwhile?.()
  const parts = { kupayServer, chains, local, meanwhile, publicUrl: `http://localhost:${port}` }
  const { server, wallet } = await serve(parts)
  await server.listen({ port, host: '127.0.0.1' })
  let count = 0
  const found: PayShop = {
    ...{ local, server, chains, merchantId, chain, kupay: kupayServer, isWorthIt: false, meanwhile: undefined },
    origin: `http://localhost:${port}`,
    change: async (changes) => {
      wallet.isThere = changes.isLocal ?? false
      await inTransaction(pool, (client) => saveChain(client, { ...chain, ...changes }))
    },
    request: async (changes = {}) => {
      const body = aKupayPayment({ id: String(++count), amount: 12.34, ...changes })
      const headers = { authorization: `Bearer ${shop.token}` }
      const answer = await server.inject({ method: 'POST', url: '/v1/payment/create', headers, body })
      return new URL(answer.json<{ pay_url: string }>().pay_url).pathname
    },
    advance: async (micros) => {
      kupayServer.advance(micros)
      await local.setTime(app.clock.now())
      await local.mine(1)
    },
    stateOf: async (path) => {
      const id = path.slice(-12) as PaymentId
      const [state, stored] = await Promise.all([chains.state(merchantId, id), app.payments.find(merchantId, id)])
      return { ...state, status: stored?.payment.state ?? 'unknown' }
    },
  }
  return found
}

/** `wallet.isThere`: the chain runs inside the sandbox, with a first block that no wallet of the test has. */
async function serve(parts: {
  readonly kupayServer: KupayServer
  readonly chains: PayApp['chains']
  readonly local: LocalChain
  readonly meanwhile: () => Promise<unknown>
  readonly publicUrl: string
}) {
  const { kupayServer, chains, local, meanwhile, publicUrl } = parts
  const { app, database } = kupayServer
  await buildBundle(payBundle)
  const bundle = await readBundle(payBundle)
  const wallet = { isThere: false }
  const changes = createPaymentChanges({
    pool: database.pool,
    clock: app.clock,
    everyMs: 50,
    onError: (error) => assert.ifError(error),
  })
  const genesis = `0x${'1'.repeat(64)}` as LocalChain['genesis']
  const server = await buildServer({
    app: { ...app, publicUrl },
    protocols: [kupay],
    pages: [
      assets,
      pay({
        ...{ mode: 'sandbox', publicUrl, clock: app.clock, merchants: app.merchants, payments: app.payments, chains },
        linksOf: (stored) => (stored.payment.protocol === 'kupay' ? kupayProfile.walletLinks?.(stored) : undefined),
        wallet: { list: () => (wallet.isThere ? [{ ...local, genesis }] : []), pay: async () => never() },
        changes: { ...changes, version: (key) => meanwhile().then(() => changes.version(key)) },
        build: { find: () => bundle, settled: Promise.resolve(), close: () => undefined },
      }),
    ],
    operations: { isReady: async () => true, metrics: undefined },
    docs: undefined,
    logger: createLogger({ destination: { write: () => undefined } }),
  })
  after(() => server.close())
  return { server, wallet }
}

function never(): never {
  throw new Error('no test pays from the demo wallet here')
}
