import type pg from 'pg'
import type { DueSource } from '../../app/sandbox/due-source.ts'
import { type DuePayment, findDuePayments, nextPaymentDue } from '../../db/payment/due-payments.ts'
import { type Engine, Unavailable } from '../../engine/command.ts'
import { newCommandId, type PaymentId } from '../../kernel/ids.ts'
import type { JobLog } from '../runner/job-runner.ts'
import { createTermsOf } from './terms-of.ts'

/**
 * Two full batches of the engine: enough to keep its lanes busy, few enough that an API call which arrives in the middle
 * of a hundred thousand expiries waits for some milliseconds of them only.
 */
const mostAtOnce = 256

/** How long a payment whose timer failed by a bug is left alone, so that it cannot stand in the way of the others. */
const setAsideMs = 60_000

type Parts = { readonly pool: pg.Pool; readonly engine: Engine; readonly log: JobLog }

/**
 * Expiries, lapses and warnings before them, as ordinary engine commands that count for the moment they fell due. Any
 * number of processes may run it: the loser of a race is refused by the domain (`nothing_due`). Throws `Unavailable`.
 */
export function createPaymentTimers({ pool, engine, log }: Parts): DueSource {
  const setAside = new Map<PaymentId, number>()
  const except = (): PaymentId[] => {
    const now = performance.now()
    for (const [id, until] of setAside) if (until <= now) setAside.delete(id)
    return [...setAside.keys()]
  }
  return {
    name: 'payment timers',
    nextDue: () => nextPaymentDue(pool, except()),
    runDue: async (until) => {
      const due = await findDuePayments(pool, { until, limit: mostAtOnce, except: except() })
      const results = await Promise.allSettled(runTimers(pool, engine, due))
      let done = 0
      for (const [index, result] of results.entries()) {
        const { paymentId } = due[index] as DuePayment
        if (result.status === 'fulfilled') done += result.value
        else if (result.reason instanceof Unavailable) throw result.reason
        else {
          log.error({ err: result.reason, paymentId }, 'a timer failed and is set aside')
          setAside.set(paymentId, performance.now() + setAsideMs)
        }
      }
      return done
    },
  }
}

function runTimers(pool: pg.Pool, engine: Engine, due: readonly DuePayment[]): Promise<number>[] {
  const termsOf = createTermsOf(pool)
  return due.map(async ({ merchantId, paymentId, at }) => {
    const merchant = await termsOf(merchantId)
    if (!merchant) throw new Error(`payment of an unknown merchant ${merchantId}`)
    const reply = await engine.execute({ id: newCommandId(), merchant, paymentId, action: { kind: 'timer' }, at })
    // `nothing_due` is done as well, by another process. A rail attempt that began meanwhile comes before its timer.
    return reply.kind === 'rejected' && reply.rejection.reason !== 'nothing_due' ? 0 : 1
  })
}
