import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname } from 'node:path'

const root = dirname(dirname(import.meta.dirname))
const { PATH, NODE_COMPILE_CACHE } = process.env

export type ServerProcess = { readonly port: number; readonly pid: number; readonly stop: () => Promise<void> }

/**
 * Runs Node in the project's folder with a script that says where it `is ready at`. Rejects with its last words when it ends
 * before that.
 */
export async function startServer(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [...nodeOptions(), ...words], {
    cwd: root,
    env: { PATH, ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const port = await readyPort(child)
  return { port, pid: child.pid as number, stop: () => stop(child) }
}

/** `BENCH_NODE_OPTIONS='--cpu-prof --cpu-prof-dir=profiles'` profiles every server that is started. */
function nodeOptions(): string[] {
  return process.env.BENCH_NODE_OPTIONS?.split(' ').filter((word) => word !== '') ?? []
}

function readyPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let out = ''
    let err = ''
    child.stderr?.on('data', (chunk) => {
      err = (err + String(chunk)).slice(-4_000)
    })
    child.stdout?.on('data', (chunk) => {
      out += String(chunk)
      const port = /is ready at \S+:(\d+)/.exec(out)?.[1]
      if (port === undefined) return
      resolve(Number(port))
      // From here on it says what went wrong, and why a request failed is read nowhere else.
      child.stdout?.removeAllListeners('data').on('data', (chunk) => process.stderr.write(chunk))
    })
    child.once('close', (code) => reject(new Error(`a server ended (${code}) before it was ready: ${err}`)))
  })
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
