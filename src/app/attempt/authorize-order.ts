import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import { instrumentOf } from '../../domain/payment/card.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { AcceptedReply, Engine, Reply } from '../../engine/command.ts'
import { assert } from '../../kernel/assert.ts'
import { currencyOf } from '../../kernel/currency.ts'
import { type AttemptId, newAttemptId, newCommandId, type PaymentId } from '../../kernel/ids.ts'
import { noAcquirer } from '../../rails/card/no-acquirer.ts'
import type { AcquirerDirectory, KnownOutcome, RailOutcome } from '../../rails/rail.ts'
import type { AuthorizationResult, AuthorizeOrder, CompleteOrder } from '../app.ts'
import type { ChooseAcquirer } from './choose-acquirer.ts'
import { attemptOutcome, finishCommand, standingAttempt, startAttempt } from './run-attempt.ts'

/** How long a shopper looks at a spinner before the attempt is left to the job that asks again. */
const deadlineMs = 10_000

/** The shopper's card, as typed in, authorizes an order. */
export function createAuthorizeOrder(engine: Engine, choose: ChooseAcquirer): AuthorizeOrder {
  return async ({ merchant, paymentId, card, returnUrl }) => {
    const { key, acquirer } = await choose(orderOf(merchant))
    const attemptId = newAttemptId()
    const started = await startAttempt(engine, {
      merchant,
      paymentId,
      attempt: { attemptId, purpose: 'authorize', acquirer: key, instrument: instrumentOf(card) },
    })
    if (started.kind !== 'accepted') return { kind: 'refused', reply: rejected(started) }
    const { payment } = started
    const { amount } = standingAttempt(payment, attemptId)
    const outcome = await acquirer.perform(
      { purpose: 'authorize', attemptId, amount, card, ...(returnUrl !== undefined && { returnUrl }) },
      deadlineMs,
    )
    return await finish(engine, merchant, payment, attemptId, outcome)
  }
}

/** Whether a card could pay an order of the merchant on the hosted page. */
export function createHasAcquirer(choose: ChooseAcquirer): (merchant: MerchantTerms) => Promise<boolean> {
  return async (merchant) => (await choose(orderOf(merchant))).acquirer !== noAcquirer
}

/** Goes on with an authorization whose shopper came back. */
export function createCompleteOrder(engine: Engine, acquirers: AcquirerDirectory): CompleteOrder {
  return async ({ merchant, paymentId, attemptId }) => {
    const resumed = await engine.execute({
      id: newCommandId(),
      merchant,
      paymentId,
      action: { kind: 'resume_attempt', attemptId },
    })
    if (resumed.kind !== 'accepted') return { kind: 'refused', reply: rejected(resumed) }
    const { payment } = resumed
    const { attempt, amount } = standingAttempt(payment, attemptId)
    const acquirer = await acquirers(attempt.acquirer, merchant.id)
    if (!acquirer) return { kind: 'unknown', payment }
    const outcome = await acquirer.perform({ purpose: 'complete', attemptId, amount }, deadlineMs)
    return await finish(engine, merchant, payment, attemptId, outcome)
  }
}

/** Orders of the hosted page are in their merchant's currency, and funded by the operator. */
function orderOf(merchant: MerchantTerms): Parameters<ChooseAcquirer>[0] {
  const currency = currencyOf(merchant.currency)
  assert(currency !== undefined, 'a merchant has a known currency')
  return { merchantId: merchant.id, currency, funding: 'shopper' }
}

async function finish(
  engine: Engine,
  merchant: MerchantTerms,
  payment: Payment,
  attemptId: AttemptId,
  outcome: RailOutcome,
): Promise<AuthorizationResult> {
  if (outcome.kind === 'unknown') return { kind: 'unknown', payment }
  const paymentId: PaymentId = payment.id
  const finished = await engine.execute(
    finishCommand({ merchant, paymentId, attemptId, outcome: attemptOutcome(outcome), lastSeen: payment }),
  )
  if (finished.kind === 'accepted') return resultOf(finished, outcome)
  // The job that asks about old attempts was first: what it found stands in the order.
  if (reasonOf(finished) === 'nothing_due') return { kind: 'unknown', payment }
  return { kind: 'refused', reply: rejected(finished) }
}

function resultOf({ payment }: AcceptedReply, outcome: KnownOutcome): AuthorizationResult {
  switch (outcome.kind) {
    case 'succeeded':
      return { kind: 'authorized', payment }
    case 'declined':
      return { kind: 'declined', payment, reason: outcome.reason }
    case 'action_required':
      return { kind: 'action_required', payment, action: outcome.action }
  }
}

function reasonOf(reply: Reply): string | undefined {
  return reply.kind === 'rejected' ? reply.rejection.reason : undefined
}

function rejected(reply: Exclude<Reply, AcceptedReply>): Extract<Reply, { kind: 'rejected' }> {
  if (reply.kind === 'rejected') return reply
  throw new Error('a command without a key is never a replay')
}
