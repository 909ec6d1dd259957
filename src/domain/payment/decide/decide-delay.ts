import { millisecond } from '../../../kernel/instant.ts'
import { refuse } from '../../../kernel/result.ts'
import type { ActionOf } from '../action.ts'
import type { Payment } from '../payment.ts'
import { accept, acceptRepeat, withReference } from './accept.ts'
import { authorizationTimer } from './authorization-timer.ts'
import type { Decision, DecisionContext } from './decision.ts'

/** One minute to twenty-five days (scalapay.md 7). */
const shortestDelayMs = 60_000
const longestDelayMs = 2_160_000_000

/** Defers the capture: the authorization now lives `periodMs` from this instant. The same delay again is a repeat. */
export function decideDelay(
  payment: Payment,
  action: ActionOf<'delay'>,
  { merchant, now }: DecisionContext,
): Decision<'delay'> {
  if (!isDelay(action.periodMs)) {
    return refuse({ reason: 'period_out_of_range', minimumMs: shortestDelayMs, maximumMs: longestDelayMs })
  }
  if (payment.state === 'delayed') {
    return hasPeriod(payment, action.periodMs)
      ? acceptRepeat(payment)
      : refuse({ reason: 'wrong_state', state: payment.state, action: action.kind })
  }
  return accept(
    {
      ...withReference(payment, action),
      ...authorizationTimer(now, action.periodMs, merchant.expiryWarningLeadMs),
      state: 'delayed',
      delayedAt: now,
    },
    { kind: 'delayed', at: now },
  )
}

/** Fractions and NaN are refused too: they have no whole microseconds. */
function isDelay(periodMs: number): boolean {
  return Number.isInteger(periodMs) && periodMs >= shortestDelayMs && periodMs <= longestDelayMs
}

function hasPeriod(payment: Payment, periodMs: number): boolean {
  if (payment.expiresAt === null || payment.delayedAt === null) return false
  return payment.expiresAt - payment.delayedAt === BigInt(periodMs) * millisecond
}
