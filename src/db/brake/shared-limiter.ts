import { createHash } from 'node:crypto'
import type pg from 'pg'
import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible'

/** One limit for all its keys, counted over every process that shares the database. */
export type SharedLimiter = {
  /** Counts one. Milliseconds to wait where that was one too many, else undefined. */
  readonly take: (key: string) => Promise<number | undefined>
  /** Gives one back. */
  readonly giveBack: (key: string) => Promise<void>
  /** Counts one, whatever the limit, and answers how many there are now. */
  readonly add: (key: string) => Promise<number>
  readonly forget: (key: string) => Promise<void>
}

export type Limit = { readonly name: string; readonly points: number; readonly durationSeconds: number }

/** While the database is away each process counts for itself. Keys are hashed: they are people's addresses. */
export function createSharedLimiter(pool: pg.Pool, { name, points, durationSeconds }: Limit): SharedLimiter {
  const limit = { keyPrefix: name, points, duration: durationSeconds }
  const limiter = new RateLimiterPostgres({
    ...limit,
    storeClient: pool,
    storeType: 'pool',
    tableName: 'brake',
    tableCreated: true,
    insuranceLimiter: new RateLimiterMemory(limit),
  })
  return {
    take: async (key) => {
      try {
        await limiter.consume(hashed(key))
        return undefined
      } catch (error) {
        // A refusal: the limiter rejects with what is left, which is not an Error.
        if (error instanceof Error) throw error
        return (error as { readonly msBeforeNext: number }).msBeforeNext
      }
    },
    giveBack: async (key) => void (await limiter.reward(hashed(key))),
    add: async (key) => (await limiter.penalty(hashed(key))).consumedPoints,
    forget: async (key) => void (await limiter.delete(hashed(key))),
  }
}

function hashed(key: string): string {
  return createHash('sha256').update(key).digest('base64url')
}
