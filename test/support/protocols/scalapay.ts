import { after } from 'node:test'
import type { FastifyInstance, RouteOptions } from 'fastify'
import type { App } from '../../../src/app/app.ts'
import { createAuthorizeOrder, createCompleteOrder } from '../../../src/app/attempt/authorize-order.ts'
import { createOrderBrake } from '../../../src/app/attempt/brake-authorize-order.ts'
import { createThreadedImport } from '../../../src/app/catalogue/import-in-thread.ts'
import { createFrequencyOfPayment } from '../../../src/app/instalments/frequency-of-payment.ts'
import { createReadLateFeeTerms } from '../../../src/app/instalments/late-fee-terms.ts'
import { createPlans } from '../../../src/app/instalments/plans.ts'
import { createReadPlan } from '../../../src/app/instalments/read-plan.ts'
import { tellShoppers } from '../../../src/app/instalments/tell-shoppers.ts'
import { createMerchantDirectory } from '../../../src/app/merchant/merchant-directory.ts'
import { createMessageLog } from '../../../src/app/message/message-log.ts'
import { createOrganizations } from '../../../src/app/organization/organizations.ts'
import { createPaymentReader } from '../../../src/app/payment/payment-reader.ts'
import { createCaptureWatch } from '../../../src/app/payment/watch-captures.ts'
import { shownPictures } from '../../../src/app/picture/order-pictures.ts'
import { createSealer, type Sealer } from '../../../src/app/shared/seal.ts'
import { createWriteOnce } from '../../../src/app/shared/write-once.ts'
import { createShops } from '../../../src/app/shop/shops.ts'
import { createAddCard, createCompleteAddedCard } from '../../../src/app/shopper/add-card.ts'
import { createKeepCard } from '../../../src/app/shopper/keep-card.ts'
import { createShopperApp } from '../../../src/app/shopper/shopper-app.ts'
import { findPicture } from '../../../src/db/picture/pictures.ts'
import { connectClient } from '../../../src/db/wire/connection.ts'
import { createEngine } from '../../../src/engine/engine.ts'
import { createLogger } from '../../../src/http/logger.ts'
import { buildServer } from '../../../src/http/server.ts'
import type { Clock } from '../../../src/kernel/clock.ts'
import { systemNow } from '../../../src/kernel/clock.ts'
import { newCommandId, type PaymentId } from '../../../src/kernel/ids.ts'
import { plus } from '../../../src/kernel/instant.ts'
import { companions } from '../../../src/main/companions.ts'
import {
  addFixtures,
  scalapayDeviceKey,
  scalapayMerchantKey,
  secondScalapayMerchantKey,
} from '../../../src/main/fixtures.ts'
import { frequencyOf } from '../../../src/main/frequency-of.ts'
import { scalapay } from '../../../src/protocols/scalapay/index.ts'
import { orderFrequency } from '../../../src/protocols/scalapay/order-frequency.ts'
import { orderView } from '../../../src/protocols/scalapay/order-view.ts'
import { returnUrls } from '../../../src/protocols/scalapay/return-urls.ts'
import type { ProtocolAdapter } from '../../../src/protocols/shared/protocol.ts'
import { createSandbox } from '../../../src/rails/card/sandbox/sandbox.ts'
import { renderMessageFor } from '../../../src/web/messages/render-message.ts'
import { noChains } from '../chain/no-chains.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { testPaymentRequests } from '../payments/test-payment-requests.ts'

export const merchantKey = scalapayMerchantKey
export const deviceKey = scalapayDeviceKey
export const otherMerchantKey = secondScalapayMerchantKey

export type ScalapayServer = {
  readonly server: FastifyInstance
  readonly app: App
  readonly database: TestDatabase
  readonly port: number
  readonly routes: readonly RouteOptions[]
  /** every line that was logged, JSON texts */
  readonly log: readonly string[]
  /** moves the server's clock forward, microseconds */
  readonly advance: (micros: bigint) => void
  /** lets the order's due time happen */
  readonly sealer: Sealer
  readonly runTimer: (token: string) => Promise<void>
}

/** The Scalapay API on a real engine and a real database, an empty one unless given, listening on a port of its own; closed by itself. */
export async function startScalapay(
  change: (app: App) => Partial<App> = () => ({}),
  protocols: readonly ProtocolAdapter[] = [scalapay],
  database?: TestDatabase,
): Promise<ScalapayServer> {
  return await startOn(database ?? (await testDatabase()), change, protocols)
}

async function startOn(
  database: TestDatabase,
  change: (app: App) => Partial<App>,
  protocols: readonly ProtocolAdapter[],
): Promise<ScalapayServer> {
  const secretKey = Buffer.alloc(32, 1)
  const sealer = createSealer(secretKey)
  await addFixtures(database.pool, sealer)
  let offset = 0n
  const clock: Clock = { now: () => plus(systemNow(), offset) }
  const engine = createEngine({ clock, companions, connect: () => connectClient(database.url, { pipeline: true }) })
  const imports = createThreadedImport({ databaseUrl: database.url, pool: database.pool, sealer, secretKey })
  const acquirer = createSandbox(
    clock,
    (_id, back, challenge) => `${new URL(back).origin}/sandbox/bank?${new URLSearchParams({ challenge, back })}`,
  )
  const authorizing = {
    engine,
    choose: async () => ({ key: acquirer.name, acquirer }),
    acquirers: async () => acquirer,
    sealer,
    keepCard: createKeepCard(database.pool, clock),
    frequencyOfPayment: createFrequencyOfPayment(database.pool, frequencyOf),
  }
  const log: string[] = []
  const captureWatch = createCaptureWatch({
    pool: database.pool,
    engine,
    onError: (error) => log.push(JSON.stringify({ level: 'error', error: String(error) })),
  })
  const brake = createOrderBrake({ declinesPerHourPerAddress: 1_000 })
  const real: App = {
    mode: 'sandbox',
    publicUrl: 'http://tercet.test',
    isBehindProxy: false,
    clock,
    engine,
    merchants: createMerchantDirectory(database.pool),
    payments: createPaymentReader(database.pool),
    chains: noChains(database.pool, engine, clock),
    paymentRequests: testPaymentRequests({ pool: database.pool, engine, clock, sealer }),
    hasAcquirer: async () => true,
    captureWatch,
    once: createWriteOnce({ pool: database.pool, clock, sealer }),
    completeOrder: createCompleteOrder(authorizing),
    authorizeOrder: brake.authorize(createAuthorizeOrder(authorizing)),
    addCard: brake.add(createAddCard({ ...authorizing, pool: database.pool, clock })),
    completeAddedCard: createCompleteAddedCard({ ...authorizing, pool: database.pool, clock }),
    readPlan: createReadPlan({ pool: database.pool, clock, frequencyOf }),
    lateFeeTerms: createReadLateFeeTerms(database.pool),
    plans: createPlans({ ...authorizing, pool: database.pool, clock, frequencyOf, tell: tellShoppers }),
    returnUrls,
    orderFrequency,
    orderView,
    shops: createShops({ pool: database.pool, clock, sealer }),
    accountsElsewhere: async () => ({ places: [], isWhole: true }),
    shoppers: createShopperApp({
      ...{ mode: 'sandbox', pool: database.pool, clock: clock, sealer, secretKey: Buffer.alloc(32, 1) },
      ...{ channels: new Set(['email', 'sms'] as const) },
    }),
    findPicture: (prefix, id) => findPicture(database.pool, prefix, id),
    shownPictures: (merchantId, details) => shownPictures(database.pool, merchantId, details),
    messages: createMessageLog(database.pool, sealer, renderMessageFor('http://tercet.test')),
    hasHostedPage: (protocol) => protocol === 'scalapay',
    organizations: createOrganizations({
      protocol: 'salescloud',
      importFile: imports.importFile,
      pool: database.pool,
      engine,
      acquirers: async () => undefined,
      sealer,
      secretKey,
    }),
  }
  const app: App = { ...real, ...change(real) }
  const routes: RouteOptions[] = []
  const server = await buildServer({
    app,
    protocols,
    pages: [],
    operations: { isReady: async () => true, metrics: async () => ({ contentType: 'text/plain', text: '' }) },
    docs: { title: 'Test', version: '0', description: '', publicUrl: app.publicUrl },
    logger: createLogger({ destination: { write: (line: string) => void log.push(line) } }),
    onRoute: (route) => routes.push(route),
  })
  await server.listen({ port: 0, host: '127.0.0.1' })
  after(async () => {
    await server.close()
    await captureWatch.close()
    await engine.close()
    await database.close()
  })
  const runTimer = async (token: string) => {
    const merchant = await app.merchants.byPaymentId(token as PaymentId)
    if (!merchant) throw new Error('no such order')
    await engine.execute({ id: newCommandId(), merchant, paymentId: token as PaymentId, action: { kind: 'timer' } })
  }
  const advance = (micros: bigint) => {
    offset += micros
  }
  return { server, app, database, sealer, port: portOf(server), routes, log, advance, runTimer }
}

function portOf(server: FastifyInstance): number {
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return address.port
}
