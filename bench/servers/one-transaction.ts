import type { App } from '../../src/app/app.ts'
import { createAuthorizeOrder } from '../../src/app/authorize-order.ts'
import { createMerchantDirectory } from '../../src/app/merchant-directory.ts'
import { createPaymentReader } from '../../src/app/payment-reader.ts'
import { connectPool } from '../../src/db/connection.ts'
import { createLogger } from '../../src/http/logger.ts'
import { buildServer } from '../../src/http/server.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { scalapay } from '../../src/protocols/scalapay/index.ts'
import { returnUrls } from '../../src/protocols/scalapay/return-urls.ts'
import { createSandbox } from '../../src/rails/card/sandbox/sandbox.ts'
import { announce } from './announce.ts'
import { createOneTransactionEngine } from './one-transaction-engine.ts'

/** The whole server, routes, checks and all, with nothing exchanged but the engine. Needs a migrated DATABASE_URL. */
const url = process.env.DATABASE_URL ?? ''
const pool = connectPool(url)
const engine = createOneTransactionEngine(url, systemClock)
const app: App = {
  mode: 'sandbox',
  publicUrl: 'http://localhost:8080',
  clock: systemClock,
  engine,
  merchants: createMerchantDirectory(pool),
  payments: createPaymentReader(pool),
  authorizeOrder: createAuthorizeOrder(engine, createSandbox(systemClock)),
  returnUrls,
}
const server = await buildServer({
  app,
  protocols: [scalapay],
  pages: [],
  operations: { isReady: async () => true, metrics: async () => ({ contentType: 'text/plain', text: '' }) },
  docs: { title: 'Comparison', version: '0', description: '', publicUrl: app.publicUrl },
  logger: createLogger({ level: 'warn' }),
})
await announce(server, async () => {
  await server.close()
  await engine.close()
  await pool.end()
})
