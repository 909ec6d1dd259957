import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { programFile } from '../program/program-file.ts'
import { serverEnvironment } from '../server-environment.ts'

const root = join(import.meta.dirname, '../../..')

export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null }

export type TercetProcess = {
  readonly child: ChildProcess
  /** what it wrote so far */
  readonly out: () => string
  readonly err: () => string
  /** Resolves when the banner is out; rejects with the last words when the process ends before. */
  readonly ready: Promise<void>
  readonly ended: Promise<Ended>
  /** SIGKILL, and the end of the process awaited. */
  readonly kill: () => Promise<void>
  /** SIGTERM, and the end of the process awaited. */
  readonly stop: () => Promise<Ended>
}

/**
 * `tercet start` in a process and process group of its own, with next to nothing of this process's environment.
 */
export function spawnTercet(
  environment: Readonly<Record<string, string>>,
  program = programFile('src/cli/tercet.js'),
): TercetProcess {
  const child = spawn(process.execPath, [program, 'start'], {
    cwd: root,
    env: { ...serverEnvironment, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let out = ''
  let err = ''
  child.stderr.on('data', (chunk) => {
    err += String(chunk)
  })
  const ended = once(child, 'close').then(([code, signal]): Ended => ({ code, signal }))
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      out += String(chunk)
      if (out.includes('is ready at')) resolve()
    })
    ended.then(({ code, signal }) => reject(new Error(`tercet ended (${code ?? signal}) before it was ready: ${err}`)))
  })
  ready.catch(() => undefined) // whoever waits for it is told; nobody has to
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  return {
    child,
    out: () => out,
    err: () => err,
    ready,
    ended,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  }
}
