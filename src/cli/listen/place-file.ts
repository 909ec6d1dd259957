import { readFile, rename, writeFile } from 'node:fs/promises'
import { CliError } from '../cli-error.ts'

/** Where each merchant's listener has got to, by merchant id. Holds the listeners' secrets. */
export type Places = Map<number, { readonly id: string; readonly secret: string; readonly cursor: string }>

/** Empty when there is no such file. Throws CliError when it is something else. */
export async function readPlaces(path: string): Promise<Places> {
  try {
    return placesFrom(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map()
    if (error instanceof CliError) throw error
    throw new CliError(`--keep ${path} is not a file that tercet listen wrote`, undefined, { cause: error })
  }
}

/**
 * Writes the file whole or not at all, readable by its owner only, one write at a time: the merchants' listeners move on beside
 * each other. A write throws CliError.
 */
export function createPlaceWriter(path: string): (places: Places) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve()
  return (places) => {
    const writing = last.then(() => write(path, places))
    // Only the order matters to the next one; a failure is told to whoever wrote.
    last = writing.catch(() => undefined)
    return writing
  }
}

async function write(path: string, places: Places): Promise<void> {
  const listeners = [...places].map(([merchant, place]) => ({ merchant, ...place }))
  try {
    await writeFile(`${path}.new`, `${JSON.stringify({ listeners }, null, 2)}\n`, { mode: 0o600 })
    await rename(`${path}.new`, path)
  } catch (error) {
    throw new CliError(`--keep ${path} cannot be written`, undefined, { cause: error })
  }
}

function placesFrom(value: unknown): Places {
  const listeners = isRecord(value) ? value.listeners : undefined
  if (!Array.isArray(listeners)) throw new Error('no list of listeners')
  return new Map(
    listeners.map((entry: unknown) => {
      const { merchant, id, secret, cursor } = isRecord(entry) ? entry : {}
      if (typeof merchant !== 'number' || ![id, secret, cursor].every((text) => typeof text === 'string'))
        throw new Error('no listener')
      return [merchant, { id: String(id), secret: String(secret), cursor: String(cursor) }] as const
    }),
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
