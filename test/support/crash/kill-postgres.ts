import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * Kills a PostgreSQL at once and without a word. Resolves when its backends, which outlive it for a moment, are gone as well: until then one of them might still
 * answer, and whoever waits for the database would take it for healed. One that is dead already is left alone.
 */
export async function killPostgres(pid: number | undefined): Promise<void> {
  // Stopped first, so that nobody is born between the look and the blow.
  if (pid === undefined || !signal(pid, 'SIGSTOP')) return
  const backends = await childrenOf(pid)
  signal(pid, 'SIGKILL')
  await untilEnded([pid, ...backends])
}

/** Kills the newest backend: PostgreSQL then ends all others and recovers, since no process can trust the memory they shared. Resolves when they are gone. */
export async function killBackend(pid: number): Promise<void> {
  const backends = await childrenOf(pid)
  // The newest that has not ended by itself since.
  if (!backends.toReversed().some((backend) => signal(backend, 'SIGKILL')))
    throw new Error('the database has no backend')
  await untilEnded(backends)
}

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return text.split(' ').filter(Boolean).map(Number)
}

/** A minute and a half means that one never will. */
async function untilEnded(pids: readonly number[]): Promise<void> {
  const giveUp = AbortSignal.timeout(90_000)
  for (const pid of pids) while (await isRunning(pid)) await pause(5, undefined, { signal: giveUp })
}

/** One that has ended and that nobody has collected yet has no command line. */
async function isRunning(pid: number): Promise<boolean> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')) !== ''
}

/** False when there is no such process. */
function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}
