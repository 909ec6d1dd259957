import type { FastifyInstance } from 'fastify'

/** What the machinery around the program asks of it. The functions are passed in by `main`. */
export type Operations = {
  /** false when only a new start of the program could help; default true */
  readonly isHealthy?: () => boolean
  /** true when a payment could be written now: database, migrations and the connections that write are as this program needs them */
  readonly isReady: () => Promise<boolean>
  /** Prometheus text; undefined: no `/metrics` */
  readonly metrics: (() => Promise<{ readonly contentType: string; readonly text: string }>) | undefined
}

/** `/healthz` (the process answers, and has hope), `/readyz` (it can take payments now), `/metrics`. Outside the API documentation. */
export function registerOperations(server: FastifyInstance, operations: Operations): void {
  const hidden = { schema: { hide: true } }
  server.get('/healthz', hidden, (_request, reply) => {
    const isHealthy = operations.isHealthy?.() ?? true
    return isHealthy ? reply.send({ status: 'ok' }) : reply.code(503).send({ status: 'the database does not start' })
  })
  server.get('/readyz', hidden, async (request, reply) => {
    const isReady = await operations.isReady().catch((error: unknown) => {
      // An outage: the question itself failed, which is an answer.
      request.log.warn({ reqId: request.id, err: error }, 'not ready')
      return false
    })
    return isReady ? reply.send({ status: 'ready' }) : reply.code(503).header('retry-after', '1').send(notReady)
  })
  const { metrics } = operations
  if (!metrics) return
  server.get('/metrics', hidden, async (_request, reply) => {
    const { contentType, text } = await metrics()
    return reply.header('content-type', contentType).send(text)
  })
}

const notReady = { status: 'not ready' }
