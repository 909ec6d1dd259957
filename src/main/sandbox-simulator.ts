import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import type pg from 'pg'
import type { Sealer } from '../app/shared/seal.ts'
import { findAccount, saveCredentials } from '../db/acquirer/acquirer-accounts.ts'
import { findOrganizationOwner } from '../db/catalogue/catalogue-address.ts'
import { sandboxCatalogue, simulatedInstance } from '../domain/catalogue/file/sandbox-catalogue.ts'
import { parseUuid } from '../domain/catalogue/model/uuid.ts'
import { assert } from '../kernel/assert.ts'
import { type Clock, systemClock, systemNow } from '../kernel/clock.ts'
import { pauseUntilAborted } from '../kernel/pause.ts'
import { defaultSettings } from '../rails/card/valitor/simulator/settings.ts'
import { type Simulator, startSimulator } from '../rails/card/valitor/simulator/start-simulator.ts'
import { valitorName } from '../rails/card/valitor/valitor.ts'

type Parts = {
  /** TERCET_DATA: `acquirer-book` is the acquirer's own book, `acquirer.json` says where it listens */
  readonly folder: string
  readonly pool: pg.Pool
  readonly sealer: Sealer
  readonly logger: FastifyBaseLogger
}

export type SandboxSimulator = {
  /** Begins in the background, so that users of other protocols do not wait for it. */
  readonly start: (clock: Clock) => void
  /** The acquirer's time is the sandbox's: told after each move. One that cannot be told is told when it is started again. */
  readonly followClock: () => Promise<void>
  /** Ends the process, and waits for its end. */
  readonly stop: () => Promise<void>
}

/**
 * The acquirer behind the sandbox's second card instance (docs/protocols/valitor.md): a process of its own, which ends
 * with this one and is started again when it dies. Until it listens for the first time its instance's credentials lead nowhere.
 */
export function createSandboxSimulator(parts: Parts): SandboxSimulator {
  const stopping = new AbortController()
  let running: Promise<void> = Promise.resolve()
  const office: Office = { clock: systemClock, simulator: undefined }
  return {
    start: (clock) => {
      office.clock = clock
      running = keepRunning(parts, office, stopping.signal)
    },
    followClock: async () => {
      // An outage of the simulator, which keepRunning sees as well.
      await office.simulator?.control.clock(offsetOf(office.clock)).catch(() => undefined)
    },
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

/** What changes while it runs. */
type Office = { clock: Clock; simulator: Simulator | undefined }

function offsetOf(clock: Clock): bigint {
  return clock.now() - systemNow()
}

/** What cannot be had now, a process or the database, is not asked for more often than this. */
const againAfterMs = 250

async function keepRunning(parts: Parts, office: Office, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    try {
      await runOnce(parts, office, stopping)
      if (!stopping.aborted) parts.logger.warn('the acquirer simulator ended and is started again')
    } catch (error) {
      // An outage: no process or no file to be had. It is tried again for as long as this server runs.
      parts.logger.warn({ err: error }, 'the acquirer simulator could not be started')
      await pauseUntilAborted(againAfterMs, stopping)
    }
  }
}

/** Resolves when the process ended, by itself or because it was told to. */
async function runOnce({ folder, ...parts }: Parts, office: Office, stopping: AbortSignal): Promise<void> {
  const simulator = await startOnPortOf(folder, offsetOf(office.clock))
  office.simulator = simulator
  const stop = () => void simulator.stop()
  stopping.addEventListener('abort', stop, { once: true })
  if (stopping.aborted) stop()
  try {
    await announce(parts, simulator, stopping)
    await tellPlace(folder, simulator)
    await simulator.ended
  } finally {
    office.simulator = undefined
    stopping.removeEventListener('abort', stop)
    await simulator.kill()
  }
}

const stateName = 'acquirer.json'

/** Whole or not at all: others read it. */
async function tellPlace(folder: string, { url, pid }: Simulator): Promise<void> {
  const next = join(folder, `${stateName}.new`)
  await writeFile(next, `${JSON.stringify({ url, pid })}\n`)
  await rename(next, join(folder, stateName))
}

/** On the port of the time before, so that the stored credentials stay right; on another one when that is taken. */
async function startOnPortOf(folder: string, clockOffset: bigint): Promise<Simulator> {
  await mkdir(folder, { recursive: true })
  const bookFile = join(folder, 'acquirer-book')
  const port = await lastPort(folder)
  if (port === 0) return await startSimulator({ bookFile, clockOffset })
  return await startSimulator({ bookFile, clockOffset, port }).catch(() => startSimulator({ bookFile, clockOffset }))
}

/** 0, any port, when there was no time before or its file does not tell. */
async function lastPort(folder: string): Promise<number> {
  const url = await simulatorUrl(folder)
  return Number(url?.slice(url.lastIndexOf(':') + 1) ?? 0)
}

/** Where the simulator last said that it listens, whichever process started it; undefined when nothing tells. */
export async function simulatorUrl(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, stateName), 'utf8').catch(() => '')
  return /"(http:\/\/127\.0\.0\.1:\d{1,5})"/.exec(text)?.[1]
}

/** Tries until the database is there: it may be starting just now, too. */
async function announce(parts: Omit<Parts, 'folder'>, simulator: Simulator, stopping: AbortSignal): Promise<void> {
  let ended = false
  void simulator.ended.then(() => {
    ended = true
  })
  while (!stopping.aborted && !ended) {
    try {
      await storeCredentials(parts, simulator.url)
      return
    } catch (error) {
      parts.logger.warn({ err: error }, 'the credentials of the acquirer simulator could not be stored')
      await pauseUntilAborted(againAfterMs, stopping)
    }
  }
}

/** Credentials that somebody gave this instance for another acquirer are theirs. */
async function storeCredentials({ pool, sealer }: Omit<Parts, 'folder'>, url: string): Promise<void> {
  const organization = parseUuid(sandboxCatalogue.organization.uuid)
  assert(organization, 'the sandbox organization has a uuid')
  const merchantId = await findOrganizationOwner(pool, organization)
  const row = merchantId && (await findAccount(pool, merchantId, simulatedInstance))
  if (!merchantId || !row || row.connector !== valitorName) return
  if (row.sealed && !isSimulators(sealer, row.sealed)) return
  const { username, password, posId, currency } = defaultSettings
  const sealed = sealer.seal(JSON.stringify({ endpoint: url, username, password, posId, currency }))
  await saveCredentials(pool, merchantId, simulatedInstance, sealed)
}

function isSimulators(sealer: Sealer, sealed: Buffer): boolean {
  try {
    const { endpoint, username } = JSON.parse(sealer.open(sealed)) as Record<string, unknown>
    return username === defaultSettings.username && String(endpoint).startsWith('http://127.0.0.1:')
  } catch {
    // Sealed with a key that is gone: useless.
    return true
  }
}
