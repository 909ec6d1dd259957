import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { chmod, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort } from '../../src/db/embedded/server-process.ts'
import { readState } from '../../src/db/embedded/state-file.ts'
import { connectClient } from '../../src/db/wire/connection.ts'
import type { Cluster } from '../support/crash/crash-cluster.ts'
import { killBackend, killPostgres } from '../support/crash/kill-postgres.ts'
import { isAlive } from '../support/load/started.ts'
import { merchantKey } from '../support/protocols/scalapay.ts'
import type { Tally } from './tally.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')

/** What can be hurt: the sandbox as `npm start` runs it, with its own database and acquirer, on a disk of its own that can be filled. */
export type Attacked = Cluster & {
  readonly url: string
  readonly port: number
  readonly data: string
  /** where every second start logs to; the others log to a full disk */
  readonly log: string
  readonly errors: string
  /** how often it was hurt so far; undefined while it is not whole again */
  readonly hurts: () => number | undefined
  /** Hurts it in a way that heals by itself, or needs no crash; resolves when it is whole again. */
  readonly trouble: Readonly<Record<string, () => Promise<void>>>
  /** the longest turn of the event loop meanwhile, milliseconds of processor time; undefined when the server died */
  readonly longestTurn: (work: () => Promise<unknown>) => Promise<number | undefined>
  readonly routes: () => Promise<readonly { readonly method: string; readonly path: string }[]>
  readonly databaseUrl: () => Promise<string>
  readonly simulator: () => Promise<{ readonly url: string; readonly pid: number }>
}

const canMount = process.platform === 'linux' && process.getuid?.() === 0

export async function startAttacked(folder: string, tally: Tally): Promise<Attacked> {
  const disk = join(folder, 'disk')
  await mkdir(disk)
  if (canMount) await run('mount', ['-t', 'tmpfs', '-o', 'size=2g', 'tmpfs', disk])
  await chmod(disk, 0o755)
  const data = join(disk, 'data')
  const log = join(folder, 'server.log')
  const errors = join(folder, 'server.err')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let starts = 0
  let hurts = 0
  let isWell = false
  const hurt = () => {
    hurts += 1
    isWell = false
  }
  let mayEnd = false
  const start = () => {
    tally.count('server started')
    const child = spawnWatched({ port, data, folder, log: starts++ % 2 === 0 ? log : '/dev/full' })
    const exited = new Promise<number | null>((resolve) => {
      child.once('exit', (code, signal) => {
        if (!mayEnd) tally.surprise('the server ended and nobody had told it to', { code, signal })
        resolve(code)
      })
    })
    // Something was still said to one that had just been killed.
    child.on('error', () => undefined)
    return { child, exited, hasEnded: () => child.exitCode !== null || child.signalCode !== null }
  }
  const stateOf = async () => (await readState(data)) ?? { url: '', pid: null }
  const simulator = async () => JSON.parse(await readFile(join(data, 'acquirer.json'), 'utf8'))
  let server = start()
  const heal = async () => {
    if (server.hasEnded()) server = start()
    mayEnd = false
    await until(async () => {
      if (server.hasEnded()) throw new Error(`the server ended by itself with ${server.child.exitCode}`)
      return (
        (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(10_000) }).then(drained)) === 200 &&
        isAlive((await simulator()).pid)
      )
    })
    isWell = true
  }
  await heal()

  const killServer = async () => {
    mayEnd = true
    server.child.kill('SIGKILL')
    await server.exited
  }
  const killDatabase = async () => await killPostgres((await stateOf()).pid ?? undefined)
  const killSimulator = async () => kill((await simulator()).pid)
  const killItsBackend = async () => {
    const { pid } = await stateOf()
    if (pid !== null) await killBackend(pid)
  }
  const wounds: Readonly<Record<string, readonly (() => Promise<void>)[]>> = {
    'server killed': [killServer],
    'database killed': [killDatabase],
    'a backend of the database killed': [killItsBackend],
    'simulator killed': [killSimulator],
    'database and simulator killed': [killDatabase, killSimulator],
    'server and database killed': [killServer, killDatabase],
    'server, database and simulator killed': [killServer, killDatabase, killSimulator],
  }
  const endInOrder = async () => {
    const postgres = (await stateOf()).pid
    mayEnd = true
    server.child.kill('SIGTERM')
    const code = await server.exited
    if (code !== 0) tally.surprise('a server that was told to end did not end in order', { code })
    if (isAlive(postgres ?? undefined)) tally.surprise('an ended server left its database behind', { postgres })
  }
  const hurting = (name: string, work: () => Promise<void>) => async () => {
    hurt()
    tally.count(`trouble: ${name}`)
    await work()
    await heal()
  }
  return {
    url,
    port,
    data,
    log,
    errors,
    urls: [url],
    cells: [{ apiKey: merchantKey, databaseUrl: async () => (await stateOf()).url }],
    hurts: () => (isWell ? hurts : undefined),
    wound: async (random) => {
      hurt()
      const what = random.pick(Object.keys(wounds))
      tally.count(`trouble: ${what}`)
      await Promise.all((wounds[what] ?? []).map((blow) => blow().catch(() => undefined)))
      return what
    },
    heal,
    trouble: {
      connections: hurting('every connection of the database taken for five seconds', async () => {
        await takeConnections((await stateOf()).url, 5_000)
      }),
      ...(canMount && {
        disk: hurting('disk full for six seconds', () => fillDisk(disk, async () => undefined)),
        'disk and database': hurting('disk full for six seconds, and the database killed on it', () =>
          fillDisk(disk, killDatabase),
        ),
      }),
      restart: hurting('server told to end, under load', endInOrder),
    },
    longestTurn: async (work) => {
      const watched = server.child
      if (!watched.connected) return undefined
      try {
        watched.send('start')
        await work()
        if (!watched.connected) return undefined
        watched.send('stop')
        return (await reply<{ longestTurnMs: number }>(watched))?.longestTurnMs
      } catch {
        return undefined // it was killed meanwhile
      }
    },
    routes: async () => {
      server.child.send('routes')
      return (await reply<{ routes: { method: string; path: string }[] }>(server.child))?.routes ?? []
    },
    databaseUrl: async () => (await stateOf()).url,
    simulator,
    stop: async () => {
      await endInOrder()
      if (canMount) await run('umount', ['-l', disk])
    },
  }
}

type Start = { readonly port: number; readonly data: string; readonly folder: string; readonly log: string }

function spawnWatched({ port, data, folder, log }: Start): ChildProcess {
  const watch = join(import.meta.dirname, '../support/load/watch-loop.ts')
  const flags = ['--max-semi-space-size=8', '--heap-growing-percent=20', '--no-allocation-site-pretenuring']
  const out = openSync(log, log === '/dev/full' ? 'w' : 'a')
  const errors = openSync(join(folder, 'server.err'), 'a')
  const words = [...flags, '--v8-pool-size=1', '--import', watch, 'src/cli/tercet.js', 'start']
  const child = spawn(process.execPath, words, {
    cwd: root,
    env: {
      ...{ PATH: process.env.PATH, PORT: String(port), TERCET_DATA: data },
      NODE_COMPILE_CACHE: join(folder, 'compiled'),
    },
    stdio: ['ignore', out, errors, 'ipc'],
  })
  closeSync(out)
  closeSync(errors)
  return child
}

/** What it says next; undefined when it dies before. */
function reply<T>(child: ChildProcess): Promise<T | undefined> {
  return new Promise((resolve) => {
    const done = (message: unknown) => {
      child.off('message', done).off('exit', done)
      resolve(typeof message === 'object' && message !== null ? (message as T) : undefined)
    }
    child.on('message', done).on('exit', done)
  })
}

function kill(pid: number | null | undefined): void {
  if (typeof pid === 'number' && isAlive(pid)) process.kill(pid, 'SIGKILL')
}

async function takeConnections(url: string, forMs: number): Promise<void> {
  const taken: Awaited<ReturnType<typeof connectClient>>[] = []
  const end = performance.now() + forMs
  while (performance.now() < end) {
    const client = await connectClient(url).catch(() => undefined)
    if (client) taken.push(client)
    else await pause(50)
    // Those of the server as well.
    await taken[0]
      ?.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tercet-lane'`)
      .catch(() => undefined)
  }
  await Promise.all(taken.map((client) => client.end().catch(() => undefined)))
}

async function fillDisk(disk: string, meanwhile: () => Promise<void>): Promise<void> {
  const filler = join(disk, 'filler')
  try {
    await run('sh', ['-c', `cat /dev/zero > ${filler}; true`])
    await meanwhile()
    await pause(6_000)
  } finally {
    await rm(filler, { force: true })
  }
}

async function drained(answer: Response): Promise<number> {
  await answer.arrayBuffer()
  return answer.status
}

/** Three minutes mean that it never will be. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const giveUp = AbortSignal.timeout(180_000)
  while (!(await isSo().catch(refused))) await pause(50, undefined, { signal: giveUp })
}

/** Nobody listens yet, or the file is not there yet; a server that has ended by itself is another matter. */
function refused(error: unknown): boolean {
  if (error instanceof Error && error.message.startsWith('the server ended')) throw error
  return false
}
