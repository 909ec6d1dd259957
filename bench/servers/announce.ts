import type { FastifyInstance } from 'fastify'

/** Listens on any free loopback port, says which in the words of `tercet start`, and ends on SIGTERM. */
export async function announce(server: FastifyInstance, close: () => Promise<unknown> = () => server.close()) {
  const address = await server.listen({ port: 0, host: '127.0.0.1' })
  process.once('SIGTERM', () => void close().finally(() => process.exit()))
  console.log(`is ready at ${address}`)
}
