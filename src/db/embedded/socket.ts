import { rm } from 'node:fs/promises'
import { join } from 'node:path'

/** What the address of a socket can hold on Linux and, less, on macOS, without the zero at its end. */
const longest = process.platform === 'darwin' ? 103 : 107

/** PostgreSQL's own name for it. The port only tells sockets apart. */
const socketName = (port: number) => `.s.PGSQL.${port}`

/**
 * The folder of the server's Unix socket: that of its files, which nobody but their owner can enter. Over it a batch costs server and
 * database less than over TCP. Undefined where the path is too long for a socket or has a character that the setting
 * cannot hold: then TCP has to do.
 */
export function socketFolder(files: string): string | undefined {
  const path = join(files, socketName(65_535))
  return Buffer.byteLength(path) <= longest && !/["\n]/.test(path) ? files : undefined
}

/**
 * Removes what a killed server left. The number in its lock may by now be that of some other program (in a container that was started
 * again it often is), which PostgreSQL would take for a living server. Only for files whose server is known to be gone.
 */
export async function clearSocket(folder: string, port: number): Promise<void> {
  const socket = join(folder, socketName(port))
  await Promise.all([rm(socket, { force: true }), rm(`${socket}.lock`, { force: true })])
}
