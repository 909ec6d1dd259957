import { type Instant, millisecond, plus } from '../../../kernel/instant.ts'
import { refuse } from '../../../kernel/result.ts'
import type { ActionOf, AttemptOutcome } from '../action.ts'
import type { AttemptRecord } from '../attempt.ts'
import type { Payment, PendingAttempt } from '../payment.ts'
import { accept, type Changed } from './accept.ts'
import { type Decline, declinedAnswer, finished } from './attempt-records.ts'
import { noTimer } from './authorization-timer.ts'
import type { Decision } from './decision.ts'

/** The rail waits for the shopper: from now on so does the payment, and its timer with it. */
export function waitForShopper(
  payment: Payment,
  attempt: PendingAttempt,
  { action, lifeMs }: Extract<AttemptOutcome, { kind: 'action_required' }>,
  now: Instant,
): Decision<'finish_attempt'> {
  // A rail that asks for the shopper of a refund, or of what was given up, has not answered: it stays pending.
  if (payment.state !== 'created' || attempt.abandoned) return refuse({ reason: 'nothing_due' })
  const until = plus(now, BigInt(lifeMs) * millisecond)
  const timerAt = payment.expiresAt !== null && payment.expiresAt < until ? payment.expiresAt : until
  return accept(
    { ...payment, timerAt, pendingAttempt: { ...attempt, waitsFor: { action, until } } },
    { kind: 'attempt_waits', at: now, amount: attempt.amount, note: attempt.id },
    { attempts: [{ kind: 'waits_for_shopper', id: attempt.id }] },
  )
}

/** Before the rail is called again. A crash after this leaves an attempt that the rail is asked about, like any other. */
export function decideResumeAttempt(
  payment: Payment,
  { attemptId }: ActionOf<'resume_attempt'>,
  now: Instant,
): Decision<'resume_attempt'> {
  const attempt = payment.pendingAttempt
  if (attempt?.id !== attemptId || attempt.waitsFor === undefined) return refuse({ reason: 'nothing_due' })
  const { waitsFor: _over, ...resumed } = attempt
  return accept(
    { ...payment, timerAt: payment.expiresAt, pendingAttempt: resumed },
    { kind: 'attempt_resumed', at: now, amount: attempt.amount, note: attempt.id },
    { attempts: [{ kind: 'resumed', id: attempt.id, at: now }] },
  )
}

/** The shopper did not act in time, or tries something else: the rail was asked for nothing that could still happen. */
export function unattended(attempt: PendingAttempt, now: Instant): AttemptRecord {
  return finished(attempt, declinedAnswer(notAuthenticated, now))
}

/** Ends the wait by the timer. An order stays open for another card; a payment that was one attempt has failed. */
export function endWait(payment: Payment, attempt: PendingAttempt, now: Instant): Changed {
  const after: Payment = { ...payment, pendingAttempt: null, failure: notAuthenticated.reason }
  const attempts = [unattended(attempt, now)]
  const declined = { at: now, amount: attempt.amount, note: notAuthenticated.reason }
  if (attempt.purpose === 'sale') {
    return accept({ ...after, ...noTimer, state: 'failed' }, { ...declined, kind: 'failed' }, { attempts })
  }
  return accept({ ...after, timerAt: payment.expiresAt }, { ...declined, kind: 'attempt_declined' }, { attempts })
}

const notAuthenticated: Decline = { kind: 'declined', reason: 'authentication_required', code: 'not_attended' }
