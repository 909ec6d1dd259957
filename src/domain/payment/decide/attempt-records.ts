import type { Instant } from '../../../kernel/instant.ts'
import type { AttemptOutcome } from '../action.ts'
import type { AttemptRecord } from '../attempt.ts'
import type { PendingAttempt } from '../payment.ts'

export type Decline = Extract<AttemptOutcome, { kind: 'declined' }>

type Answer = Omit<Extract<AttemptRecord, { kind: 'finished' }>, 'kind' | 'id' | 'state'>

/** The row of an attempt that is about to be made. */
export function started(attempt: PendingAttempt, railReference: string | null, at: Instant): AttemptRecord {
  const { id, purpose, amount, acquirer } = attempt
  return { kind: 'started', id, purpose, amount, acquirer, railReference, at }
}

/** The end of an attempt: without a failure it succeeded. */
export function finished(attempt: Pick<PendingAttempt, 'id'>, answer: Answer): AttemptRecord {
  return { kind: 'finished', id: attempt.id, state: answer.failure === null ? 'succeeded' : 'declined', ...answer }
}

export function declinedAnswer({ reason, code, payload }: Decline, at: Instant): Answer {
  return { railReference: null, failure: reason, code, payload: payload ?? null, at }
}
