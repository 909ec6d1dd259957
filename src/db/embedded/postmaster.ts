import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { EmbeddedUnavailable } from './embedded-error.ts'

/**
 * Ends a server that an earlier process left behind on these files (it was killed before it could stop it), and removes a
 * `postmaster.pid` whose number now belongs to some other program, which PostgreSQL itself would take for a living server.
 * A pid file of a dead process stays: PostgreSQL reads from it whether children of that server still hold the files.
 */
export async function clearPrevious(files: string): Promise<void> {
  const pid = await pidInFile(files)
  if (pid === undefined || !isAlive(pid)) return
  if (await isPostmasterOf(pid, files)) await endPostmaster(pid, files)
  else await rm(join(files, 'postmaster.pid'), { force: true })
}

/** A fast shutdown; one that takes longer than 20 s is cut short, which the next start recovers from. */
export async function endPostmaster(pid: number, files: string): Promise<void> {
  signal(pid, 'SIGINT')
  if (await isGoneWithin(pid, files, 20_000)) return
  signal(pid, 'SIGQUIT')
  if (await isGoneWithin(pid, files, 10_000)) return
  throw new EmbeddedUnavailable(`the database process ${pid} of an earlier run does not end: stop it and start again`)
}

/** Whether the server with that process number says it accepts connections (line 8 of its pid file). */
export async function isReady(files: string, pid: number): Promise<boolean> {
  const lines = await pidFile(files)
  return lines !== undefined && Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
}

async function pidInFile(files: string): Promise<number | undefined> {
  const pid = Number((await pidFile(files))?.[0])
  return Number.isInteger(pid) && pid > 1 ? pid : undefined
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** False for an ended process that nobody has collected yet, as happens in containers: its command line is empty. */
export async function isPostmasterOf(pid: number, files: string): Promise<boolean> {
  const words = await commandLine(pid)
  return basename(words[0] ?? '') === 'postgres' && words.some((word, at) => word === '-D' && words[at + 1] === files)
}

async function commandLine(pid: number): Promise<readonly string[]> {
  if (process.platform === 'linux') return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')
  // Where there is no /proc, blanks in a path cannot be told from those between words; such a server is then not ended
  // here, and PostgreSQL refuses to start beside it.
  const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }))
  return stdout.trim().split(' ')
}

async function pidFile(files: string): Promise<readonly string[] | undefined> {
  const text = await readFile(join(files, 'postmaster.pid'), 'utf8').catch(() => undefined)
  return text?.split('\n')
}

async function isGoneWithin(pid: number, files: string, ms: number): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; await pause(20)) {
    if (!isAlive(pid) || !(await isPostmasterOf(pid, files))) return true
  }
  return false
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (isAlive(pid)) throw error
  }
}
