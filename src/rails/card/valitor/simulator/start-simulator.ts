import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { BookLine } from './book.ts'
import type { Fault } from './faults.ts'
import { defaultSettings, type SimulatorSettings } from './settings.ts'

export type SimulatorOptions = {
  /** the acquirer's own book; what is in it survives the process */
  readonly bookFile: string
  /** 0, the default, takes a free one */
  readonly port?: number
  readonly settings?: SimulatorSettings
  /** how far its clock is ahead of the system's, microseconds; default 0 */
  readonly clockOffset?: bigint
}

export type SimulatorBook = { readonly calls: number; readonly entries: readonly BookLine[] }

export type Simulator = {
  /** the SOAP endpoint, and the base of `/control/faults` and `/control/book` */
  readonly url: string
  readonly pid: number
  /** resolves when the process is gone, whoever ended it */
  readonly ended: Promise<void>
  readonly control: {
    /** replaces the faults that wait */
    faults(faults: readonly Fault[]): Promise<void>
    book(): Promise<SimulatorBook>
    /** Sets how far its clock is ahead of the system's, in microseconds; resolves once it is. */
    clock(offset: bigint): Promise<void>
  }
  /** SIGKILL, and waits for the end */
  kill(): Promise<void>
  /** SIGTERM, and waits for the end */
  stop(): Promise<void>
}

/** Starts the simulator as a process of its own, which ends with this one, and waits until it listens. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  // A session of its own: Ctrl-C in a terminal would end it before the server has finished what it accepted.
  const child = spawn(process.execPath, [entry, ...argumentsOf(options)], { stdio: 'pipe', detached: true })
  // No process to be had (EMFILE, EAGAIN): rejects, and without this listener would end the server.
  await once(child, 'spawn')
  let complaint = ''
  child.stderr.on('data', (chunk) => {
    complaint += chunk
  })
  const exited = once(child, 'close').then(() => undefined)
  const first = await Promise.race([once(createInterface(child.stdout), 'line'), exited])
  if (first === undefined || child.pid === undefined)
    throw new Error(`the acquirer simulator did not start: ${complaint}`)
  child.stderr.removeAllListeners('data').pipe(process.stderr)
  const { url } = JSON.parse(String(first[0])) as { readonly url: string }
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal)
    await exited
  }
  return {
    url,
    pid: child.pid,
    ended: exited,
    control: controlOf(url),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}

const entry = fileURLToPath(new URL('main.ts', import.meta.url))

function argumentsOf({ bookFile, port = 0, settings = defaultSettings, clockOffset = 0n }: SimulatorOptions): string[] {
  const { username, password, posId, currency } = settings
  const terminal = ['--username', username, '--password', password, '--pos-id', posId, '--currency', currency]
  return ['--book', bookFile, '--port', String(port), `--clock-offset=${clockOffset}`, ...terminal, '--with-parent']
}

/** The controls of a simulator that listens there, whoever started it. They throw when it cannot be told. */
export function controlOf(url: string): Simulator['control'] {
  return {
    async faults(faults) {
      const response = await fetch(`${url}/control/faults`, {
        method: 'POST',
        body: JSON.stringify(faults),
        signal: AbortSignal.timeout(10_000),
      })
      if (!response.ok) throw new Error(`the simulator refused the faults: ${await response.text()}`)
      await response.arrayBuffer()
    },
    async book() {
      const response = await fetch(`${url}/control/book`)
      if (!response.ok) throw new Error(`the simulator's book cannot be read: ${response.status}`)
      return (await response.json()) as SimulatorBook
    },
    async clock(offset) {
      const body = JSON.stringify({ offset: String(offset) })
      const response = await fetch(`${url}/control/clock`, { method: 'POST', body, signal: AbortSignal.timeout(1_000) })
      if (!response.ok) throw new Error(`the simulator refused the clock: ${response.status}`)
      await response.arrayBuffer()
    },
  }
}
