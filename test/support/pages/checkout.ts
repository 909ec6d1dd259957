import { after } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { App, ReturnUrls } from '../../../src/app/app.ts'
import type { PaymentState } from '../../../src/domain/payment/state.ts'
import { createLogger } from '../../../src/http/logger.ts'
import { buildServer } from '../../../src/http/server.ts'
import type { PaymentId } from '../../../src/kernel/ids.ts'
import { scalapay } from '../../../src/protocols/scalapay/index.ts'
import { pages } from '../../../src/web/index.ts'
import { freePort } from '../free-port.ts'
import { anOrder } from '../payments/orders.ts'
import { merchantKey, type ScalapayServer, startScalapay } from '../protocols/scalapay.ts'

export type CheckoutServer = Omit<ScalapayServer, 'server' | 'port' | 'routes' | 'log' | 'sealer'> & {
  readonly server: FastifyInstance
  /** where it listens: `http://localhost:40123` */
  readonly origin: string
  /** every line that was logged, JSON texts */
  readonly log: readonly string[]
  /** a new order's token, made through the merchant's API; `urls` are its return URLs */
  readonly order: (overrides?: Readonly<Record<string, unknown>>, urls?: ReturnUrls) => Promise<string>
  /** the order's state as it is stored */
  readonly stateOf: (token: string) => Promise<PaymentState | undefined>
}

/** Merchant API and pages on a real engine and database; closed by itself. */
export async function startCheckout(change?: (app: App) => Partial<App>): Promise<CheckoutServer> {
  const port = await freePort()
  const publicUrl = `http://localhost:${port}`
  const { app, database, advance, runTimer } = await startScalapay((real) => {
    const here = { ...real, publicUrl }
    return { publicUrl, ...change?.(here) }
  })
  const log: string[] = []
  const server = await buildServer({
    app,
    protocols: [scalapay],
    pages,
    operations: { isReady: async () => true, metrics: async () => ({ contentType: 'text/plain', text: '' }) },
    docs: { title: 'Test', version: '0', description: '', publicUrl: app.publicUrl },
    logger: createLogger({ destination: { write: (line: string) => void log.push(line) } }),
  })
  const origin = (await server.listen({ port, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost')
  after(() => server.close())
  const headers = { authorization: `Bearer ${merchantKey}` }
  const order: CheckoutServer['order'] = async (overrides = {}, urls) => {
    const merchant = urls && { merchant: { redirectConfirmUrl: urls.confirm, redirectCancelUrl: urls.cancel } }
    const body = anOrder({ ...merchant, ...overrides })
    const created = await server.inject({ method: 'POST', url: '/v2/orders', headers, body })
    if (created.statusCode !== 200) throw new Error(created.body)
    return created.json<{ token: string }>().token
  }
  const stateOf = async (token: string) => {
    const merchant = await app.merchants.byPaymentId(token as PaymentId)
    const stored = merchant && (await app.payments.find(merchant.id, token as PaymentId))
    return stored?.payment.state
  }
  return { server, app, database, advance, runTimer, origin, log, order, stateOf }
}
