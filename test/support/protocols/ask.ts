import assert from 'node:assert/strict'
import type { Action } from '../../../src/domain/payment/action.ts'
import { decide } from '../../../src/domain/payment/decide/decide.ts'
import type { Accepted, DecisionContext } from '../../../src/domain/payment/decide/decision.ts'
import type { Payment } from '../../../src/domain/payment/payment.ts'
import type { Rejection } from '../../../src/domain/payment/rejection.ts'
import { aContext } from '../payments/factories.ts'

/** What `decide` writes for an action that must be accepted. */
export function ask(payment: Payment | undefined, action: Action, context: Partial<DecisionContext> = {}): Accepted {
  const decision = decide(payment, action, aContext(context))
  assert(decision.ok, `${action.kind} is accepted, not ${decision.ok || decision.reason.reason}`)
  return decision.value
}

/** Why `decide` refuses an action that must be refused. */
export function refusal(
  payment: Payment | undefined,
  action: Action,
  context: Partial<DecisionContext> = {},
): Rejection {
  const decision = decide(payment, action, aContext(context))
  assert(!decision.ok, `${action.kind} is refused`)
  return decision.reason
}

/** The transfers as `kind amount`, in order. */
export function movesOf({ transfers }: Accepted): string[] {
  return transfers.map(({ kind, amount }) => `${kind} ${amount}`)
}

/** The same answer as before, and nothing written. */
export function assertRepeats(payment: Payment, action: Action): void {
  assert.deepEqual(ask(payment, action), { payment, events: [], transfers: [], attempts: [] })
}
