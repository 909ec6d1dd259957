import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { assert } from '../../kernel/assert.ts'

/** Encrypts what must be readable again (endpoint secrets, the API keys that sign webhooks) before it reaches the database. */
export type Sealer = {
  readonly seal: (text: string) => Buffer
  /** Throws when the bytes were changed, were sealed with another key, or are not a sealed text at all. */
  readonly open: (sealed: Buffer) => string
}

/**
 * AES-256-GCM with a random nonce for each text. Sealed bytes are: version (1 byte), nonce (12), tag (16), ciphertext.
 * The version names the key: `key` seals, as version `previous.length + 1`; `previous`, oldest first, still open what they sealed
 * until it is sealed anew.
 */
export function createSealer(key: Uint8Array, previous: readonly Uint8Array[] = []): Sealer {
  const keys = [...previous, key]
  assert(keys.every((each) => each.length === keyBytes) && keys.length < 256, 'a sealing key is 32 bytes')
  const version = Buffer.of(keys.length)
  return {
    seal: (text) => {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv(algorithm, key, nonce)
      const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([version, nonce, cipher.getAuthTag(), hidden])
    },
    open: (sealed) => {
      const used = keys[(sealed[0] ?? 0) - 1]
      if (!used || sealed.length < headBytes) throw new Error('not sealed with a key of this server')
      const decipher = createDecipheriv(algorithm, used, sealed.subarray(1, 1 + nonceBytes), {
        authTagLength: tagBytes,
      })
      decipher.setAuthTag(sealed.subarray(1 + nonceBytes, headBytes))
      return Buffer.concat([decipher.update(sealed.subarray(headBytes)), decipher.final()]).toString('utf8')
    },
  }
}

const algorithm = 'aes-256-gcm'
const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16
const headBytes = 1 + nonceBytes + tagBytes
