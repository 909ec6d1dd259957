import assert from 'node:assert/strict'
import { after } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { createReturnPayment } from '../../../src/app/attempt/return-payment.ts'
import { type AuditLog, createAuditLog } from '../../../src/app/audit/audit-log.ts'
import { showTransfers } from '../../../src/app/chain/shown-transfers.ts'
import { createReadPlan } from '../../../src/app/instalments/read-plan.ts'
import { createOrderChanges, type OrderChanges } from '../../../src/app/live/order-changes.ts'
import { changeBrand, readBrand } from '../../../src/app/merchant/brand.ts'
import { createOwnOrganization } from '../../../src/app/organization/own-organization.ts'
import { createActOnOrder } from '../../../src/app/payment/act-on-order.ts'
import { createFindOrders } from '../../../src/app/payment/find-orders.ts'
import { type BuyerOf, createOrderPages } from '../../../src/app/payment/order-page.ts'
import { createReadSales } from '../../../src/app/payment/read-sales.ts'
import { createRequestLog } from '../../../src/app/request-log/request-log.ts'
import type { StaffSandbox } from '../../../src/app/sandbox/staff-sandbox.ts'
import { createSealer, type Sealer } from '../../../src/app/shared/seal.ts'
import { createWriteOnce } from '../../../src/app/shared/write-once.ts'
import { createShops } from '../../../src/app/shop/shops.ts'
import { createChallenges } from '../../../src/app/user/challenges.ts'
import { createPasskeys } from '../../../src/app/user/passkeys.ts'
import { createSavedViews } from '../../../src/app/user/saved-views.ts'
import { findMerchant } from '../../../src/db/merchant/merchants.ts'
import { connectClient } from '../../../src/db/wire/connection.ts'
import type { Role } from '../../../src/domain/user/role.ts'
import { createEngine } from '../../../src/engine/engine.ts'
import { createLogger } from '../../../src/http/logger.ts'
import { buildServer } from '../../../src/http/server.ts'
import type { WebhookDelivery } from '../../../src/jobs/webhooks/deliver-webhooks.ts'
import { systemClock } from '../../../src/kernel/clock.ts'
import type { MerchantId } from '../../../src/kernel/ids.ts'
import { companions } from '../../../src/main/companions.ts'
import { frequencyOf } from '../../../src/main/frequency-of.ts'
import { wireDevelopers } from '../../../src/main/portal/wire-developers.ts'
import { wireWebhooks } from '../../../src/main/wire/wire-webhooks.ts'
import { shopWebhookUrl } from '../../../src/protocols/kupay/shop/shopify.ts'
import { profiles } from '../../../src/protocols/profiles.ts'
import { portal } from '../../../src/web/portal/index.ts'
import { createLiveStreams } from '../../../src/web/portal/live-streams.ts'
import type { PortalApp } from '../../../src/web/portal/portal-app.ts'
import { noChains } from '../chain/no-chains.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { aMember, aMerchant, goodPassword, peopleOn } from './people.ts'

/** What the portal is reached by where nothing else is said. */
export const publicUrl = 'http://portal.test'

export type PortalOptions = {
  readonly database?: TestDatabase
  readonly build?: PortalApp['build']
  readonly url?: string
  /** what the keys of the database were sealed with */
  readonly sealer?: Sealer
  readonly sandbox?: (auditLog: AuditLog) => StaffSandbox
}

export type PortalServer = ReturnType<typeof peopleOn> & {
  readonly server: FastifyInstance
  readonly app: PortalApp
  readonly database: TestDatabase
  /** delivers nothing before it is started */
  readonly delivery: WebhookDelivery
  readonly merchantId: MerchantId
  readonly otherMerchantId: MerchantId
  /** the cookie of somebody with this role, who has just signed in */
  readonly cookieOf: (role: Role, merchantId?: MerchantId) => Promise<string>
}

/** The portal's own API on a real database, by default one of its own, with two merchants more; closed by itself. */
export async function startPortal(options: PortalOptions = {}): Promise<PortalServer> {
  const database = options.database ?? (await testDatabase())
  const { url = publicUrl, build = { find: () => undefined } } = options
  const { pool } = database
  const world = peopleOn(pool)
  const sealer = options.sealer ?? world.sealer
  const { clock, sessions } = world
  const challenges = createChallenges(Buffer.alloc(32, 3), clock)
  const users = {
    ...world,
    passkeys: createPasskeys({ pool, clock, sessions, publicUrl: url, challenges }),
    savedViews: createSavedViews(pool),
    auditLog: createAuditLog(pool, clock),
    demo: undefined,
  }
  const logger = createLogger({ level: 'silent' })
  const changes = createOrderChanges({ pool, connect: () => connectClient(database.url), onError: () => undefined })
  after(() => changes.close())
  const requests = createRequestLog({ pool, onError: assert.ifError })
  after(() => requests.close())
  const webhooks = wireWebhooks({
    mode: 'sandbox',
    pool,
    databaseUrl: database.url,
    clock,
    sealer,
    logger,
    once: createWriteOnce({ pool, clock, sealer }),
    onRecorded: (merchantId) => changes.note(merchantId),
  })
  after(() => webhooks.close())
  const app: PortalApp = {
    mode: 'sandbox',
    publicUrl: url,
    // Payments and their days; people live on the clock that the test moves.
    clock: systemClock,
    realClock: clock,
    apis: [...profiles.values()].map(({ name, title }) => ({ name, title })),
    isBehindProxy: false,
    build,
    users,
    ...ordersOn(database, users.auditLog, changes),
    live: createLiveStreams(changes),
    developers: wireDevelopers({
      mode: 'sandbox',
      pool,
      sealer,
      webhooks: webhooks.staff,
      requests,
      sandbox: options.sandbox?.(users.auditLog),
    }),
  }
  const server = await buildServer({
    app,
    protocols: [],
    pages: [portal(app)],
    logger,
    operations: { isReady: async () => true, metrics: async () => ({ contentType: 'text/plain', text: '' }) },
    docs: { title: 'Portal', version: '0', description: '', publicUrl },
  })
  after(() => server.close())
  const merchantId = await aMerchant(pool, 'ONE1')
  const otherMerchantId = await aMerchant(pool, 'TWO2')
  let people = 0
  const cookieOf = async (role: Role, merchant = merchantId): Promise<string> => {
    const email = `${role}.${++people}@example.com`
    await aMember(world, { merchantId: merchant, email, role })
    return await signedInCookie(server, email)
  }
  return { ...world, server, app, database, delivery: webhooks.delivery, merchantId, otherMerchantId, cookieOf }
}

function ordersOn(
  { pool, url }: TestDatabase,
  auditLog: AuditLog,
  changes: OrderChanges,
): Pick<PortalApp, 'orders' | 'merchants' | 'chains' | 'brands' | 'catalogue' | 'shopSystem'> {
  const connect = () => connectClient(url, { pipeline: true })
  const engine = createEngine({ clock: systemClock, companions, connect, onCommitted: changes.note })
  after(() => engine.close())
  const buyerOf: BuyerOf = (stored) => profiles.get(stored.payment.protocol)?.buyerOf?.(stored)
  const returnPayment = createReturnPayment({ engine, pool, acquirers: async () => undefined })
  return {
    orders: {
      findOrders: createFindOrders({ pool, buyerOf }),
      orderPages: createOrderPages({
        ...{ pool, clock: systemClock },
        readPlan: createReadPlan({ pool, clock: systemClock, frequencyOf }),
        buyerOf,
        orderView: (stored) => profiles.get(stored.payment.protocol)?.orderView?.(stored),
        contentsOf: (protocol, details) => profiles.get(protocol)?.orderContents?.(details),
      }),
      readSales: createReadSales(pool, systemClock, systemClock),
      showTransfers: (transfers) => showTransfers(pool, transfers),
      act: createActOnOrder({ engine, returnPayment, auditLog }),
    },
    catalogue: createOwnOrganization(pool, createSealer(Buffer.alloc(32, 1)), async () => {
      throw new Error('no file is imported here')
    }),
    chains: noChains(pool, engine, systemClock),
    brands: {
      read: (id) => readBrand(pool, id),
      change: (id, change, by) => changeBrand(pool, id, change, { by, clock: systemClock }),
    },
    shopSystem: {
      ...createShops({ pool, clock: systemClock, sealer: createSealer(Buffer.alloc(32, 1)) }),
      webhookUrl: (merchant) => shopWebhookUrl(publicUrl, merchant),
    },
    merchants: { byId: (id) => findMerchant(pool, id) },
  }
}

/** Signs in over HTTP and answers the cookie as a browser would send it. */
export async function signedInCookie(server: FastifyInstance, email: string, password = goodPassword): Promise<string> {
  const answer = await server.inject({
    method: 'POST',
    url: '/portal/api/session',
    headers: { origin: publicUrl },
    payload: { email, password },
  })
  return cookieIn(answer.headers['set-cookie'])
}

export function cookieIn(header: string | string[] | undefined): string {
  const cookie = [header].flat()[0]?.split(';')[0]
  if (cookie === undefined) throw new Error('no cookie was set')
  return cookie
}
