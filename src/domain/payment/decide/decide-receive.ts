import { unreachable } from '../../../kernel/assert.ts'
import type { Instant } from '../../../kernel/instant.ts'
import { lesserOf } from '../../../kernel/lesser-of.ts'
import { refuse } from '../../../kernel/result.ts'
import { capturePostings, receiptPostings } from '../../ledger/postings.ts'
import type { Receipt } from '../action.ts'
import { booksOf } from '../books.ts'
import type { Payment } from '../payment.ts'
import { accept } from './accept.ts'
import { noTimer } from './authorization-timer.ts'
import type { Decision } from './decision.ts'

/**
 * What a rail that is paid without being asked has learned of one credit. A part leaves the payment open; the whole makes it `processing`,
 * and `captured` once as much of it is final. What comes late, after the end of an open payment, counts as well: whether it may is for the
 * rail to say, which knows the rate. What is more than the whole is received and settled, and never captured.
 *
 * That one credit is seen once, and is final or undone once, is the rail's to keep: it writes its own record in the same transaction.
 */
export function decideReceive(payment: Payment, receipt: Receipt, now: Instant): Decision<'receive'> {
  // Nobody waits for it any more: whoever looks after the wallet decides what becomes of it.
  if (receipt.step === 'seen' && payment.voidedAt !== null) {
    return refuse({ reason: 'wrong_state', state: payment.state, action: 'receive' })
  }
  if (receipt.amount <= 0n) return refuse({ reason: 'amount_not_positive' })
  switch (receipt.step) {
    case 'seen':
      return seen(payment, receipt, now)
    case 'final':
      return final(payment, receipt, now)
    case 'undone':
      return undone(payment, receipt, now)
    default:
      return unreachable(receipt.step)
  }
}

function seen(payment: Payment, { amount, credit, wallet, tolerance }: Receipt, now: Instant): Decision<'receive'> {
  const after = { ...payment, received: payment.received + amount, instrument: payment.instrument ?? wallet }
  const isWhole = suffices(after.received, payment, tolerance)
  return accept(isOpen(payment) && isWhole ? { ...after, state: 'processing', timerAt: null } : after, {
    kind: 'received',
    at: now,
    amount,
    note: credit,
  })
}

/** Booked when it is final, not before: what a network may still undo belongs to no merchant yet. */
function final(payment: Payment, { amount, credit, wallet, tolerance }: Receipt, now: Instant): Decision<'receive'> {
  if (amount > payment.received - payment.settled) return refuse(moreThanStands(payment))
  const after = { ...payment, settled: payment.settled + amount }
  const receipts = receiptPostings(payment.currency, wallet, amount)
  if (payment.state !== 'processing' || !suffices(after.settled, payment, tolerance)) {
    return accept(after, { kind: 'receipt_settled', at: now, amount, note: credit }, { transfers: receipts })
  }
  const captured = lesserOf(after.settled, payment.total)
  return accept(
    {
      ...after,
      ...noTimer,
      state: 'captured',
      authorized: captured,
      captured,
      authorizedAt: now,
      capturedAt: now,
      captures: [{ amount: captured, at: now }],
    },
    { kind: 'captured', at: now, amount: captured, note: credit },
    { transfers: [...receipts, ...capturePostings(booksOf(payment), captured)] },
  )
}

/** The network took it back before it was final. An order whose time is over meanwhile has expired. */
function undone(payment: Payment, { amount, credit, tolerance }: Receipt, now: Instant): Decision<'receive'> {
  if (amount > payment.received - payment.settled) return refuse(moreThanStands(payment))
  const after = { ...payment, received: payment.received - amount }
  const occurrence = { kind: 'receipt_undone', at: now, amount, note: credit } as const
  if (payment.state !== 'processing' || suffices(after.received, payment, tolerance)) return accept(after, occurrence)
  const { expiresAt } = payment
  return accept(
    expiresAt !== null && expiresAt > now
      ? { ...after, state: 'created', timerAt: expiresAt }
      : { ...after, ...noTimer, state: 'expired' },
    occurrence,
  )
}

function suffices(amount: bigint, { total }: Payment, tolerance: bigint): boolean {
  return amount + tolerance >= total
}

function isOpen({ state }: Payment): boolean {
  return state === 'created' || state === 'expired'
}

function moreThanStands(payment: Payment) {
  const open = payment.received - payment.settled
  return { reason: 'amount_exceeds_open', open, currency: payment.currency } as const
}
