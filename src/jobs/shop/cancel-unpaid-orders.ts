import type pg from 'pg'
import type { DueSource } from '../../app/sandbox/due-source.ts'
import {
  type DueUnpaidOrder,
  findDueUnpaidOrders,
  nextUnpaidOrder,
  postponeUnpaidOrder,
} from '../../db/shop/unpaid-orders.ts'
import { type Engine, Unavailable } from '../../engine/command.ts'
import { newCommandId } from '../../kernel/ids.ts'
import { hour, type Instant, laterOf, plus } from '../../kernel/instant.ts'
import { createTermsOf } from '../payments/terms-of.ts'
import type { JobLog } from '../runner/job-runner.ts'

const mostAtOnce = 200

type Parts = { readonly pool: pg.Pool; readonly engine: Engine; readonly log: JobLog }

/**
 * Calls requests of shops' orders off for whose merchants want it, once nothing has come and nothing is watched for any more; their shops are told
 * by the callback of that. Any number of processes may run it: a second void changes nothing.
 */
export function createCancelUnpaidOrders({ pool, engine, log }: Parts): DueSource {
  return {
    name: 'unpaid orders',
    nextDue: () => nextUnpaidOrder(pool),
    runDue: async (until) => {
      const due = await findDueUnpaidOrders(pool, until, mostAtOnce)
      const termsOf = createTermsOf(pool)
      for (const order of due) {
        const step = nextStep(order)
        const isDone = step === 'forget' || (step === 'cancel' && (await cancel(order, engine, termsOf, log)))
        await postponeUnpaidOrder(pool, order, isDone ? null : step === 'cancel' ? plus(order.dueAt, hour) : step)
      }
      return due.length
    },
  }
}

/** What becomes of it now; an instant is when to look again. */
export function nextStep(order: DueUnpaidOrder): 'cancel' | 'forget' | Instant {
  const { state, hasMoney, isUnsettled, isWanted, isReplaced, watchedUntil, dueAt } = order
  if (!isWanted || isReplaced) return 'forget'
  // What was seen may be undone by its network: then nothing has come after all.
  if (hasMoney) return isUnsettled ? plus(dueAt, hour) : 'forget'
  // Its own timer comes first.
  if (state === 'created') return plus(dueAt, hour)
  if (state !== 'expired') return 'forget'
  return watchedUntil !== null && watchedUntil > dueAt ? watchedUntil : 'cancel'
}

async function cancel(
  { merchantId, paymentId, dueAt, changedAt }: DueUnpaidOrder,
  engine: Engine,
  termsOf: ReturnType<typeof createTermsOf>,
  log: JobLog,
): Promise<boolean> {
  const merchant = await termsOf(merchantId)
  if (!merchant) throw new Error(`payment of an unknown merchant ${merchantId}`)
  try {
    const action = { kind: 'void' } as const
    // A payment's events never go back.
    const at = laterOf(dueAt, changedAt)
    const reply = await engine.execute({ id: newCommandId(), merchant, paymentId, action, at })
    // Something came in this very moment: it is looked at again by the same rules.
    return reply.kind !== 'rejected'
  } catch (error) {
    if (error instanceof Unavailable) throw error
    log.error({ err: error, paymentId }, 'an unpaid order could not be called off')
    return false
  }
}
