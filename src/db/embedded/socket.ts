import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'

/** What the address of a socket can hold on Linux and, less, on macOS, without the zero at its end. */
const longest = process.platform === 'darwin' ? 103 : 107

/** PostgreSQL's own name for it. The port only tells sockets apart. */
const socketName = (port: number) => `.s.PGSQL.${port}`

/**
 * The folder for the server's Unix socket: that of its files, which nobody but their owner can enter. Over it a batch costs server and
 * database less than over TCP. Undefined where the path is too long for a socket or has a character that the setting cannot hold,
 * and on a file system without sockets (folders shared into a container often are): then TCP has to do.
 */
export async function findSocketFolder(files: string): Promise<string | undefined> {
  const path = join(files, socketName(65_535))
  if (Buffer.byteLength(path) > longest || /["\n]/.test(path)) return undefined
  return (await canHoldSockets(files)) ? files : undefined
}

async function canHoldSockets(folder: string): Promise<boolean> {
  const path = join(folder, '.s.probe')
  const server = createServer()
  try {
    await rm(path, { force: true })
    server.listen(path)
    await once(server, 'listening')
    server.close()
    await once(server, 'close')
    return true
  } catch {
    return false // whatever the system has against it
  }
}

/**
 * Removes what a killed server left. The number in its lock may by now be that of some other program (in a container that was started
 * again it often is), which PostgreSQL would take for a living server. Only for files whose server is known to be gone.
 */
export async function clearSocket(folder: string, port: number): Promise<void> {
  const socket = join(folder, socketName(port))
  await Promise.all([rm(socket, { force: true }), rm(`${socket}.lock`, { force: true })])
}
