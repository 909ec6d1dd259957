import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../db/embedded/make-folder.ts'
import { ConfigError } from './config-error.ts'

const allowed = '32 bytes in hex (64 digits) or base64; make one with: openssl rand -hex 32'

/**
 * The 32 bytes that encrypt secrets at rest: TERCET_SECRET_KEY, or in sandbox mode `secret.key` in the data folder, made
 * on first use and readable by its owner only. Live mode never makes one: a key that lies beside the data it protects, and is
 * lost with the disk, must be somebody's decision. Throws ConfigError.
 */
export function readSecretKey(text: string | undefined, mode: 'sandbox' | 'live', dataFolder: string): Uint8Array {
  if (text !== undefined) return decodeKey(text, `TERCET_SECRET_KEY must be ${allowed}`)
  if (mode === 'live') throw new ConfigError(`TERCET_SECRET_KEY must be set in live mode: ${allowed}`)
  return keyInFolder(dataFolder)
}

const mostPrevious = 32

/** The keys before that one, oldest first, separated by commas. Throws ConfigError. */
export function readPreviousKeys(text: string | undefined): readonly Uint8Array[] {
  if (text === undefined) return []
  const parts = text.split(',', mostPrevious + 1)
  if (parts.length > mostPrevious) throw new ConfigError(`TERCET_PREVIOUS_SECRET_KEYS may hold ${mostPrevious} keys`)
  return parts.map((part) =>
    decodeKey(
      part.trim(),
      `TERCET_PREVIOUS_SECRET_KEYS must be keys separated by commas, oldest first, each ${allowed}`,
    ),
  )
}

function decodeKey(text: string, message: string): Uint8Array {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex')
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return Buffer.from(text, 'base64')
  throw new ConfigError(message)
}

function keyInFolder(dataFolder: string): Uint8Array {
  const path = join(dataFolder, 'secret.key')
  try {
    makeFolder(dataFolder)
    const text = readIfThere(path) ?? makeKey(path)
    return decodeKey(text.trim(), `TERCET_DATA holds a damaged secret.key: it must be ${allowed}`)
  } catch (error) {
    if (error instanceof ConfigError) throw error
    throw new ConfigError(`TERCET_DATA must be a folder this user can write to, not ${JSON.stringify(dataFolder)}`, {
      cause: error,
    })
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** Written whole under another name and linked: of two processes that start at once, both end with the first one's key. */
function makeKey(path: string): string {
  const own = `${path}.${randomBytes(6).toString('hex')}`
  writeFileSync(own, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  try {
    linkSync(own, path)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  } finally {
    unlinkSync(own)
  }
  return readFileSync(path, 'utf8')
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
