import { assert, unreachable } from '../../../kernel/assert.ts'
import type { Instant } from '../../../kernel/instant.ts'
import { refuse } from '../../../kernel/result.ts'
import type { Action, ActionOnPayment, Rejection } from '../action.ts'
import type { Payment } from '../payment.ts'
import { reachable } from '../state.ts'
import { decideFinishAttempt, decideStartAttempt } from './decide-attempt.ts'
import { decideCapture, decideCapturePart, decideClose, decideReduce } from './decide-capture.ts'
import { decideCreate, decideRequest } from './decide-create.ts'
import { decideDelay } from './decide-delay.ts'
import { decideFlag } from './decide-flag.ts'
import { decideReceive } from './decide-receive.ts'
import { decideUpdateReferences } from './decide-references.ts'
import { decideRefund } from './decide-refund.ts'
import { decideTimer } from './decide-timer.ts'
import { decideVoid } from './decide-void.ts'
import type { Decision, DecisionContext } from './decision.ts'
import { decideResumeAttempt } from './shopper-wait.ts'

/**
 * The one function that decides about money: after all reads, before all writes. No clock, no randomness, no await.
 * `payment` is undefined when no such payment of this merchant exists.
 */
export function decide(payment: Payment | undefined, action: Action, context: DecisionContext): Decision {
  if (action.kind === 'create') return decideCreate(action, context)
  if (action.kind === 'request') return decideRequest(action, context)
  if (!payment) return refuse({ reason: 'unknown_payment' })
  assert(payment.merchantId === context.merchant.id, 'a payment is decided for its own merchant')
  return decideOnPayment(payment, action, context)
}

function decideOnPayment(payment: Payment, action: ActionOnPayment, context: DecisionContext): Decision {
  if (blockedByAttempt(payment, action)) return refuse({ reason: 'operation_in_progress' })
  if (!suits(payment, action)) return refuse(notFrom(payment, action))
  if (isPastItsEnd(payment, action, context.now)) {
    return refuse({ reason: 'wrong_state', state: 'expired', action: action.kind })
  }
  const allowed = reachable(payment.state, action.kind)
  if (allowed.length === 0) return refuse(notFrom(payment, action))
  const decision = dispatch(payment, action, context)
  if (decision.ok) {
    assert(
      allowed.includes(decision.value.payment.state),
      `${action.kind} leads from ${payment.state} as the table says`,
    )
  }
  return decision
}

/**
 * While the rail's answer is out, only that answer and the merchant's own labels may change the payment. While the shopper is
 * waited for nothing is out: a timer may end it, and another attempt may take its place.
 */
function blockedByAttempt({ pendingAttempt }: Payment, { kind }: ActionOnPayment): boolean {
  if (pendingAttempt === null) return false
  if (kind === 'finish_attempt' || kind === 'update_references' || kind === 'flag' || kind === 'resume_attempt')
    return false
  const isFree = pendingAttempt.waitsFor !== undefined && (kind === 'timer' || kind === 'start_attempt')
  return !isFree
}

/** What nobody collects is paid by receiving it alone, and may be called off while nothing has come; what a rail collects is never received. */
function suits({ funding, received }: Payment, { kind }: ActionOnPayment): boolean {
  if (funding !== 'none') return kind !== 'receive'
  if (kind === 'void') return received === 0n
  return kind === 'receive' || kind === 'update_references' || kind === 'timer'
}

/** An action that arrives after the end, before the timer ran, finds what it would find a moment later. */
function isPastItsEnd(payment: Payment, action: ActionOnPayment, now: Instant): boolean {
  if (payment.expiresAt === null || payment.expiresAt > now) return false
  return !atAnyTime.includes(action.kind)
}

/** They tell what has happened already, or change nothing but labels. */
const atAnyTime: readonly ActionOnPayment['kind'][] = [
  'timer',
  'finish_attempt',
  'receive',
  'update_references',
  'flag',
]

function notFrom(payment: Payment, action: ActionOnPayment): Rejection {
  const isLate = action.kind === 'timer' || action.kind === 'finish_attempt' || action.kind === 'resume_attempt'
  if (isLate) return { reason: 'nothing_due' }
  return { reason: 'wrong_state', state: payment.state, action: action.kind }
}

function dispatch(payment: Payment, action: ActionOnPayment, context: DecisionContext): Decision {
  switch (action.kind) {
    case 'start_attempt':
      return decideStartAttempt(payment, action, context)
    case 'finish_attempt':
      return decideFinishAttempt(payment, action, context)
    case 'resume_attempt':
      return decideResumeAttempt(payment, action, context.now)
    case 'delay':
      return decideDelay(payment, action, context)
    case 'capture':
      return decideCapture(payment, action, context.now)
    case 'capture_part':
      return decideCapturePart(payment, action, context.now)
    case 'reduce':
      return decideReduce(payment, action, context.now)
    case 'close':
      return decideClose(payment, context.now)
    case 'void':
      return decideVoid(payment, action, context.now)
    case 'refund':
      return decideRefund(payment, action, context.now)
    case 'receive':
      return decideReceive(payment, action, context.now)
    case 'update_references':
      return decideUpdateReferences(payment, action, context.now)
    case 'flag':
      return decideFlag(payment, action, context.now)
    case 'timer':
      return decideTimer(payment, context)
    default:
      return unreachable(action)
  }
}
