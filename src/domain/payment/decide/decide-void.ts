import type { Instant } from '../../../kernel/instant.ts'
import { refuse } from '../../../kernel/result.ts'
import type { Action } from '../action.ts'
import type { Payment } from '../payment.ts'
import { accept, acceptRepeat, withReference } from './accept.ts'
import { noTimer } from './authorization-timer.ts'
import { releaseAll } from './decide-capture.ts'
import type { Decision } from './decision.ts'

/** Lets an authorization go before anything was captured. A void of a voided payment answers the first one. */
export function decideVoid(payment: Payment, action: Extract<Action, { kind: 'void' }>, now: Instant): Decision {
  if (payment.state === 'voided') return acceptRepeat(payment)
  if (payment.captured > 0n) return refuse({ reason: 'partly_captured', action: action.kind })
  return accept(
    { ...withReference(payment, action), ...noTimer, state: 'voided', voidedAt: now },
    { kind: 'voided', at: now, amount: payment.authorized - payment.reduced },
    { transfers: releaseAll(payment) },
  )
}
