import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readState } from '../../../src/db/embedded/state-file.ts'
import type { Fault } from '../../../src/rails/card/valitor/simulator/faults.ts'
import type { SimulatorBook } from '../../../src/rails/card/valitor/simulator/start-simulator.ts'
import { makeTestFolder } from '../folder.ts'
import { freePort } from '../free-port.ts'
import { usualPatience } from '../patience.ts'
import { askPatiently, connectShop } from './crash-client.ts'
import { spawnTercet } from './crash-process.ts'
import type { Random } from './crash-random.ts'
import { killPostgres } from './kill-postgres.ts'

/** The sandbox as `npm start` runs it: server, embedded database and acquirer simulator, each a process that can be killed. */
export type CardCluster = {
  readonly url: string
  readonly databaseUrl: () => Promise<string>
  readonly book: () => Promise<SimulatorBook>
  /** replaces the faults that wait; false when the simulator is away just now */
  readonly setFaults: (faults: readonly Fault[]) => Promise<boolean>
  /** Kills something, at once and without a word; answers what, for the message of a failure. */
  readonly wound: (random: Random) => Promise<string>
  /** Starts the server again when it was killed, and waits for what it starts again by itself. */
  readonly heal: () => Promise<void>
  /** moves the sandbox's clock; what falls due has happened when it resolves */
  readonly advance: (milliseconds: number) => Promise<void>
  readonly killDatabase: () => Promise<void>
  readonly stop: () => Promise<void>
}

export async function cardCluster(): Promise<CardCluster> {
  const { folder, remove } = await makeTestFolder()
  const data = join(folder, 'data')
  const port = String(await freePort())
  const url = `http://127.0.0.1:${port}`
  const start = () => spawnTercet({ ...usualPatience, PORT: port, TERCET_DATA: data })
  let server = start()
  await server.ready
  await untilSimulated(data)
  const killServer = () => server.kill()
  const killSimulator = async () => kill((await simulatorOf(data)).pid)
  const killDatabase = async () => await killPostgres((await readState(data))?.pid ?? undefined)
  // A server's start takes longer than all else in a round, so it is not the most frequent victim.
  const wounds: readonly (readonly [string, readonly (() => Promise<void>)[], number])[] = [
    ['simulator', [killSimulator], 3],
    ['database', [killDatabase], 3],
    ['database and simulator', [killDatabase, killSimulator], 2],
    ['server', [killServer], 1],
    ['server and simulator', [killServer, killSimulator], 1],
    ['server, simulator and database', [killServer, killSimulator, killDatabase], 1],
  ]
  const lots = wounds.flatMap((wound) => Array.from({ length: wound[2] }, () => wound))
  return {
    url,
    databaseUrl: async () => (await readState(data))?.url ?? '',
    book: async () => {
      const answer = await fetch(`${(await simulatorOf(data)).url}/control/book`)
      return (await answer.json()) as SimulatorBook
    },
    setFaults: async (faults) => await setFaults((await simulatorOf(data)).url, faults),
    wound: async (random) => {
      const [what, blows] = random.pick(lots)
      await Promise.all(blows.map((blow) => blow()))
      return what
    },
    heal: async () => {
      if (server.child.exitCode !== null || server.child.signalCode !== null) server = start()
      await server.ready
      await untilReady(url)
      await untilSimulated(data)
    },
    advance: async (milliseconds) => {
      const shop = connectShop(url, 1)
      const body = JSON.stringify({ advanceMilliseconds: milliseconds })
      const { answer } = await askPatiently(() => shop.post('/sandbox/clock', body))
      await shop.close()
      const status = answer === 'lost' ? answer : answer.status
      if (status !== 200) throw new Error(`the healed server moves its clock, and not: ${status}`)
    },
    killDatabase,
    stop: async () => {
      await server.stop()
      await remove()
    },
  }
}

async function simulatorOf(data: string): Promise<{ url: string; pid: number }> {
  return JSON.parse(await readFile(join(data, 'acquirer.json'), 'utf8'))
}

/** What died a moment ago cannot be killed again. */
function kill(pid: number): void {
  if (isAlive(pid)) process.kill(pid, 'SIGKILL')
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false // it is gone
  }
}

async function setFaults(url: string, faults: readonly Fault[]): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/control/faults`, { method: 'POST', body: JSON.stringify(faults) })
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    return false // an outage: it was killed
  }
}

/** Asks until it says yes; a minute and a half means that it never will. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const giveUp = AbortSignal.timeout(90_000)
  while (!(await isSo().catch(() => false))) await pause(10, undefined, { signal: giveUp })
}

async function untilReady(url: string): Promise<void> {
  await until(async () => {
    const answer = await fetch(`${url}/readyz`)
    await answer.arrayBuffer()
    return answer.status === 200
  })
}

/** The simulator that the file names is alive and listens. */
async function untilSimulated(data: string): Promise<void> {
  await until(async () => {
    const { url, pid } = await simulatorOf(data)
    return isAlive(pid) && (await setFaults(url, []))
  })
}
