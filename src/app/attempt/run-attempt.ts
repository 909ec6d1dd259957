import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { ActionOf, AttemptOutcome, StartAttempt } from '../../domain/payment/action.ts'
import type { Payment, PendingAttempt, Protocol } from '../../domain/payment/payment.ts'
import type { Command, Engine, IdempotencyClaim, Reply } from '../../engine/command.ts'
import { assert } from '../../kernel/assert.ts'
import { type AttemptId, newAttemptId, newCommandId, type PaymentId } from '../../kernel/ids.ts'
import { type Money, money } from '../../kernel/money.ts'
import type { FindOutcome, KnownOutcome } from '../../rails/rail.ts'
import type { Sealer } from '../shared/seal.ts'

/*
 * The two commits around one call to a rail: the attempt is recorded and committed, the rail is called while no transaction is
 * open, and its answer is recorded. What is unknown stays pending, and a job asks until it is known. Callers add their policy: how long
 * they wait, whether they ask again, what they answer when nobody knows.
 */

export type AttemptOnPayment = {
  readonly merchant: MerchantTerms
  readonly paymentId: PaymentId
  readonly protocol?: Protocol
  readonly attempt: StartAttempt
  readonly idempotency?: IdempotencyClaim
  readonly attachments?: NonNullable<Command['attachments']>
  readonly actor?: string
}

/** First commit: an accepted reply carries the payment with the attempt that stands, a refusal means that nobody is called. */
export function startAttempt(
  engine: Engine,
  { attempt, ...command }: AttemptOnPayment,
): Promise<Reply<'start_attempt'>> {
  return engine.execute({ ...command, id: newCommandId(), action: { kind: 'start_attempt', ...attempt } })
}

/** What the call is for, as it was recorded. */
export function standingAttempt(payment: Payment, attemptId: AttemptId): { attempt: PendingAttempt; amount: Money } {
  const attempt = payment.pendingAttempt
  assert(attempt?.id === attemptId, 'the attempt that was started stands')
  return { attempt, amount: money(payment.currency, attempt.amount) }
}

/** What a refund, a void or a reversal is about. */
export function railReferenceOf({ railReference }: Pick<Payment, 'railReference'>): string {
  assert(railReference !== null && railReference !== '', 'what a rail approved has a reference')
  return railReference
}

export type FinishedAttempt = {
  readonly merchant: MerchantTerms
  readonly paymentId: PaymentId
  readonly attemptId: AttemptId
  readonly outcome: AttemptOutcome
  /** the payment as the first commit left it, when this process made that one */
  readonly lastSeen?: Payment
  readonly attachments?: NonNullable<Command['attachments']>
  readonly actor?: string
}

/** The command of the second commit. An accepted reply whose standing attempt is `reversalId` began to give the money back. */
export function finishCommand({
  attemptId,
  outcome,
  ...command
}: FinishedAttempt): Command<ActionOf<'finish_attempt'>> {
  const action = { kind: 'finish_attempt', attemptId, outcome, reversalId: newAttemptId() } as const
  return { ...command, id: newCommandId(), action }
}

/** A rail's answer in the words of the domain; a kept card's name is sealed with it. */
export function attemptOutcome(outcome: KnownOutcome, sealer?: Pick<Sealer, 'seal'>): AttemptOutcome {
  switch (outcome.kind) {
    case 'succeeded':
      return {
        ...{ kind: 'succeeded', railReference: outcome.railReference, payload: outcome.payload },
        ...(outcome.token !== undefined && sealer && { cardToken: sealer.seal(outcome.token).toString('base64') }),
      }
    case 'declined':
      return { kind: 'declined', reason: outcome.reason, code: outcome.code, payload: outcome.payload }
    case 'action_required':
      return outcome
  }
}

/** Undefined while unknown. What was never seen will not be done later either: it is declined, and may be tried anew. */
export function settledOutcome(outcome: FindOutcome): KnownOutcome | undefined {
  if (outcome.kind === 'unknown') return undefined
  return outcome.kind === 'never_seen' ? neverSeen : outcome
}

const neverSeen: KnownOutcome = { kind: 'declined', reason: 'processing_error', code: 'never_seen', payload: {} }

export type FinalOutcome = Exclude<KnownOutcome, { kind: 'action_required' }>

/** For a caller whose shopper cannot act: an acquirer that asks for the shopper has refused. */
export function withoutShopper(outcome: KnownOutcome): FinalOutcome {
  if (outcome.kind !== 'action_required') return outcome
  return { kind: 'declined', reason: 'authentication_required', code: 'no_shopper', payload: {} }
}
