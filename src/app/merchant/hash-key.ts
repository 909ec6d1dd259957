import { createHash } from 'node:crypto'

/** API keys are random with 128 bits or more, so a plain SHA-256 is all their storage needs. */
export function hashKey(key: string): Buffer {
  return createHash('sha256').update(key, 'utf8').digest()
}
