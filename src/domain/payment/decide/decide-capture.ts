import type { Instant } from '../../../kernel/instant.ts'
import { refuse } from '../../../kernel/result.ts'
import { capturePostings, releasePostings } from '../../ledger/postings.ts'
import type { Transfer } from '../../ledger/transfer.ts'
import type { ActionOf } from '../action.ts'
import { booksOf } from '../books.ts'
import { openToCapture, type Payment } from '../payment.ts'
import type { AmountRejection } from '../rejection.ts'
import { accept, acceptRepeat, withReference } from './accept.ts'
import { noTimer } from './authorization-timer.ts'
import type { Decision } from './decision.ts'

/**
 * Captures `amount`, or all that is open, and releases the rest of the authorization. On a captured payment the same
 * capture again (no amount, or the amount captured) answers the first one and moves nothing.
 */
export function decideCapture(payment: Payment, action: ActionOf<'capture'>, now: Instant): Decision<'capture'> {
  if (payment.capturedAt !== null && payment.state !== 'delayed') return repeatOf(payment, action)
  const open = openToCapture(payment)
  const amount = action.amount ?? open
  const refusal = refusalOf(payment, amount, open)
  if (refusal) return refuse(refusal)
  return accept(
    captured(withReference(payment, action), amount, now, 'captured'),
    { kind: 'captured', at: now, amount },
    { transfers: [...releasePostings(payment.currency, open), ...capturePostings(booksOf(payment), amount)] },
  )
}

function repeatOf(payment: Payment, action: ActionOf<'capture'>): Decision<'capture'> {
  const same = action.amount === undefined || action.amount === payment.captured
  if (same) return acceptRepeat(payment)
  return refuse({ reason: 'wrong_state', state: payment.state, action: action.kind })
}

/** One of several captures of a delayed payment; the one that takes the last of it closes the payment by itself. */
export function decideCapturePart(
  payment: Payment,
  action: ActionOf<'capture_part'>,
  now: Instant,
): Decision<'capture_part'> {
  const open = openToCapture(payment)
  const amount = action.amount ?? open
  const refusal = refusalOf(payment, amount, open)
  if (refusal) return refuse(refusal)
  const state = amount === open ? 'captured' : 'delayed'
  return accept(
    captured(withReference(payment, action), amount, now, state),
    { kind: state === 'captured' ? 'captured' : 'part_captured', at: now, amount },
    { transfers: [...releasePostings(payment.currency, amount), ...capturePostings(booksOf(payment), amount)] },
  )
}

/** Lowers a delayed payment's total. When nothing is left open the payment ends: captured, or voided if nothing was. */
export function decideReduce(payment: Payment, action: ActionOf<'reduce'>, now: Instant): Decision<'reduce'> {
  const open = openToCapture(payment)
  const refusal = refusalOf(payment, action.amount, open)
  if (refusal) return refuse(refusal)
  const reduced = { ...withReference(payment, action), reduced: payment.reduced + action.amount }
  const after = action.amount === open ? ended(reduced, now) : reduced
  return accept(
    after,
    { kind: 'reduced', at: now, amount: action.amount },
    { transfers: releasePostings(payment.currency, action.amount) },
  )
}

/** Ends a delayed payment with what has been captured; what is still open is released. */
export function decideClose(payment: Payment, now: Instant): Decision<'close'> {
  const open = openToCapture(payment)
  return accept(
    ended(payment, now),
    { kind: 'closed', at: now, amount: payment.captured },
    { transfers: releasePostings(payment.currency, open) },
  )
}

/** A delayed payment with nothing more to come. */
export function ended(payment: Payment, now: Instant): Payment {
  if (payment.captured > 0n) return { ...payment, ...noTimer, state: 'captured' }
  return { ...payment, ...noTimer, state: 'voided', voidedAt: now }
}

function captured(payment: Payment, amount: bigint, now: Instant, state: 'captured' | 'delayed'): Payment {
  return {
    ...payment,
    ...(state === 'captured' ? noTimer : {}),
    state,
    captured: payment.captured + amount,
    capturedAt: now,
    captures: [...payment.captures, { amount, at: now }],
  }
}

function refusalOf(payment: Payment, amount: bigint, open: bigint): AmountRejection | undefined {
  if (amount <= 0n) return { reason: 'amount_not_positive' }
  if (amount > open) return { reason: 'amount_exceeds_open', open, currency: payment.currency }
  return undefined
}

/** Every hold of the payment let go at once. */
export function releaseAll(payment: Payment): readonly Transfer[] {
  return releasePostings(payment.currency, openToCapture(payment))
}
