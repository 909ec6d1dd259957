import { isoOf } from '../../../kernel/instant.ts'
import { refuse } from '../../../kernel/result.ts'
import { openToCapture, type Payment } from '../payment.ts'
import { accept } from './accept.ts'
import { noTimer } from './authorization-timer.ts'
import { ended, releaseAll } from './decide-capture.ts'
import type { Decision, DecisionContext } from './decision.ts'
import { endWait, unattended } from './shopper-wait.ts'

/**
 * What falls due on a payment by itself: the warning before an authorization ends, the end of an order nobody
 * authorized, the end of an authorization nobody captured, the end of an attempt whose shopper did not come back. Not due yet (moved, or done by another process): refused.
 */
export function decideTimer(payment: Payment, { now }: DecisionContext): Decision<'timer'> {
  const { expiresAt, timerAt } = payment
  if (timerAt === null || timerAt > now) return refuse({ reason: 'nothing_due' })
  const waiting = payment.pendingAttempt
  if (waiting && (expiresAt === null || timerAt < expiresAt)) return endWait(payment, waiting, now)
  if (expiresAt === null) return refuse({ reason: 'nothing_due' })
  if (timerAt < expiresAt) {
    return accept(
      { ...payment, timerAt: expiresAt },
      { kind: 'expiring_soon', at: now, amount: openToCapture(payment), note: isoOf(expiresAt) },
    )
  }
  if (payment.state === 'created') {
    return accept(
      { ...payment, ...noTimer, pendingAttempt: null, state: 'expired' },
      { kind: 'expired', at: now },
      { attempts: waiting ? [unattended(waiting, now)] : [] },
    )
  }
  const transfers = releaseAll(payment)
  if (payment.captured > 0n) {
    return accept(ended(payment, now), { kind: 'closed', at: now, amount: payment.captured }, { transfers })
  }
  return accept(
    { ...payment, ...noTimer, state: 'lapsed' },
    { kind: 'lapsed', at: now, amount: openToCapture(payment) },
    { transfers },
  )
}
