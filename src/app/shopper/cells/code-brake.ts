import type pg from 'pg'
import { createSharedLimiter, type SharedLimiter } from '../../../db/brake/shared-limiter.ts'
import type { Contact } from '../../../domain/shopper/contact.ts'
import { codeLimits } from '../../../domain/shopper/one-time-code.ts'

/** Takes a place for a code that is to be sent, in the count of all cells. Answers how it is given back; undefined where there is none left. */
export type CodeBrake = (request: {
  readonly contact: Contact
  readonly address: string
}) => Promise<(() => Promise<void>) | undefined>

const [hourSeconds, daySeconds] = [3_600, 86_400]

/**
 * Each cell counts the codes that it sends. Somebody who guesses could begin anew in each: with a hundred cells a hundred times as often. So the first cell
 * counts all; while it is away, each process counts for itself.
 */
export function createCodeBrake(directory: pg.Pool): CodeBrake {
  const { perContact, perAddress } = codeLimits
  const ofContact = [
    createSharedLimiter(directory, { name: 'code-hour', points: perContact.hour, durationSeconds: hourSeconds }),
    createSharedLimiter(directory, { name: 'code-day', points: perContact.day, durationSeconds: daySeconds }),
  ]
  const ofAddress = createSharedLimiter(directory, {
    ...{ name: 'code-address', points: perAddress, durationSeconds: hourSeconds },
  })
  return async ({ contact, address }) => {
    const taken: (() => Promise<void>)[] = []
    const giveBack = async (): Promise<void> => {
      await Promise.all(taken.map((each) => each()))
    }
    const places: readonly (readonly [SharedLimiter, string])[] = [
      ...ofContact.map((limiter) => [limiter, contact] as const),
      [ofAddress, address],
    ]
    for (const [limiter, key] of places) {
      taken.push(() => limiter.giveBack(key))
      if ((await limiter.take(key)) === undefined) continue
      await giveBack()
      return undefined
    }
    return giveBack
  }
}
