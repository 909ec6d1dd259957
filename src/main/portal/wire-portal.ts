import type pg from 'pg'
import type { App } from '../../app/app.ts'
import type { ReturnPayment } from '../../app/attempt/return-payment.ts'
import { showTransfers } from '../../app/chain/shown-transfers.ts'
import type { OrderChanges } from '../../app/live/order-changes.ts'
import { changeBrand, readBrand } from '../../app/merchant/brand.ts'
import { createActOnOrder } from '../../app/payment/act-on-order.ts'
import { createFindOrders } from '../../app/payment/find-orders.ts'
import { type BuyerOf, createOrderPages } from '../../app/payment/order-page.ts'
import { createReadSales } from '../../app/payment/read-sales.ts'
import { createStaffSandbox } from '../../app/sandbox/staff-sandbox.ts'
import { outageAsUnavailable } from '../../app/shared/outage.ts'
import type { Sealer } from '../../app/shared/seal.ts'
import { findMerchant } from '../../db/merchant/merchants.ts'
import type { Engine } from '../../engine/command.ts'
import { type Clock, systemClock } from '../../kernel/clock.ts'
import { shopWebhookUrl } from '../../protocols/kupay/shop/shopify.ts'
import { profiles } from '../../protocols/profiles.ts'
import { createLiveStreams } from '../../web/portal/live-streams.ts'
import type { PortalApp } from '../../web/portal/portal-app.ts'
import type { Config } from '../config.ts'
import { type DeveloperParts, wireDevelopers } from './wire-developers.ts'
import { wireUsers } from './wire-users.ts'

export type PortalParts = {
  readonly config: Pick<Config, 'mode' | 'secretKey' | 'isBehindTlsProxy'>
  readonly pool: pg.Pool
  /** where tries to sign in are counted */
  readonly brakePool: pg.Pool
  readonly sealer: Sealer
  readonly publicUrl: string
  /** the payments' clock: the sandbox's can be moved */
  readonly clock: Clock
  readonly engine: Engine
  readonly returnPayment: ReturnPayment
  readonly readPlan: App['readPlan']
  readonly orderView: App['orderView']
  readonly chains: App['chains']
  readonly catalogue: PortalApp['catalogue']
  readonly shops: App['shops']
  readonly build: PortalApp['build']
  readonly changes: Pick<OrderChanges, 'watch'>
  readonly developers: Omit<DeveloperParts, 'mode' | 'pool' | 'sealer' | 'sandbox'>
  /** undefined in live mode */
  readonly sandbox: Omit<Parameters<typeof createStaffSandbox>[0], 'auditLog'> | undefined
}

/** The portal's side of the program. People and their notes live on real time. */
export function wirePortal({
  config,
  pool,
  brakePool,
  sealer,
  publicUrl,
  clock,
  engine,
  returnPayment,
  readPlan,
  orderView,
  chains,
  catalogue,
  shops,
  build,
  changes,
  developers,
  sandbox,
}: PortalParts): PortalApp {
  const buyerOf: BuyerOf = (stored) => profiles.get(stored.payment.protocol)?.buyerOf?.(stored)
  const users = wireUsers({ pool, brakePool, sealer, publicUrl, config })
  return {
    mode: config.mode,
    publicUrl,
    clock,
    realClock: systemClock,
    apis: [...profiles.values()].map(({ name, title }) => ({ name, title })),
    isBehindProxy: config.isBehindTlsProxy,
    build,
    users,
    orders: {
      findOrders: createFindOrders({ pool, buyerOf }),
      orderPages: createOrderPages({
        ...{ pool, clock: systemClock, readPlan, orderView, buyerOf },
        contentsOf: (protocol, details) => profiles.get(protocol)?.orderContents?.(details),
      }),
      readSales: createReadSales(pool, clock, systemClock),
      showTransfers: (transfers) => outageAsUnavailable(showTransfers(pool, transfers)),
      act: createActOnOrder({ engine, returnPayment, auditLog: users.auditLog }),
    },
    chains,
    catalogue,
    brands: {
      read: (id) => readBrand(pool, id),
      change: (id, change, by) => changeBrand(pool, id, change, { by, clock: systemClock }),
    },
    shopSystem: {
      ...{ hasSecret: shops.hasSecret, setSecret: shops.setSecret },
      webhookUrl: (merchant) => shopWebhookUrl(publicUrl, merchant),
    },
    developers: wireDevelopers({
      ...developers,
      ...{ mode: config.mode, pool, sealer },
      sandbox: sandbox && createStaffSandbox({ ...sandbox, auditLog: users.auditLog }),
    }),
    live: createLiveStreams(changes),
    merchants: { byId: (id) => outageAsUnavailable(findMerchant(pool, id)) },
  }
}
