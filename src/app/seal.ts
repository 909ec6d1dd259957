import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { assert } from '../kernel/assert.ts'

/** Encrypts secrets that must be readable again: webhook secrets, acquirer credentials, keys that sign. */
export type Sealer = {
  readonly seal: (text: string) => Buffer
  /** Throws when the bytes were not sealed with this key, or were changed since. */
  readonly open: (sealed: Buffer) => string
}

/** First byte of everything sealed: says how to open it, should the way ever change. */
const version = 1
const nonceLength = 12
const tagLength = 16

/** AES-256-GCM under `key` (32 bytes): version, nonce, tag, then the text. */
export function createSealer(key: Uint8Array): Sealer {
  assert(key.length === 32, 'a sealing key has 32 bytes')
  return {
    seal(text) {
      const nonce = randomBytes(nonceLength)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), sealed])
    },
    open(sealed) {
      if (sealed[0] !== version) throw new Error('sealed in an unknown way')
      const nonce = sealed.subarray(1, 1 + nonceLength)
      const tag = sealed.subarray(1 + nonceLength, 1 + nonceLength + tagLength)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAuthTag(tag)
      return decipher.update(sealed.subarray(1 + nonceLength + tagLength), undefined, 'utf8') + decipher.final('utf8')
    },
  }
}
