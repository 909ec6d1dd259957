import { assert } from '../../../kernel/assert.ts'
import type { Instant } from '../../../kernel/instant.ts'
import { refuse } from '../../../kernel/result.ts'
import type { Action, ActionOf, ActionOnPayment } from '../action.ts'
import type { Payment } from '../payment.ts'
import { type Rejection, type RejectionFor, reasonsOf } from '../rejection.ts'
import { type ActionKind, reachable } from '../state.ts'
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
export function decide<Act extends Action>(
  payment: Payment | undefined,
  action: Act,
  context: DecisionContext,
): Decision<Act['kind']> {
  const decision = decideAny(payment, action, context)
  assert(decision.ok || mayRefuse(action, decision.reason), `${action.kind} is refused for a reason of its own`)
  return decision as Decision<Act['kind']>
}

/** Whether the action may be refused for that: whoever asked for it has words for no other reason. */
export function mayRefuse({ kind }: Action, { reason }: Rejection): boolean {
  const reasons: readonly Rejection['reason'][] = reasonsOf[kind]
  return reasons.includes(reason)
}

function decideAny(payment: Payment | undefined, action: Action, context: DecisionContext): Decision<Action['kind']> {
  if (action.kind === 'create') return decideCreate(action, context)
  if (action.kind === 'request') return decideRequest(action, context)
  if (!payment) return refuse({ reason: 'unknown_payment' })
  assert(payment.merchantId === context.merchant.id, 'a payment is decided for its own merchant')
  return decideOnPayment(payment, action, context)
}

function decideOnPayment(payment: Payment, action: ActionOnPayment, context: DecisionContext): Decision<ActionKind> {
  if (context.merchant.isDisabled && sells(action)) return refuse(notFrom(payment, action))
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

/** What a merchant that was closed may do no more: take a shopper's money, after a bank's step neither. What a rail has answered is recorded. */
function sells(action: ActionOnPayment): boolean {
  if (action.kind === 'start_attempt') return action.purpose === 'authorize' || action.purpose === 'sale'
  return ['capture', 'capture_part', 'delay', 'resume_attempt'].includes(action.kind)
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

function notFrom(payment: Payment, action: ActionOnPayment): RejectionFor<'nothing_due' | 'wrong_state'> {
  const isLate = action.kind === 'timer' || action.kind === 'finish_attempt' || action.kind === 'resume_attempt'
  if (isLate) return { reason: 'nothing_due' }
  return { reason: 'wrong_state', state: payment.state, action: action.kind }
}

type Deciders = {
  readonly [Kind in ActionKind]: (payment: Payment, action: ActionOf<Kind>, context: DecisionContext) => Decision<Kind>
}

const deciders: Deciders = {
  start_attempt: decideStartAttempt,
  finish_attempt: decideFinishAttempt,
  resume_attempt: (payment, action, { now }) => decideResumeAttempt(payment, action, now),
  delay: decideDelay,
  capture: (payment, action, { now }) => decideCapture(payment, action, now),
  capture_part: (payment, action, { now }) => decideCapturePart(payment, action, now),
  reduce: (payment, action, { now }) => decideReduce(payment, action, now),
  close: (payment, _action, { now }) => decideClose(payment, now),
  void: (payment, action, { now }) => decideVoid(payment, action, now),
  refund: (payment, action, { now }) => decideRefund(payment, action, now),
  receive: (payment, action, { now }) => decideReceive(payment, action, now),
  update_references: (payment, action, { now }) => decideUpdateReferences(payment, action, now),
  flag: (payment, action, { now }) => decideFlag(payment, action, now),
  timer: (payment, _action, context) => decideTimer(payment, context),
}

function dispatch(payment: Payment, action: ActionOnPayment, context: DecisionContext): Decision<ActionKind> {
  // The record has a function for exactly this action; TypeScript cannot follow the pairing through the index.
  const decider = deciders[action.kind] as (
    payment: Payment,
    action: ActionOnPayment,
    context: DecisionContext,
  ) => Decision<ActionKind>
  return decider(payment, action, context)
}
