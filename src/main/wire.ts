import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { App } from '../app/app.ts'
import { createAuthorizeOrder } from '../app/authorize-order.ts'
import { createMerchantDirectory } from '../app/merchant-directory.ts'
import { createPaymentReader } from '../app/payment-reader.ts'
import { connectClient } from '../db/connection.ts'
import { pendingMigrations } from '../db/migrate.ts'
import { createEngine, type RunningEngine } from '../engine/engine.ts'
import { buildServer } from '../http/server.ts'
import { type Clock, systemClock } from '../kernel/clock.ts'
import { protocols } from '../protocols/index.ts'
import { returnUrls } from '../protocols/scalapay/return-urls.ts'
import { createSandbox } from '../rails/card/sandbox/sandbox.ts'
import { pages } from '../web/index.ts'
import type { Config } from './config.ts'
import { createMetrics } from './metrics.ts'
import { version } from './version.ts'

export type Wired = {
  readonly server: FastifyInstance
  readonly engine: RunningEngine
  readonly clock: Clock
  /** Finishes what was accepted. The pool stays its owner's. */
  readonly close: () => Promise<void>
}

export type Parts = {
  readonly config: Pick<Config, 'mode' | 'tls'>
  readonly databaseUrl: string
  readonly pool: pg.Pool
  readonly publicUrl: string
  readonly logger: FastifyBaseLogger
}

/** Builds the program out of its parts; nothing runs before `server.listen`. */
export async function wire({ config, databaseUrl, pool, publicUrl, logger }: Parts): Promise<Wired> {
  const clock = systemClock
  const engine = createEngine({
    clock,
    connect: () => connectClient(databaseUrl, { pipeline: true, applicationName: 'tercet-lane' }),
  })
  const app: App = {
    mode: config.mode,
    publicUrl,
    clock,
    engine,
    merchants: createMerchantDirectory(pool),
    payments: createPaymentReader(pool),
    authorizeOrder: createAuthorizeOrder(engine, createSandbox(clock)),
    returnUrls,
  }
  const server = await buildServer({
    app,
    protocols,
    pages,
    logger,
    tls: config.tls,
    operations: {
      isReady: async () => (await pendingMigrations(pool)).length === 0,
      metrics: createMetrics(engine),
    },
    docs: { title: 'Tercet', version, description: 'Merchant APIs of this Tercet server.', publicUrl },
  })
  return {
    server,
    engine,
    clock,
    close: async () => {
      await server.close()
      await engine.close()
    },
  }
}
