import { once } from 'node:events'
import { createServer } from 'node:net'

/** Takes a port and lets it go: one that another program has is told before a database is started for nothing. Throws what `listen` throws. */
export async function tryPort(port: number, host: string): Promise<void> {
  const server = createServer().listen({ port, host })
  await once(server, 'listening')
  server.close()
  await once(server, 'close')
}
