import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { pauseUntilAborted } from '../../kernel/pause.ts'
import { EmbeddedError, EmbeddedUnavailable } from './embedded-error.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import { initialise, isInitialised, setPassword } from './initialise.ts'
import { makeFolder } from './make-folder.ts'
import { choosePlace, type Place } from './place.ts'
import { clearPrevious, endPostmaster, isPostmasterOf } from './postmaster.ts'
import { launch, type ServerProcess, turnLog } from './server-process.ts'
import { findSocketFolder } from './socket.ts'
import { readState, writeState } from './state-file.ts'

export { EmbeddedError, EmbeddedUnavailable } from './embedded-error.ts'

export type EmbeddedOptions = {
  /** TERCET_DATA. Made when missing. */
  readonly folder: string
  /** False only for throwaway test databases. Default true. */
  readonly fsync?: boolean
  /** Told when the server died and is about to be started again. */
  readonly onEnded?: () => void
  /** Told of each try that failed; the next one follows after the pause. */
  readonly onFailure?: (error: unknown, againAfterMs: number) => void
  /** How long it may be away before `isHopeless`. A disk may be full for a minute or two before somebody makes room. Default two minutes. */
  readonly hopelessAfterMs?: number
}

export type Embedded = {
  /** Stays the same for as long as this object lives, also when the server had to be started again. */
  readonly url: string
  /** Where PostgreSQL's files lie. */
  readonly files: string
  /** The files could not lie in the data folder, because the user that PostgreSQL runs as cannot enter it. */
  readonly isElsewhere: boolean
  /** The process of the server that runs now. */
  readonly pid: () => number
  /** It died and could not be started again for `hopelessAfterMs`: whatever the reason is, it does not pass by itself. */
  readonly isHopeless: () => boolean
  /** Ends it at once, as a crash would, and does not wait: for a process that is about to end. The next start recovers. */
  readonly abandon: () => void
  /** Ends it with a fast shutdown (open transactions are rolled back) and frees the data folder. May be called again. */
  readonly stop: () => Promise<void>
}

/**
 * Starts PostgreSQL on a data folder that no other process uses, and makes it first where there is none. A server that a killed process
 * left behind on the folder is ended first; one that dies under us is started again on the same port, with growing pauses until it
 * runs. The caller must `stop` it
 * before the process ends. Throws EmbeddedError with one line for the operator. Not for Windows: its signals differ.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const folder = resolve(options.folder)
  const lock = await takeFolder(folder)
  try {
    return await startLocked(folder, lock, options)
  } catch (error) {
    lock.release()
    throw error
  }
}

/** The URL of the embedded server that runs on that folder now, for a command line beside it; undefined when none does. */
export async function runningEmbedded(folder: string): Promise<string | undefined> {
  const state = await readState(resolve(folder))
  if (!state || state.pid === null) return undefined
  return (await isPostmasterOf(state.pid, state.files)) ? state.url : undefined
}

async function takeFolder(folder: string): Promise<FolderLock> {
  let lock: FolderLock | undefined
  try {
    makeFolder(folder)
    lock = lockFolder(folder)
  } catch (error) {
    throw new EmbeddedError(`the data folder ${folder} cannot be written: set TERCET_DATA to one that can`, {
      cause: error,
    })
  }
  if (lock) return lock
  const owner = (await readState(folder).catch(() => undefined))?.owner
  const who = owner === undefined ? 'another process' : `another process (${owner})`
  throw new EmbeddedUnavailable(
    `the data folder ${folder} is in use by ${who}: stop it, or set TERCET_DATA to another folder`,
  )
}

async function startLocked(folder: string, lock: FolderLock, options: EmbeddedOptions): Promise<Embedded> {
  const fsync = options.fsync ?? true
  const known = await readState(folder)
  const place = await choosePlace(folder, known?.files)
  const password = known?.password ?? randomBytes(18).toString('hex')
  const record = (port: number, pid: number | null, url: string) =>
    writeState(folder, { url, pid, owner: process.pid, port, password, files: place.files })
  await prepare(place, password, fsync, known !== undefined, () => record(0, null, ''))
  const socket = await findSocketFolder(place.files)
  const setup = { place, fsync, socket, log: join(folder, 'postgres.log') }
  await turnLog(setup.log)
  const first = await launch(setup, known?.port ?? 0)
  const url = urlOf(password, first.port, socket)
  await record(first.port, first.pid, url)
  const guard = keepRunning(first, place.files, {
    again: () => launch(setup, first.port, true),
    record: (next) => record(next.port, next.pid, url),
    options,
  })
  let stopping: Promise<void> | undefined
  const stop = async () => {
    await guard.stop()
    // On a full disk it cannot be written down, and nobody is misled: whoever reads it looks whether the process lives.
    await record(first.port, null, url).catch(() => undefined)
    lock.release()
  }
  return {
    url,
    files: place.files,
    isElsewhere: place.isElsewhere,
    pid: guard.pid,
    isHopeless: guard.isHopeless,
    abandon: guard.abandon,
    stop: () => {
      stopping ??= stop()
      return stopping
    },
  }
}

/** The password is on disk before the files that want it: a start killed in between loses neither. */
async function prepare(
  place: Place,
  password: string,
  fsync: boolean,
  isKnown: boolean,
  record: () => Promise<void>,
): Promise<void> {
  if (await isInitialised(place.files)) {
    await clearPrevious(place.files)
    if (!isKnown) await setPassword(place, password)
    return
  }
  await record()
  await initialise(place, password, fsync)
}

type Guard = Pick<Embedded, 'pid' | 'isHopeless' | 'abandon' | 'stop'>

type Restart = {
  readonly options: Pick<EmbeddedOptions, 'onEnded' | 'onFailure' | 'hopelessAfterMs'>
  readonly again: () => Promise<ServerProcess>
  readonly record: (next: ServerProcess) => Promise<void>
}

/** Pauses between tries: quick at first, as after an operator's kill; then easy on a disk that is full. */
const firstPauseMs = 250
const longestPauseMs = 15_000

/** Starts the server again when it dies (an operator's kill, the kernel's when memory is short), until it runs or it is told to stop. */
function keepRunning(first: ServerProcess, files: string, how: Restart): Guard {
  const { hopelessAfterMs = 120_000 } = how.options
  let current = first
  const stopping = new AbortController()
  let endedAt: number | undefined
  let restarting: Promise<void> = Promise.resolve()
  const watch = () => {
    const { child } = current
    const onExit = () => {
      if (!stopping.signal.aborted) restarting = restart()
    }
    if (hasEnded(child)) onExit()
    else child.once('exit', onExit)
  }
  const restart = async () => {
    endedAt ??= performance.now()
    how.options.onEnded?.()
    await untilDone(async () => {
      current = await how.again()
    })
    if (stopping.signal.aborted) return
    endedAt = undefined
    watch()
    // It runs, and only a command line beside it does not find it while its number cannot be written down.
    await untilDone(() => how.record(current))
  }
  const untilDone = async (work: () => Promise<void>) => {
    for (let pauseMs = firstPauseMs; !stopping.signal.aborted; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      try {
        return await work()
      } catch (error) {
        // An outage: whatever stands in the way may pass.
        how.options.onFailure?.(error, pauseMs)
        await pauseUntilAborted(pauseMs, stopping.signal)
      }
    }
  }
  watch()
  return {
    pid: () => current.pid,
    isHopeless: () => endedAt !== undefined && performance.now() - endedAt > hopelessAfterMs,
    abandon: () => {
      stopping.abort()
      if (!hasEnded(current.child)) current.child.kill('SIGQUIT')
    },
    stop: async () => {
      stopping.abort()
      await restarting
      const { child, pid } = current
      if (hasEnded(child)) return
      const ended = once(child, 'exit')
      child.ref()
      await endPostmaster(pid, files)
      await ended
    },
  }
}

function hasEnded(child: ServerProcess['child']): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** Over the server's socket where there is one; any other program reaches it at the same port over TCP as well. */
function urlOf(password: string, port: number, socket: string | undefined): string {
  const url = `postgres://tercet:${password}@127.0.0.1:${port}/postgres`
  return socket === undefined ? url : `${url}?host=${encodeURIComponent(socket)}`
}
