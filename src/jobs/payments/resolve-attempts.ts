import type pg from 'pg'
import { makeAgain } from '../../app/attempt/make-again.ts'
import { attemptOutcome, finishCommand, settledOutcome, withoutShopper } from '../../app/attempt/run-attempt.ts'
import type { FrequencyOfPayment } from '../../app/instalments/frequency-of-payment.ts'
import type { DueSource } from '../../app/sandbox/due-source.ts'
import type { Sealer } from '../../app/shared/seal.ts'
import type { KeepCard } from '../../app/shopper/keep-card.ts'
import { claimDueAttempts, type DueAttempt, nextAttemptDue } from '../../db/attempt/due-attempts.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { AttemptOutcome } from '../../domain/payment/action.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { Engine } from '../../engine/command.ts'
import { mayReleaseStock } from '../../engine/companions/catalogue-stock.ts'
import { tellsShopper } from '../../engine/companions/shopper-news.ts'
import { assert } from '../../kernel/assert.ts'
import { money } from '../../kernel/money.ts'
import type { AcquirerDirectory, CardAcquirer, FindOutcome } from '../../rails/rail.ts'
import type { JobLog } from '../runner/job-runner.ts'
import { createTermsOf } from './terms-of.ts'

/** Questions on their way at once: a silent acquirer costs its deadline per portion, not per attempt. */
const mostAtOnce = 50

const defaultDeadlineMs = 10_000

type Parts = {
  readonly pool: pg.Pool
  readonly engine: Engine
  readonly acquirers: AcquirerDirectory
  /** seals the name of a card that an acquirer says late that it keeps */
  readonly sealer?: Pick<Sealer, 'seal'>
  /** puts a card that was authorized late among its shopper's */
  readonly keepCard?: KeepCard
  /** when the shopper of such an order is told that it is due */
  readonly frequencyOfPayment?: FrequencyOfPayment
  readonly log: JobLog
  /** for each call to an acquirer */
  readonly deadlineMs?: number
}

/**
 * Settles rail calls whose answer never came: the acquirer is asked, and asked again, until it is known. No transaction
 * is open while it is asked. Several processes may run it: an attempt is taken by one of them, and a second answer to it
 * is refused by the domain. Throws `Unavailable` when an answer could not be recorded; the next question brings it again.
 */
export function createResolveAttempts(parts: Parts): DueSource {
  return {
    name: 'resolve attempts',
    nextDue: () => nextAttemptDue(parts.pool),
    runDue: async (until) => {
      const due = await claimDueAttempts(parts.pool, until, mostAtOnce)
      const termsOf = createTermsOf(parts.pool)
      const results = await Promise.allSettled(
        due.map(async (attempt) => resolve(parts, attempt, await termsOf(attempt.merchantId))),
      )
      const failed = results.find((result) => result.status === 'rejected')
      if (failed) throw failed.reason
      return due.length
    },
  }
}

async function resolve(parts: Parts, attempt: DueAttempt, merchant: MerchantTerms | undefined): Promise<void> {
  const { merchantId, attemptId, acquirer: name } = attempt
  const acquirer = await parts.acquirers(name, merchantId)
  if (!acquirer || !merchant) {
    parts.log.warn({ merchantId, attemptId, acquirer: name }, 'an attempt waits for an acquirer that is not configured')
    return
  }
  if (attempt.purpose === 'sale') await giveUp(parts.engine, attempt, merchant)
  let open: DueAttempt | undefined = attempt
  while (open) {
    const outcome = settledOutcome(await ask(acquirer, open, parts.deadlineMs ?? defaultDeadlineMs))
    if (outcome === undefined) {
      parts.log.warn(
        { merchantId, attemptId: open.attemptId, acquirer: name },
        'the outcome of an attempt is still unknown',
      )
      return
    }
    open = await finish(
      parts,
      open,
      merchant,
      attemptOutcome(open.purpose === 'sale' ? withoutShopper(outcome) : outcome, parts.sealer),
    )
  }
}

/**
 * Whoever asked for a sale waits for its answer and is told by now that the outcome is unknown, or was cut off. So before
 * it is found out the sale is given up for good, and an approval goes back (`src/app/attempt/request-payment.ts`).
 */
async function giveUp(engine: Engine, attempt: DueAttempt, merchant: MerchantTerms): Promise<void> {
  const { attemptId, paymentId } = attempt
  const outcome = { kind: 'abandoned' } as const
  await engine.execute(finishCommand({ merchant, paymentId, attemptId, outcome, attachments: [mayReleaseStock] }))
}

/**
 * A sale or an authorization is only asked about: its card is not ours to keep. A refund or a void is made again. A reversal is never asked about,
 * because nobody would notice that it was closed.
 */
async function ask(acquirer: CardAcquirer, attempt: DueAttempt, deadlineMs: number): Promise<FindOutcome> {
  const { purpose, attemptId, railReference } = attempt
  if (purpose === 'authorize' || purpose === 'sale') return await acquirer.find(attemptId, deadlineMs)
  assert(railReference !== null, 'money goes back to what a rail has approved')
  const request = { purpose, attemptId, amount: money(attempt.currency, attempt.amount), railReference }
  return await makeAgain(acquirer, request, { deadlineMs, mayFind: attempt.paymentState !== 'failed' })
}

/** Records the answer. The approval of an abandoned sale begins its reversal, which is returned to be made at once. */
async function finish(
  { engine, keepCard, frequencyOfPayment }: Parts,
  { attemptId, paymentId, ...attempt }: DueAttempt,
  merchant: MerchantTerms,
  outcome: AttemptOutcome,
): Promise<DueAttempt | undefined> {
  // A shopper whose bank answered late is told like any other; an order without one has nobody to tell.
  const order = { merchantId: attempt.merchantId, id: paymentId, product: attempt.product }
  const news = attempt.purpose === 'authorize' ? [tellsShopper(await frequencyOfPayment?.(order))] : []
  const attachments = [mayReleaseStock, ...news]
  const command = finishCommand({ merchant, paymentId, attemptId, outcome, attachments })
  const reply = await engine.execute(command)
  if (reply.kind !== 'accepted') return undefined
  if (attempt.purpose === 'authorize' && reply.payment.state === 'authorized')
    await keepCard?.(reply.payment, attempt.acquirer)
  const isReversed = reply.payment.pendingAttempt?.id === command.action.reversalId
  return isReversed ? reversalOf({ attemptId, paymentId, ...attempt }, reply.payment) : undefined
}

function reversalOf(attempt: DueAttempt, { pendingAttempt, railReference, state }: Payment): DueAttempt | undefined {
  if (pendingAttempt === null) return undefined
  const { id: attemptId, purpose, acquirer, amount } = pendingAttempt
  return { ...attempt, attemptId, purpose, acquirer, amount, railReference, paymentState: state }
}
