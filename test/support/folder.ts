import { chmod, glob, mkdtemp, readdir, readFile, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readState } from '../../src/db/embedded/state-file.ts'

const prefix = 'tercet-test-'

/** A temporary folder that any user may enter, so that PostgreSQL's user can as well when the tests run as root. */
export async function makeTestFolder(parent = tmpdir()): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(parent, `${prefix}${process.pid}-`))
  await chmod(folder, 0o755)
  return { folder, remove: () => removeFolder(folder) }
}

/** Ends and removes what test runs that were killed have left behind: servers in folders whose maker is no longer alive. */
export async function sweepTestFolders(): Promise<void> {
  for (const parent of new Set([tmpdir(), memory])) await sweep(parent)
}

const memory = '/dev/shm'

/** More than the databases of a whole run take together with their log. */
const roomyBytes = 4 * 2 ** 30

/**
 * Where a throwaway database is made quickly: in memory, if there is plenty. A database is seven hundred files, and a disk's file system may take
 * 200 ms of processor time to make them, where memory takes 20.
 */
export async function quickestParent(): Promise<string> {
  const free = await statfs(memory).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  )
  return Math.min(free, process.availableMemory()) > roomyBytes ? memory : tmpdir()
}

async function sweep(parent: string): Promise<void> {
  const names = (await readdir(parent).catch(() => [])).filter((name) => name.startsWith(prefix))
  for (const name of names) {
    const owner = Number(name.slice(prefix.length).split('-')[0])
    // Another run may sweep at the same time, and what is another user's stays.
    if (owner > 1 && !isAlive(owner)) await removeFolder(join(parent, name)).catch(() => undefined)
  }
}

async function removeFolder(folder: string): Promise<void> {
  for await (const path of glob(['postgres.json', '*/postgres.json', '*/.tercet/postgres.json'], { cwd: folder })) {
    const files = (await readState(join(folder, dirname(path))))?.files
    if (files !== undefined) await endServer(files)
    if (files?.startsWith('/var/lib/tercet/')) await rm(dirname(files), { recursive: true, force: true })
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** Ends the server only when its own command line names that folder: the number may have become another process's. */
async function endServer(files: string): Promise<void> {
  const pid = Number((await readFile(join(files, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0])
  if (!(pid > 1)) return
  const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')
  if (words.includes(files)) process.kill(pid, 'SIGKILL')
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
