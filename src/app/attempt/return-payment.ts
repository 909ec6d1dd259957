import type pg from 'pg'
import { listAttempts, type StoredAttempt } from '../../db/attempt/attempts.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { RejectionOf } from '../../domain/payment/rejection.ts'
import { type Engine, Unavailable } from '../../engine/command.ts'
import { mayReleaseStock } from '../../engine/companions/catalogue-stock.ts'
import { type AttemptId, newAttemptId } from '../../kernel/ids.ts'
import type { AcquirerDirectory, KnownOutcome } from '../../rails/rail.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import {
  type AttemptOnPayment,
  attemptOutcome,
  finishCommand,
  railReferenceOf,
  standingAttempt,
  startAttempt,
} from './run-attempt.ts'

/** Money that goes back to a card: a refund of all or a part, or the void of a whole sale. */
export type ReturnRequest = {
  readonly merchant: MerchantTerms
  readonly payment: Payment
  readonly purpose: 'refund' | 'void'
  /** minor units; absent: everything that is left */
  readonly amount?: bigint
  /** the merchant's own name for it */
  readonly reference?: string
  readonly claim?: { readonly key: string; readonly bodyHash: Buffer }
  /** who at the merchant wants it, where that is a person */
  readonly actor?: string
}

export type ReturnResult =
  /** recorded; its state says what became of it. `pending` is settled by a job. */
  | { readonly kind: 'recorded'; readonly attempt: StoredAttempt }
  | { readonly kind: 'refused'; readonly rejection: RejectionOf<'start_attempt'> }
  /** nothing was recorded: the acquirer that took the sale is not configured */
  | { readonly kind: 'no_acquirer' }

export type ReturnPayment = (request: ReturnRequest) => Promise<ReturnResult>

export type ReturnPaymentParts = {
  readonly engine: Engine
  readonly pool: pg.Pool
  readonly acquirers: AcquirerDirectory
  /** how long the acquirer may take; default 12 s, below the 30 s after which a job asks */
  readonly deadlineMs?: number
}

/**
 * Two commits around one call, as for a sale (decision 0008). What the acquirer does not answer, or
 * what cannot be recorded, stays pending: the job that settles attempts makes the call again under the same id. Throws
 * `Unavailable` only before the first commit.
 */
export function createReturnPayment(parts: ReturnPaymentParts): ReturnPayment {
  return async (request) => {
    const sale = (await attemptsOf(parts.pool, request)).find((attempt) => attempt.purpose === 'sale')
    const acquirer = sale && (await parts.acquirers(sale.acquirer, request.merchant.id))
    if (!acquirer) return { kind: 'no_acquirer' }
    const attemptId = newAttemptId()
    const reply = await startAttempt(parts.engine, firstCommit(request, attemptId, sale.acquirer))
    switch (reply.kind) {
      case 'rejected':
        return { kind: 'refused', rejection: reply.rejection }
      case 'replayed':
        return await recorded(parts, request, reply.response as AttemptId)
      case 'accepted': {
        const { attempt, amount } = standingAttempt(reply.payment, attemptId)
        const railReference = railReferenceOf(reply.payment)
        const call = { purpose: request.purpose, attemptId, amount, railReference }
        const outcome = await acquirer.perform(call, parts.deadlineMs ?? 12_000)
        if (outcome.kind !== 'unknown') await finish(parts.engine, request, attemptId, outcome)
        return await recorded(parts, request, attempt.id)
      }
    }
  }
}

function firstCommit(request: ReturnRequest, attemptId: AttemptId, acquirer: string): AttemptOnPayment {
  const { merchant, payment, purpose, amount, reference, claim, actor } = request
  return {
    merchant,
    protocol: payment.protocol,
    paymentId: payment.id,
    attempt: {
      attemptId,
      purpose,
      acquirer,
      instrument: null,
      ...(amount !== undefined && { amount }),
      ...(reference !== undefined && { reference }),
    },
    ...(actor !== undefined && { actor }),
    ...(claim && { idempotency: { ...claim, operation: `${payment.protocol}/${purpose}`, render: () => attemptId } }),
  }
}

/** An outage here is not a loss: the attempt stays pending, and a job finds the answer again. */
async function finish(
  engine: Engine,
  { merchant, payment, actor }: ReturnRequest,
  attemptId: AttemptId,
  outcome: KnownOutcome,
): Promise<void> {
  const attachments = [mayReleaseStock]
  try {
    await engine.execute(
      finishCommand({
        ...{ merchant, paymentId: payment.id, attemptId, outcome: attemptOutcome(outcome), attachments },
        ...(actor !== undefined && { actor }),
      }),
    )
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
  }
}

/** As it is stored; when that cannot be read, what is certain of it: it was started. */
async function recorded(parts: ReturnPaymentParts, request: ReturnRequest, id: AttemptId): Promise<ReturnResult> {
  try {
    const attempt = (await attemptsOf(parts.pool, request)).find((each) => each.id === id)
    if (attempt) return { kind: 'recorded', attempt }
    throw new Error('an attempt that was answered is stored')
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    return { kind: 'recorded', attempt: pendingAttempt(request, id) }
  }
}

function pendingAttempt({ payment, purpose, amount }: ReturnRequest, id: AttemptId): StoredAttempt {
  return {
    id,
    purpose,
    acquirer: '',
    amount: amount ?? payment.captured - payment.refunded,
    state: 'pending',
    railReference: null,
    failure: null,
    code: null,
    payload: null,
    startedAt: payment.createdAt,
    finishedAt: null,
  }
}

function attemptsOf(pool: pg.Pool, { merchant, payment }: ReturnRequest): Promise<StoredAttempt[]> {
  return outageAsUnavailable(listAttempts(pool, merchant.id, payment.id))
}
