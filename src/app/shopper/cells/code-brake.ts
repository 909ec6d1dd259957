import type pg from 'pg'
import { createSharedLimiter, type SharedLimiter } from '../../../db/brake/shared-limiter.ts'
import type { Contact } from '../../../domain/shopper/contact.ts'
import { codeLimits } from '../../../domain/shopper/one-time-code.ts'

type Asked = { readonly contact: Contact; readonly address: string }

/** Takes a place for a code that is to be sent, in the count of all cells. Answers how it is given back; undefined where there is none left. */
export type CodeBrake = (asked: Asked) => Promise<(() => Promise<void>) | undefined>

const [hour, day] = [3_600, 86_400]

/**
 * Each cell counts the codes that it sends. Somebody who guesses could begin anew in each: with a hundred cells a hundred times as often. So the first cell
 * counts all; while it is away, each process counts for itself.
 */
export function createCodeBrake(directory: pg.Pool): CodeBrake {
  const limited = (name: string, points: number, durationSeconds: number): SharedLimiter =>
    createSharedLimiter(directory, { name, points, durationSeconds })
  const { perContact, perAddress } = codeLimits
  const limits: readonly { readonly limiter: SharedLimiter; readonly of: keyof Asked }[] = [
    { limiter: limited('code-hour', perContact.hour, hour), of: 'contact' },
    { limiter: limited('code-day', perContact.day, day), of: 'contact' },
    { limiter: limited('code-address', perAddress, hour), of: 'address' },
  ]
  return async (asked) => {
    const taken: (typeof limits)[number][] = []
    const giveBack = async (): Promise<void> => {
      await Promise.all(taken.map(({ limiter, of }) => limiter.giveBack(asked[of])))
    }
    for (const limit of limits) {
      taken.push(limit)
      if ((await limit.limiter.take(asked[limit.of])) === undefined) continue
      await giveBack()
      return undefined
    }
    return giveBack
  }
}
