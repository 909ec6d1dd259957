import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import { createPaymentChanges } from '../../app/chain/payment-changes.ts'
import { createPayees } from '../../app/payee/payees.ts'
import { createRequestLog, type RequestLog } from '../../app/request-log/request-log.ts'
import { levelOf, outageAsUnavailable } from '../../app/shared/outage.ts'
import { createMigrationCheck } from '../../db/migrate/migrate.ts'
import { takesWrites } from '../../db/wire/takes-writes.ts'
import type { Elsewhere } from '../../http/elsewhere.ts'
import { buildServer } from '../../http/server.ts'
import { systemClock } from '../../kernel/clock.ts'
import { protocols } from '../../protocols/index.ts'
import { currencies } from '../../protocols/kupay/payments/amount.ts'
import { findOwnRequest, openOwnAmount } from '../../protocols/kupay/payments/open-own-amount.ts'
import { profiles } from '../../protocols/profiles.ts'
import { tercet } from '../../protocols/tercet/index.ts'
import { home } from '../../web/home/index.ts'
import { pages } from '../../web/index.ts'
import { pay } from '../../web/pay/index.ts'
import { portal } from '../../web/portal/index.ts'
import { request } from '../../web/request/index.ts'
import { widget } from '../../web/widget/index.ts'
import { playground } from '../../web/widget/playground/index.ts'
import { sandboxPayee } from '../chains/chain-fixtures.ts'
import { docsInfo } from '../docs-info.ts'
import { createOrderFaults } from '../order-faults.ts'
import { wirePortal } from '../portal/wire-portal.ts'
import { createSandboxDesk, sandboxCards } from '../sandbox-desk.ts'
import { createMetrics } from './metrics.ts'
import type { Parts, Wired } from './parts.ts'
import type { Core } from './wire-core.ts'

export type WiredServer = Pick<Wired, 'server' | 'isReady'> & {
  /** Writes down what is known of the last requests. */
  readonly close: () => Promise<void>
}

/** Everything that has an address: protocols, pages, and what operators ask. */
export async function wireServer(parts: Parts, core: Core, app: App): Promise<WiredServer> {
  const { config, pool, publicUrl, logger, worker, cell, meters } = parts
  const { webhooks, jobs, chains, engine } = core
  const requestLog = createRequestLog({
    pool,
    onError: (error) => logger.warn({ err: error }, 'requests could not be written to their log'),
  })
  const isReady = await createIsReady(parts, core)
  const desk = config.mode === 'sandbox' ? { ...createSandboxDesk(() => server), hasDocs: config.hasDocs } : undefined
  const server: FastifyInstance = await buildServer({
    app,
    protocols: [...protocols, tercet(webhooks.management, { mover: jobs.mover, chains: chains.local }, app)],
    pages: [...pages, home(desk), ...pagesOf(parts, core, app, requestLog)],
    served: { hasRoom: requestLog.hasRoom, take: (served) => requestLog.take({ ...served, at: systemClock.now() }) },
    ...(meters && { answersOf: meters.answersOf }),
    logger,
    tls: config.tls,
    operations: {
      isHealthy: () => !(parts.embedded?.isHopeless() || worker?.isHopeless()),
      isReady: cell?.isAnyReady ?? isReady,
      metrics: meters
        ? createMetrics(meters, cell?.stats ?? (() => [engine.stats()]), parts.droppedLogLines, worker?.metrics)
        : undefined,
    },
    elsewhere: oneAfterTheOther(worker?.elsewhere, cell?.elsewhere),
    pageCookie: cell && { name: 'tercet_cell', value: cell.name },
    docs: config.hasDocs ? docsInfo(publicUrl) : undefined,
  })
  return { server, isReady, close: () => requestLog.close() }
}

/** Pages that are made of more than `App`. */
function pagesOf(parts: Parts, core: Core, app: App, requests: RequestLog) {
  const { config, pool, publicUrl, sealer, build, logger } = parts
  const { mode } = config
  const { clock, chains, jobs } = core
  const claim = parts.cell?.claim
  return [
    pay({
      ...{ mode, publicUrl, clock, build, merchants: app.merchants, payments: app.payments, chains: app.chains },
      changes: createPaymentChanges({
        ...{ pool, clock },
        onError: (error) => logger[levelOf(error)]({ err: error }, 'pay pages could not be told what has changed'),
      }),
      linksOf: (stored) => profiles.get(stored.payment.protocol)?.walletLinks?.(stored),
      wallet: mode === 'sandbox' ? chains.local : undefined,
    }),
    request({
      ...{ mode, publicUrl, clock, build, merchants: app.merchants, chains: app.chains, currencies },
      isBehindProxy: config.isBehindTlsProxy,
      open: (amount) => openOwnAmount(app, amount),
      asks: config.hasRequests
        ? {
            payees: createPayees({ pool, clock, settings: app.chains.settings, claim }),
            find: (merchant, id) => findOwnRequest(app, merchant, id),
            demo: mode === 'sandbox' ? sandboxPayee : undefined,
          }
        : undefined,
    }),
    widget({ mode, publicUrl, merchants: app.merchants, build }),
    playground({ mode, publicUrl, build }),
    portal(
      wirePortal({
        ...{ config, pool, brakePool: core.brakePool, sealer, publicUrl, clock, build },
        ...{ engine: core.engine, changes: core.changes },
        ...{ readPlan: app.readPlan, orderView: app.orderView, chains: app.chains, shops: app.shops },
        returnPayment: app.organizations.returnPayment,
        catalogue: app.organizations.organization,
        sandbox: jobs.mover && {
          ...{ mover: jobs.mover, chains: chains.local, messages: app.messages, cards: sandboxCards },
          orderFaults: createOrderFaults(config.dataFolder),
        },
        developers: { requests, webhooks: core.webhooks.staff, claim },
      }),
    ),
  ]
}

/** Whether a payment could be written now: the tables are of this version, and the database takes writes. */
async function createIsReady({ pool }: Parts, { engine }: Core): Promise<() => Promise<boolean>> {
  const pending = await createMigrationCheck()
  return async () =>
    (await outageAsUnavailable(pending(pool))).length === 0 &&
    (await outageAsUnavailable(takesWrites(pool))) &&
    (await engine.canWrite())
}

function oneAfterTheOther(first: Elsewhere | undefined, second: Elsewhere | undefined): Elsewhere | undefined {
  if (!first || !second) return first ?? second
  return (request) => first(request) ?? second(request)
}
