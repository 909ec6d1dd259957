import { open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * What is kept about the embedded server in `<data folder>/postgres.json`, readable by its owner only: a command line in another
 * process connects with `url` while `pid` is alive. `files` is where PostgreSQL's own files lie.
 */
export type EmbeddedState = {
  readonly url: string
  /** The server's process; null after it was stopped. */
  readonly pid: number | null
  /** The Tercet process that started it. */
  readonly owner: number
  readonly port: number
  readonly password: string
  readonly files: string
}

/** Undefined when there is none, or when it is damaged: then the password is set anew. */
export async function readState(folder: string): Promise<EmbeddedState | undefined> {
  try {
    const state: unknown = JSON.parse(await readFile(join(folder, 'postgres.json'), 'utf8'))
    return isState(state) ? state : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Whole or not at all, also when the power fails. */
export async function writeState(folder: string, state: EmbeddedState): Promise<void> {
  const next = join(folder, 'postgres.json.new')
  const file = await open(next, 'w', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(state, null, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(next, join(folder, 'postgres.json'))
  await syncFolder(dirname(next))
}

/** Makes the names in a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function isState(value: unknown): value is EmbeddedState {
  if (typeof value !== 'object' || value === null) return false
  const { url, pid, owner, port, password, files } = value as Record<string, unknown>
  const isText = [url, password, files].every((each) => typeof each === 'string')
  return isText && (pid === null || typeof pid === 'number') && typeof owner === 'number' && typeof port === 'number'
}
