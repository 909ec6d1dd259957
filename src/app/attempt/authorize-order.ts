import type { AttemptOutcome } from '../../domain/payment/action.ts'
import { instrumentOf } from '../../domain/payment/card.ts'
import type { AcceptedReply, Engine, Reply } from '../../engine/command.ts'
import { newAttemptId, newCommandId } from '../../kernel/ids.ts'
import { money } from '../../kernel/money.ts'
import type { CardAcquirer, RailOutcome } from '../../rails/rail.ts'
import type { AuthorizationResult, AuthorizeOrder } from '../app.ts'

/** How long a shopper looks at a spinner before the attempt is left to the job that asks again. */
const deadlineMs = 10_000

/** Two commits around one call: no transaction is open while the acquirer thinks. */
export function createAuthorizeOrder(engine: Engine, acquirer: CardAcquirer): AuthorizeOrder {
  return async ({ merchant, paymentId, card }) => {
    const attemptId = newAttemptId()
    const started = await engine.execute({
      id: newCommandId(),
      merchant,
      paymentId,
      action: {
        kind: 'start_attempt',
        attemptId,
        purpose: 'authorize',
        acquirer: acquirer.name,
        instrument: instrumentOf(card),
      },
    })
    if (started.kind !== 'accepted') return { kind: 'refused', reply: rejected(started) }
    const { payment } = started
    const amount = money(payment.currency, payment.total)
    const outcome = await acquirer.perform({ purpose: 'authorize', attemptId, amount, card }, deadlineMs)
    if (outcome.kind === 'unknown') return { kind: 'unknown', payment }
    const finished = await engine.execute({
      id: newCommandId(),
      merchant,
      paymentId,
      lastSeen: payment,
      action: { kind: 'finish_attempt', attemptId, outcome: attemptOutcome(outcome), reversalId: newAttemptId() },
    })
    if (finished.kind === 'accepted') return resultOf(finished, outcome)
    // The job that asks about old attempts was first: what it found stands in the order.
    if (reasonOf(finished) === 'nothing_due') return { kind: 'unknown', payment }
    return { kind: 'refused', reply: rejected(finished) }
  }
}

export function attemptOutcome(outcome: Exclude<RailOutcome, { kind: 'unknown' }>): AttemptOutcome {
  if (outcome.kind === 'succeeded')
    return { kind: 'succeeded', railReference: outcome.railReference, payload: outcome.payload }
  return { kind: 'declined', reason: outcome.reason, code: outcome.code, payload: outcome.payload }
}

function resultOf({ payment }: AcceptedReply, outcome: Exclude<RailOutcome, { kind: 'unknown' }>): AuthorizationResult {
  if (outcome.kind === 'succeeded') return { kind: 'authorized', payment }
  return { kind: 'declined', payment, reason: outcome.reason }
}

function reasonOf(reply: Reply): string | undefined {
  return reply.kind === 'rejected' ? reply.rejection.reason : undefined
}

function rejected(reply: Exclude<Reply, AcceptedReply>): Extract<Reply, { kind: 'rejected' }> {
  if (reply.kind === 'rejected') return reply
  throw new Error('a command without a key is never a replay')
}
