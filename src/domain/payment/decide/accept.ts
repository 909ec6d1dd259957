import type { Instant } from '../../../kernel/instant.ts'
import { ok } from '../../../kernel/result.ts'
import type { Transfer } from '../../ledger/transfer.ts'
import type { AttemptRecord } from '../attempt.ts'
import type { EventKind, PaymentEvent } from '../event.ts'
import type { Payment } from '../payment.ts'
import type { Accepted } from './decision.ts'

export type Occurrence = {
  readonly kind: EventKind
  readonly at: Instant
  readonly amount?: bigint
  readonly note?: string | undefined
}

/** A decision that is not a refusal, whatever the action was. */
export type Changed = { readonly ok: true; readonly value: Accepted }

/** The payment after one change: its sequence moves by one and the event describes it as it now stands. */
export function accept(
  after: Payment,
  occurrence: Occurrence,
  written: { transfers?: readonly Transfer[]; attempts?: readonly AttemptRecord[] } = {},
): Changed {
  const payment = { ...after, sequence: after.sequence + 1, changedAt: occurrence.at }
  return ok({
    payment,
    events: [eventOf(payment, occurrence)],
    transfers: written.transfers ?? [],
    attempts: written.attempts ?? [],
  })
}

/** The same request again: answered as before, and nothing moves. */
export function acceptRepeat(payment: Payment): Changed {
  return ok({ payment, events: [], transfers: [], attempts: [] })
}

function eventOf(payment: Payment, occurrence: Occurrence): PaymentEvent {
  return {
    sequence: payment.sequence,
    kind: occurrence.kind,
    state: payment.state,
    amount: occurrence.amount ?? null,
    total: payment.total - payment.reduced,
    merchantReference: payment.merchantReference,
    note: occurrence.note ?? null,
    at: occurrence.at,
  }
}

/** The merchant's reference after an action that may bring a new one along. */
export function withReference(payment: Payment, action: { readonly merchantReference?: string }): Payment {
  return action.merchantReference === undefined ? payment : { ...payment, merchantReference: action.merchantReference }
}
