import { after } from 'node:test'
import type { FastifyInstance, RouteOptions } from 'fastify'
import type { App } from '../../../src/app/app.ts'
import { createAuthorizeOrder, createCompleteOrder } from '../../../src/app/attempt/authorize-order.ts'
import { createThreadedImport } from '../../../src/app/catalogue/import-in-thread.ts'
import { createReadLateFeeTerms } from '../../../src/app/instalments/late-fee-terms.ts'
import { createPlans } from '../../../src/app/instalments/plans.ts'
import { createReadPlan } from '../../../src/app/instalments/read-plan.ts'
import { createMerchantDirectory } from '../../../src/app/merchant/merchant-directory.ts'
import { createMessageLog } from '../../../src/app/message/message-log.ts'
import { createOrganizations, type OrganizationsParts } from '../../../src/app/organization/organizations.ts'
import { createPaymentReader } from '../../../src/app/payment/payment-reader.ts'
import { shownPictures } from '../../../src/app/picture/order-pictures.ts'
import { createSealer } from '../../../src/app/shared/seal.ts'
import { createWriteOnce } from '../../../src/app/shared/write-once.ts'
import { createShops } from '../../../src/app/shop/shops.ts'
import { createAddCard, createCompleteAddedCard } from '../../../src/app/shopper/add-card.ts'
import { createKeepCard } from '../../../src/app/shopper/keep-card.ts'
import { createShopperApp } from '../../../src/app/shopper/shopper-app.ts'
import { findPicture } from '../../../src/db/picture/pictures.ts'
import { connectClient } from '../../../src/db/wire/connection.ts'
import { sandboxCatalogue } from '../../../src/domain/catalogue/file/sandbox-catalogue.ts'
import type { Action } from '../../../src/domain/payment/action.ts'
import type { Command } from '../../../src/engine/command.ts'
import { createEngine, type RunningEngine } from '../../../src/engine/engine.ts'
import { createLogger } from '../../../src/http/logger.ts'
import { buildServer } from '../../../src/http/server.ts'
import { systemClock } from '../../../src/kernel/clock.ts'
import { companions } from '../../../src/main/companions.ts'
import { addFixtures, salescloudOrganizationKey } from '../../../src/main/fixtures.ts'
import { frequencyOf } from '../../../src/main/frequency-of.ts'
import { salescloud } from '../../../src/protocols/salescloud/index.ts'
import { createSandbox } from '../../../src/rails/card/sandbox/sandbox.ts'
import type { AcquirerRequest, CardAcquirer } from '../../../src/rails/rail.ts'
import { renderMessageFor } from '../../../src/web/messages/render-message.ts'
import { noChains } from '../chain/no-chains.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { testPaymentRequests } from '../payments/test-payment-requests.ts'

export const organization = sandboxCatalogue.organization.uuid
export const channel = 'a1c9e7d2-4b58-4f3a-b6d0-92e8c7f51a60'
export const instance = '5b2e9f04-7c31-4a8d-91f6-d3a0b8c4e275'
export const payPath = `/v/1/${organization}/${channel}/${instance}`
export const ownPath = `/salescloud/v1/organizations/${organization}`
export const ownHeaders = { authorization: `Bearer ${salescloudOrganizationKey}` }

export const approvedCard = {
  cardNumber: '4242424242424242',
  cardSecurityCode: '123',
  expiryMonth: '12',
  expiryYear: '2099',
}

/** The contract's simple example with a card that is approved. */
export function aPayment(overrides: object = {}): Record<string, unknown> {
  return {
    namespace: 'valitor_greidslugatt',
    amount: 1000,
    currency_code: 'ISK',
    details: approvedCard,
    ...overrides,
  }
}

export type SalescloudServer = {
  readonly server: FastifyInstance
  readonly app: App
  readonly engine: RunningEngine
  readonly database: TestDatabase
  readonly port: number
  readonly routes: readonly RouteOptions[]
  /** every line that was logged, JSON texts */
  readonly log: readonly string[]
  /** everything the acquirer was asked to do */
  readonly calls: readonly AcquirerRequest[]
}

export type SalescloudOptions = {
  /** a database that another server of the test made */
  readonly database?: TestDatabase
  /** in place of the sandbox acquirer; calls are recorded either way */
  readonly acquirer?: CardAcquirer
  readonly deadlines?: OrganizationsParts['deadlines']
  readonly isBehindProxy?: boolean
  /** what runs before each command of the engine; may throw in its place */
  readonly beforeCommand?: () => Promise<void> | void
}

/** The SalesCloud API on a real engine and a real database with the sandbox's fixtures, listening; closed by itself. */
export async function startSalescloud(options: SalescloudOptions = {}): Promise<SalescloudServer> {
  const database = options.database ?? (await testDatabase())
  const secretKey = Buffer.alloc(32, 1)
  const sealer = createSealer(secretKey)
  await addFixtures(database.pool, sealer)
  const engine = createEngine({
    clock: systemClock,
    companions,
    connect: () => connectClient(database.url, { pipeline: true, applicationName: 'tercet-lane' }),
  })
  const calls: AcquirerRequest[] = []
  const acquirer = recording(options.acquirer ?? createSandbox(systemClock), calls)
  const commands = {
    execute: async <Act extends Action>(command: Command<Act>) => {
      await options.beforeCommand?.()
      return await engine.execute(command)
    },
  }
  const imports = createThreadedImport({ databaseUrl: database.url, pool: database.pool, sealer, secretKey })
  const authorizing = {
    engine,
    choose: async () => ({ key: acquirer.name, acquirer }),
    acquirers: async () => acquirer,
    sealer,
    keepCard: createKeepCard(database.pool, systemClock),
  }
  const app: App = {
    mode: 'sandbox',
    publicUrl: 'http://tercet.test',
    isBehindProxy: options.isBehindProxy ?? false,
    clock: systemClock,
    engine: commands,
    merchants: createMerchantDirectory(database.pool),
    payments: createPaymentReader(database.pool),
    chains: noChains(database.pool, engine, systemClock),
    paymentRequests: testPaymentRequests({ pool: database.pool, engine, clock: systemClock, sealer }),
    hasAcquirer: async () => true,
    captureWatch: { see: () => undefined },
    once: createWriteOnce({ pool: database.pool, clock: systemClock, sealer }),
    completeOrder: createCompleteOrder(authorizing),
    addCard: createAddCard({ ...authorizing, pool: database.pool, clock: systemClock }),
    completeAddedCard: createCompleteAddedCard({ ...authorizing, pool: database.pool, clock: systemClock }),
    readPlan: createReadPlan({ pool: database.pool, clock: systemClock, frequencyOf }),
    lateFeeTerms: createReadLateFeeTerms(database.pool),
    plans: createPlans({ ...authorizing, pool: database.pool, clock: systemClock, frequencyOf, tell: () => [] }),
    authorizeOrder: createAuthorizeOrder(authorizing),
    shops: createShops({ pool: database.pool, clock: systemClock, sealer }),
    returnUrls: () => undefined,
    orderFrequency: () => undefined,
    orderView: () => undefined,
    accountsElsewhere: async () => ({ places: [], isWhole: true }),
    shoppers: createShopperApp({
      ...{ mode: 'sandbox', pool: database.pool, clock: systemClock, sealer, secretKey: Buffer.alloc(32, 1) },
      ...{ channels: new Set(['email', 'sms'] as const) },
    }),
    findPicture: (prefix, id) => findPicture(database.pool, prefix, id),
    shownPictures: (merchantId, details) => shownPictures(database.pool, merchantId, details),
    messages: createMessageLog(database.pool, sealer, renderMessageFor('http://tercet.test')),
    hasHostedPage: () => false,
    organizations: createOrganizations({
      protocol: 'salescloud',
      importFile: imports.importFile,
      pool: database.pool,
      engine: commands,
      acquirers: async () => acquirer,
      sealer,
      secretKey,
      ...(options.deadlines && { deadlines: options.deadlines }),
    }),
  }
  const log: string[] = []
  const routes: RouteOptions[] = []
  const server = await buildServer({
    app,
    protocols: [salescloud],
    pages: [],
    operations: { isReady: async () => true, metrics: async () => ({ contentType: 'text/plain', text: '' }) },
    docs: { title: 'Test', version: '0', description: '', publicUrl: app.publicUrl },
    logger: createLogger({ destination: { write: (line: string) => void log.push(line) } }),
    onRoute: (route) => routes.push(route),
  })
  await server.listen({ port: 0, host: '127.0.0.1' })
  after(async () => {
    await server.close()
    await imports.close()
    await engine.close()
    await database.close()
  })
  return { server, app, engine, database, port: portOf(server), routes, log, calls }
}

function recording(acquirer: CardAcquirer, calls: AcquirerRequest[]): CardAcquirer {
  return {
    name: acquirer.name,
    perform: (request, deadlineMs) => {
      calls.push(request)
      return acquirer.perform(request, deadlineMs)
    },
    find: (attemptId, deadlineMs) => acquirer.find(attemptId, deadlineMs),
  }
}

function portOf(server: FastifyInstance): number {
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return address.port
}

export type PaymentAnswer = {
  readonly success: boolean
  readonly errorCode: number
  readonly paymentTransaction: {
    readonly namespace: string | null
    readonly amount: number | null
    readonly currency_code: string | null
    readonly status: 'success' | 'failure'
    readonly message: string
    readonly payload: Record<string, unknown>
  }
}

/** Posts a payment request and answers what came back. */
export async function requestPayment(
  { server }: SalescloudServer,
  payload: object | string | Buffer,
  { path = payPath, headers = {} }: { path?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; text: string; json: PaymentAnswer }> {
  const all = { 'content-type': 'application/json', ...headers }
  const answer = await server.inject({ method: 'POST', url: path, headers: all, payload })
  return { status: answer.statusCode, text: answer.body, json: answer.json<PaymentAnswer>() }
}

/** How many rows there are: a 404 must leave none. */
export async function rowCounts({ database }: SalescloudServer): Promise<Record<string, bigint>> {
  const { rows } = await database.pool.query(
    `select (select count(*) from payment) payments, (select count(*) from attempt) attempts,
      (select count(*) from transfer) transfers, (select count(*) from catalogue_order) orders,
      (select count(*) from catalogue_hold) holds, (select count(*) from idempotency) keys`,
  )
  return rows[0]
}
