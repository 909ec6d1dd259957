import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export type FolderLock = { release(): void }

/**
 * Takes the data folder for this process, or answers undefined when another one has it.
 *
 * The lock is the operating system's own file lock, which Node offers only through SQLite: an exclusive transaction on an empty file
 * that is never written. The kernel releases it when the process dies, however it dies, so no stale lock can remain
 * after SIGKILL or power loss, and two starters cannot both win. It is not inherited by the PostgreSQL that we start.
 */
export function lockFolder(folder: string): FolderLock | undefined {
  const file = new DatabaseSync(join(folder, 'lock'), { timeout: 0 })
  try {
    file.exec('begin exclusive')
  } catch (error) {
    file.close()
    if (isBusy(error)) return undefined
    throw error
  }
  return { release: () => file.close() }
}

/** SQLITE_BUSY is 5 in the low byte of every extended code. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5
}
