import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/** One level at a time: below some places (`/proc`) Node's own recursive way tries for ever. */
export function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    // Another process was quicker.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}
