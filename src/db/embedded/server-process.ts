import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile, rename, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { EmbeddedUnavailable } from './embedded-error.ts'
import type { Place } from './place.ts'
import { isReady } from './postmaster.ts'
import { settingArguments } from './settings.ts'
import { clearSocket } from './socket.ts'

export type ServerProcess = { readonly child: ChildProcess; readonly pid: number; readonly port: number }

type Launch = {
  readonly place: Place
  readonly log: string
  readonly fsync: boolean
  /** where its Unix socket is made, beside the TCP port; undefined for none */
  readonly socket: string | undefined
}

/** The locale is fixed: what the machine has or lacks must not decide whether the database can be made, or how it sorts. */
export const programEnvironment: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  LC_ALL: 'C',
  TZ: 'UTC',
}

/**
 * For the C library's allocator on Linux; others ignore it. A backend takes and returns a few hundred kilobytes with every statement of
 * a batch. By default the top of the heap goes back to the system each time, and comes again page by page: that was
 * up to half of a statement (bench/README.md). With these it keeps up to 8 MB.
 */
const keepHeap: NodeJS.ProcessEnv = {
  MALLOC_TRIM_THRESHOLD_: '8388608',
  MALLOC_TOP_PAD_: '524288',
  MALLOC_MMAP_THRESHOLD_: '4194304',
}

/**
 * Starts the server on `port`, or on another free one when that is taken and `isPortFixed` does not forbid it, and waits until it accepts
 * connections, however long recovery from a crash takes. Children of a server that was killed may hold the files a moment longer,
 * so it is tried again for 15 seconds. Throws EmbeddedUnavailable with the server's own last words.
 */
export async function launch(setup: Launch, port: number, isPortFixed = false): Promise<ServerProcess> {
  let tried = isPortFixed || (await isFree(port)) ? port : await freePort()
  for (const end = Date.now() + 15_000; ; await pause(50)) {
    const result = await launchOnce(setup, tried)
    if (typeof result !== 'string') return result
    const isPortTaken = /could not (bind|create any TCP)|Address already in use/i.test(result)
    const mayPass = isPortTaken || /still in use|already exists/i.test(result)
    if (!mayPass || Date.now() > end)
      throw new EmbeddedUnavailable(`the embedded PostgreSQL did not start: ${lastWords(result)}`)
    if (isPortTaken && !isPortFixed) tried = await freePort()
  }
}

/** The port of `wanted` 0 is any free one. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return address.port
}

/** Keeps the log of the run before beside the new one, so that logs never grow without end. Throws when either name is a folder's. */
export async function turnLog(log: string): Promise<void> {
  await (await open(log, 'a', 0o600)).close()
  await rename(log, `${log}.1`)
}

/** The running server, or what it wrote before it ended. */
async function launchOnce({ place, log, fsync, socket }: Launch, port: number): Promise<ServerProcess | string> {
  if (socket !== undefined) await clearSocket(socket, port)
  const output = await open(log, 'a', 0o600)
  const { size } = await stat(log)
  let child: ChildProcess
  try {
    child = spawn(join(place.programs, 'bin/postgres'), ['-D', place.files, ...settingArguments(port, fsync, socket)], {
      ...place.account,
      cwd: '/',
      env: { ...programEnvironment, ...keepHeap },
      stdio: ['ignore', output.fd, output.fd],
      // A session of its own: Ctrl-C in a terminal reaches every process of the group, and would end the database before
      // the server has finished what it accepted.
      detached: true,
    })
    await once(child, 'spawn')
  } catch (error) {
    throw new EmbeddedUnavailable(`the embedded PostgreSQL did not start: ${String(error)}`, { cause: error })
  } finally {
    await output.close()
  }
  child.unref()
  const { pid } = child
  if (pid === undefined) throw new Error('a spawned process has a pid')
  for (; child.exitCode === null && child.signalCode === null; await pause(5)) {
    if (await isReady(place.files, pid)) return { child, pid, port }
  }
  return (await readFile(log)).subarray(size).toString('utf8')
}

async function isFree(port: number): Promise<boolean> {
  if (port === 0) return false
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
    server.close()
    await once(server, 'close')
    return true
  } catch {
    return false // taken, or not allowed: another one will do
  }
}

function lastWords(output: string): string {
  const lines = output.trim().split('\n')
  const said = lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? ''
  return said.replace(/^.*?(FATAL|PANIC):\s*/, '') || 'it ended without a word'
}
