import type { Instant } from '../../../kernel/instant.ts'
import { refuse } from '../../../kernel/result.ts'
import type { ActionOf } from '../action.ts'
import type { Payment } from '../payment.ts'
import { accept, acceptRepeat, withReference } from './accept.ts'
import { noTimer } from './authorization-timer.ts'
import { releaseAll } from './decide-capture.ts'
import type { Decision } from './decision.ts'

/**
 * Lets an authorization go before anything was captured. An order that nobody paid yet ends at once as if its time were up, so that
 * its link leads nowhere. A void of what was voided answers the first one.
 */
export function decideVoid(payment: Payment, action: ActionOf<'void'>, now: Instant): Decision<'void'> {
  if (payment.voidedAt !== null) return acceptRepeat(payment)
  if (payment.state === 'expired') return voidExpired(payment, action, now)
  if (payment.state === 'created') {
    const after = { ...withReference(payment, action), ...noTimer, state: 'expired', voidedAt: now } as const
    return accept(after, { kind: 'expired', at: now, note: action.isReplaced ? 'replaced' : 'voided' })
  }
  if (payment.captured > 0n) return refuse({ reason: 'partly_captured', action: action.kind })
  return accept(
    { ...withReference(payment, action), ...noTimer, state: 'voided', voidedAt: now },
    { kind: 'voided', at: now, amount: payment.authorized - payment.reduced },
    { transfers: releaseAll(payment) },
  )
}

/** One that is paid without being asked is still paid after its time: calling it off ends that. */
function voidExpired(payment: Payment, action: ActionOf<'void'>, now: Instant): Decision<'void'> {
  if (payment.funding !== 'none') return refuse({ reason: 'wrong_state', state: payment.state, action: action.kind })
  const after = { ...withReference(payment, action), voidedAt: now }
  return accept(after, { kind: 'voided', at: now, ...(action.isReplaced && { note: 'replaced' }) })
}
