import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { after } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { request } from 'undici'
import { readState } from '../../../src/db/embedded/state-file.ts'
import { scalapayMerchantKey } from '../../../src/main/fixtures.ts'
import { freePort } from '../free-port.ts'
import { anOrder } from '../payments/orders.ts'
import { programFile } from '../program/program-file.ts'
import { serverEnvironment } from '../server-environment.ts'

const root = join(import.meta.dirname, '../../..')

export type Started = {
  readonly url: string
  readonly child: ChildProcess
  /** how it ended; resolves then */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  /** the status of an order that is made now; undefined when nobody answers */
  readonly order: () => Promise<number | undefined>
  readonly get: (path: string) => Promise<{ readonly status: number; readonly text: string }>
  /** Waits, without a limit of its own, until the condition holds. */
  readonly until: (condition: () => Promise<boolean>) => Promise<void>
  /** the process number of its PostgreSQL */
  readonly postgres: () => Promise<number | undefined>
}

type Options = {
  readonly folder: string
  readonly environment?: Readonly<Record<string, string>>
  /** where its output goes: a descriptor, or a pipe that the test may read, close or leave alone; default nowhere */
  readonly stdout?: number | 'pipe' | 'ignore'
  /** in place of Node and its first words */
  readonly command?: readonly string[]
  /** where the program is installed, and, in place of the command line, how it is started there; default: this checkout, by Node */
  readonly installed?: string
  readonly script?: readonly string[]
}

/** A server that takes orders, whatever its output is connected to. */
export async function startServer(options: Options): Promise<Started> {
  const { folder, environment = {}, stdout = 'ignore', installed = root, command = [process.execPath] } = options
  const port = await freePort()
  const file = options.installed ? join(installed, 'src/cli/tercet.js') : programFile('src/cli/tercet.js')
  const [program = '', ...words] = options.script ?? [...command, file, 'start']
  const child = spawn(program, words, {
    cwd: installed,
    env: { ...serverEnvironment, PORT: String(port), TERCET_DATA: folder, ...environment },
    stdio: ['ignore', stdout, 'ignore'],
  })
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }))
  // Of a test that failed nothing is left running.
  after(() => child.kill('SIGKILL'))
  const url = `http://localhost:${port}`
  const get = async (path: string) => {
    const { statusCode, body } = await request(`${url}${path}`)
    return { status: statusCode, text: await body.text() }
  }
  const until = async (condition: () => Promise<boolean>) => {
    while (!(await condition().catch(() => false))) await pause(20)
  }
  await Promise.race([
    until(async () => (await get('/readyz')).status === 200),
    ended.then(({ code }) => Promise.reject(new Error(`the server ended with ${code}`))),
  ])
  return {
    url,
    child,
    ended,
    get,
    until,
    order: () => order(url),
    postgres: async () => (await readState(folder))?.pid ?? undefined,
  }
}

async function order(url: string): Promise<number | undefined> {
  try {
    const { statusCode, body } = await request(`${url}/v2/orders`, {
      method: 'POST',
      headers: { authorization: `Bearer ${scalapayMerchantKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(anOrder()),
    })
    await body.dump()
    return statusCode
  } catch {
    return undefined
  }
}

export function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0)
  } catch {
    return false
  }
}
