import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../kernel/clock.ts'
import { minute } from '../../kernel/instant.ts'
import type { Challenges } from './passkeys.ts'

const life = 5n * minute
const [timeBytes, randomLength, macBytes] = [8, 16, 16] as const

/**
 * Challenges without a row: the time, 16 random bytes and a keyed hash of both. One that was used is remembered until it would have
 * ended anyway, so that an answer that was overheard opens nothing. `key` is 32 bytes and the server's own.
 */
export function createChallenges(key: Uint8Array, clock: Clock): Challenges {
  const used = new Map<string, bigint>()
  const macOf = (body: Buffer) =>
    createHmac('sha256', key).update('passkey challenge').update(body).digest().subarray(0, macBytes)
  return {
    make: () => {
      const body = Buffer.alloc(timeBytes + randomLength)
      body.writeBigInt64BE(clock.now())
      randomBytes(randomLength).copy(body, timeBytes)
      return Buffer.concat([body, macOf(body)]).toString('base64url')
    },
    take: (challenge) => {
      const bytes = Buffer.from(challenge, 'base64url')
      if (bytes.length !== timeBytes + randomLength + macBytes) return false
      const body = bytes.subarray(0, timeBytes + randomLength)
      if (!timingSafeEqual(bytes.subarray(body.length), macOf(body))) return false
      const [now, madeAt] = [clock.now(), body.readBigInt64BE()]
      for (const [old, end] of used) if (end < now) used.delete(old)
      if (now > madeAt + life || used.has(challenge)) return false
      used.set(challenge, madeAt + life)
      return true
    },
  }
}
