import type pg from 'pg'
import { type KeyUse, keepAnswer, lockKey } from '../../db/idempotency/written-once.ts'
import { inTransaction } from '../../db/wire/transaction.ts'
import type { Clock } from '../../kernel/clock.ts'
import { createMutex } from './mutex.ts'
import { outageAsUnavailable } from './outage.ts'
import type { Sealer } from './seal.ts'

/** A write outside the engine that was sent with an `Idempotency-Key`. `bodyHash` is SHA-256 of all that was asked. */
export type OnceClaim = KeyUse & { readonly bodyHash: Buffer }

/** What is answered, as JSON can hold it. */
export type OnceAnswer = { readonly status: number }

/** The connection of a transaction. */
export type WriteClient = pg.PoolClient

export type OnceResult<A extends OnceAnswer> =
  | { readonly kind: 'done'; readonly answer: A }
  | { readonly kind: 'replayed'; readonly answer: A }
  /** the key was used for another request */
  | { readonly kind: 'key_reused' }

/**
 * Runs `work` once for each key, in the transaction that keeps its answer: a repeat, even at the same moment or after a
 * crash, is answered as the first. Only successes (below 400) are kept, so what was refused may succeed under its key later. `work`
 * writes with the client it is given, and makes no call over a network.
 */
export type WriteOnce = <A extends OnceAnswer>(
  claim: OnceClaim,
  work: (client: WriteClient) => Promise<A>,
) => Promise<OnceResult<A>>

/** Answers may hold a secret that is shown only once, so they are kept sealed. */
export function createWriteOnce(parts: {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly sealer: Sealer
}): WriteOnce {
  const { pool, clock, sealer } = parts
  const once: WriteOnce = async (claim, work) =>
    await inTransaction(pool, async (client) => {
      const kept = await lockKey(client, claim)
      if (kept && !kept.bodyHash.equals(claim.bodyHash)) return { kind: 'key_reused' } as const
      if (kept)
        return { kind: 'replayed', answer: JSON.parse(sealer.open(Buffer.from(kept.response, 'base64'))) } as const
      const answer = await work(client)
      if (answer.status < 400) {
        const response = sealer.seal(JSON.stringify(answer)).toString('base64')
        await keepAnswer(client, claim, { bodyHash: claim.bodyHash, response }, clock.now())
      }
      return { kind: 'done', answer } as const
    })
  return (claim, work) => outageAsUnavailable(once(claim, work))
}

/**
 * The same for work that calls over a network, which no transaction may wait for: its answer is kept after it. Repeats at the same moment wait
 * for each other on one server. A repeat after a crash between the two does the work again, so it is for what may be asked twice.
 */
export function keptAfterwards(
  once: WriteOnce,
): <A extends OnceAnswer>(claim: OnceClaim, work: () => Promise<A>) => Promise<OnceResult<A>> {
  const exclusively = createMutex<string>()
  return (claim, work) =>
    exclusively(`${claim.merchantId} ${claim.operation} ${claim.key}`, async () => {
      type A = Awaited<ReturnType<typeof work>>
      // An answer of 400 or more is not kept, so this only looks.
      const kept = await once<A | { status: 404 }>(claim, async () => ({ status: 404 }))
      if (kept.kind === 'replayed') return { kind: 'replayed', answer: kept.answer as A }
      if (kept.kind === 'key_reused') return kept
      const answer = await work()
      return answer.status < 400 ? await once(claim, async () => answer) : { kind: 'done', answer }
    })
}
