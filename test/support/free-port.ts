import { once } from 'node:events'
import { createServer, type Server } from 'node:net'

/** Below the ports that Linux gives to whoever asks for any (32,768 and up), which includes every outgoing connection. */
const lowest = 20_000
const blockSize = 100
const blocks = 120

let ownBlock: Promise<number> | undefined
let given = 0

/**
 * A port for a server that is about to be started. The system promises a free one only to who listens on it already: until the server does, another test
 * file may be given the same. So each process has a block of ports of its own, for as long as it listens on the first of them.
 */
export async function freePort(): Promise<number> {
  ownBlock ??= takeBlock()
  const block = await ownBlock
  for (;;) {
    given += 1
    // Taken before anything is waited for: several may ask at once.
    const port = block + 1 + (given % (blockSize - 1))
    const server = await listenOn(port)
    if (!server) continue
    server.close()
    await once(server, 'close')
    return port
  }
}

async function takeBlock(): Promise<number> {
  for (let tried = 0; tried < blocks; tried++) {
    const first = lowest + ((process.pid + tried) % blocks) * blockSize
    const server = await listenOn(first)
    if (!server) continue
    server.unref()
    return first
  }
  throw new Error(`all ports from ${lowest} on are taken`)
}

/** Undefined when it is taken. */
async function listenOn(port: number): Promise<Server | undefined> {
  const server = createServer().listen(port, '127.0.0.1')
  return await once(server, 'listening').then(
    () => server,
    () => undefined,
  )
}
