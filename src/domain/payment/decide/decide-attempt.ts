import { assert, unreachable } from '../../../kernel/assert.ts'
import type { Instant } from '../../../kernel/instant.ts'
import { refuse } from '../../../kernel/result.ts'
import { heldAtFirst } from '../../instalments/plan.ts'
import { isInstalmentProduct } from '../../instalments/products.ts'
import { authorizationPostings, capturePostings } from '../../ledger/postings.ts'
import type { MerchantTerms } from '../../merchant/terms.ts'
import type { ActionOf, AttemptOutcome, StartAttempt } from '../action.ts'
import type { AttemptRecord } from '../attempt.ts'
import { booksOf } from '../books.ts'
import { openToRefund, type Payment, type PendingAttempt } from '../payment.ts'
import type { RejectionOf } from '../rejection.ts'
import { accept, type Changed } from './accept.ts'
import { type Decline, declinedAnswer, finished, started } from './attempt-records.ts'
import { authorizationLifeMs, authorizationTimer, noTimer } from './authorization-timer.ts'
import { refunded, refundRefusal } from './decide-refund.ts'
import type { Decision, DecisionContext } from './decision.ts'
import { notAgreed } from './product-limits.ts'
import { unattended, waitForShopper } from './shopper-wait.ts'

type Finish = ActionOf<'finish_attempt'>
type Success = Extract<AttemptOutcome, { kind: 'succeeded' }>

/** Records that a rail is about to be called, before it is: the answer comes as a second action. */
export function decideStartAttempt(
  before: Payment,
  action: StartAttempt,
  { now, merchant }: DecisionContext,
): Decision<'start_attempt'> {
  const payment: Payment = { ...before, product: action.product ?? before.product }
  const amount = action.amount ?? openFor(payment, action)
  const refusal = startRefusal(payment, action, amount) ?? choiceRefusal(before, payment, action, merchant)
  if (refusal) return refuse(refusal)
  const pendingAttempt: PendingAttempt = {
    id: action.attemptId,
    purpose: action.purpose,
    acquirer: action.acquirer,
    amount,
    startedAt: now,
    abandoned: false,
    ...(action.reference !== undefined && { reference: action.reference }),
  }
  return accept(
    { ...payment, ...timerOf(payment), pendingAttempt, instrument: action.instrument ?? payment.instrument },
    { kind: 'attempt_started', at: now, amount, note: action.attemptId },
    { attempts: [...replaced(payment, now), started(pendingAttempt, payment.railReference, now)] },
  )
}

/** An attempt that still waits for the shopper gives way to the one that the shopper begins instead. */
function replaced({ pendingAttempt }: Payment, now: Instant): AttemptRecord[] {
  return pendingAttempt ? [unattended(pendingAttempt, now)] : []
}

function openFor(payment: Payment, action: StartAttempt): bigint {
  if (action.purpose === 'refund' || action.purpose === 'void') return openToRefund(payment)
  const isFunded = action.purpose === 'authorize' && payment.funding === 'shopper'
  return isFunded ? heldAtFirst(payment.product, payment.total) : payment.total
}

function startRefusal(
  payment: Payment,
  action: StartAttempt,
  amount: bigint,
): RejectionOf<'start_attempt'> | undefined {
  const wrongState = { reason: 'wrong_state', state: payment.state, action: action.purpose } as const
  switch (action.purpose) {
    case 'authorize':
      if (payment.state !== 'created') return wrongState
      return payment.funding === 'shopper' ? notAPart(payment, amount) : notTheWhole(payment, amount, payment.total)
    case 'sale':
      return payment.state === 'created' ? notTheWhole(payment, amount, payment.total) : wrongState
    case 'refund':
      return payment.state === 'created' ? wrongState : refundRefusal(payment, amount)
    case 'void':
      return payment.state === 'captured' ? notTheWhole(payment, amount, payment.captured) : wrongState
    default:
      return unreachable(action.purpose)
  }
}

/** The shopper chooses before anything is authorized, among what the merchant agreed to for the amount. */
function choiceRefusal(
  before: Payment,
  payment: Payment,
  { purpose }: StartAttempt,
  merchant: MerchantTerms,
): RejectionOf<'start_attempt'> | undefined {
  if (payment.product === before.product) return undefined
  const isSold = purpose === 'authorize' && payment.funding === 'shopper' && isInstalmentProduct(payment.product)
  return isSold ? notAgreed(payment, merchant) : { reason: 'product_not_agreed', product: payment.product }
}

/** A payment is authorized, sold or voided as a whole: `succeed` books the whole, so nothing else may be asked for. */
function notTheWhole({ currency }: Payment, amount: bigint, whole: bigint): RejectionOf<'start_attempt'> | undefined {
  if (amount > whole) return { reason: 'amount_exceeds_open', open: whole, currency }
  if (amount < whole) return { reason: 'amount_below_minimum', minimum: whole, currency }
  return undefined
}

/** What the operator funds is authorized by the operator: the shopper's card holds what is to be paid first. */
function notAPart({ currency, total }: Payment, amount: bigint): RejectionOf<'start_attempt'> | undefined {
  if (amount < 0n) return { reason: 'amount_not_positive' }
  return amount > total ? { reason: 'amount_exceeds_open', open: total, currency } : undefined
}

/** Books what the rail answered. An attempt that is not the standing one was answered before: nothing to do. */
export function decideFinishAttempt(
  payment: Payment,
  action: Finish,
  context: DecisionContext,
): Decision<'finish_attempt'> {
  const attempt = payment.pendingAttempt
  if (attempt === null || attempt.id !== action.attemptId) return refuse({ reason: 'nothing_due' })
  switch (action.outcome.kind) {
    case 'succeeded':
      return attempt.abandoned
        ? reverse(payment, attempt, action, action.outcome, context.now)
        : succeed(payment, attempt, action.outcome, context)
    case 'declined':
      return isReversal(payment, attempt) && attempt.purpose === 'void'
        ? refundInstead(payment, attempt, action, action.outcome, context.now)
        : decline(payment, attempt, action.outcome, context.now)
    case 'action_required':
      return waitForShopper(payment, attempt, action.outcome, context.now)
    case 'abandoned':
      return abandon(payment, attempt, context.now)
    default:
      return unreachable(action.outcome)
  }
}

function succeed(
  payment: Payment,
  attempt: PendingAttempt,
  { railReference, payload, cardToken }: Success,
  { merchant, now }: DecisionContext,
): Changed {
  const settled = { ...payment, pendingAttempt: null, failure: null, instrument: keptIn(payment.instrument, cardToken) }
  const attempts = [finished(attempt, { railReference, failure: null, code: null, payload: payload ?? null, at: now })]
  if (isReversal(payment, attempt)) {
    const after = { ...payment, pendingAttempt: null }
    return accept(after, { kind: 'reversed', at: now, amount: attempt.amount }, { attempts })
  }
  switch (attempt.purpose) {
    case 'authorize':
      return accept(
        {
          ...settled,
          ...authorizationTimer(now, authorizationLifeMs, merchant.expiryWarningLeadMs),
          state: 'authorized',
          authorized: payment.total,
          authorizedAt: now,
          railReference,
        },
        { kind: 'authorized', at: now, amount: payment.total },
        { transfers: authorizationPostings(payment.currency, payment.total), attempts },
      )
    case 'sale':
      return accept(
        {
          ...settled,
          ...noTimer,
          state: 'captured',
          authorized: payment.total,
          captured: payment.total,
          authorizedAt: now,
          capturedAt: now,
          captures: [{ amount: payment.total, at: now }],
          railReference,
        },
        { kind: 'captured', at: now, amount: payment.total },
        { transfers: capturePostings(booksOf(payment), payment.total), attempts },
      )
    case 'refund': {
      const { after, transfers } = refunded(settled, attempt.amount)
      return accept(
        after,
        { kind: 'refunded', at: now, amount: attempt.amount, note: attempt.reference },
        { transfers, attempts },
      )
    }
    case 'void':
      return voided(settled, attempt, attempts, now)
    default:
      return unreachable(attempt.purpose)
  }
}

/** A sale undone on the same day. */
function voided(payment: Payment, attempt: PendingAttempt, attempts: AttemptRecord[], now: Instant): Changed {
  const { after, transfers } = refunded(payment, attempt.amount)
  return accept(
    { ...after, state: 'voided', voidedAt: now },
    { kind: 'voided', at: now, amount: attempt.amount },
    { transfers, attempts },
  )
}

/** The acquirer keeps the card: what is known of it has a name from now on. */
function keptIn(instrument: Payment['instrument'], token: string | undefined): Payment['instrument'] {
  return token !== undefined && instrument?.kind === 'card' ? { ...instrument, token } : instrument
}

function decline(payment: Payment, attempt: PendingAttempt, outcome: Decline, now: Instant): Changed {
  const failure = payment.state === 'failed' ? payment.failure : outcome.reason
  const after: Payment = { ...payment, ...timerOf(payment), pendingAttempt: null, failure }
  const attempts = [finished(attempt, declinedAnswer(outcome, now))]
  const declined = { at: now, amount: attempt.amount, note: outcome.reason }
  if (attempt.purpose === 'sale' && payment.state === 'created') {
    return accept({ ...after, ...noTimer, state: 'failed' }, { ...declined, kind: 'failed' }, { attempts })
  }
  return accept(after, { ...declined, kind: 'attempt_declined' }, { attempts })
}

/** While the shopper was waited for, the timer may have stood for that. */
function timerOf({ state, expiresAt, timerAt }: Payment): Pick<Payment, 'timerAt'> {
  return { timerAt: state === 'created' ? expiresAt : timerAt }
}

/** Only a sale can be given up: a refund whose outcome is unknown stays pending until it is known. */
function abandon(payment: Payment, attempt: PendingAttempt, now: Instant): Decision<'finish_attempt'> {
  if (attempt.purpose !== 'sale' || attempt.abandoned) return refuse({ reason: 'nothing_due' })
  return accept(
    {
      ...payment,
      ...noTimer,
      state: 'failed',
      failure: 'outcome_unknown',
      pendingAttempt: { ...attempt, abandoned: true },
    },
    { kind: 'attempt_abandoned', at: now, amount: attempt.amount, note: attempt.id },
  )
}

/** The rail did approve what its merchant was told had failed: the money goes straight back, in the same commit. */
function reverse(
  payment: Payment,
  attempt: PendingAttempt,
  action: Finish,
  { railReference, payload }: Success,
  now: Instant,
): Changed {
  assert(payment.state === 'failed', 'only a failed payment has an abandoned attempt')
  const done = finished(attempt, { railReference, failure: null, code: null, payload: payload ?? null, at: now })
  return giveBack({ ...payment, railReference }, attempt, { id: action.reversalId, purpose: 'void' }, done, now)
}

/** A void came too late at the acquirer: what was taken is refunded. Should that be refused too, the event says so. */
function refundInstead(
  payment: Payment,
  attempt: PendingAttempt,
  action: Finish,
  outcome: Decline,
  now: Instant,
): Changed {
  const done = finished(attempt, declinedAnswer(outcome, now))
  return giveBack(payment, attempt, { id: action.reversalId, purpose: 'refund' }, done, now)
}

/** Ends one attempt and starts the next that returns the money, in one commit. */
function giveBack(
  payment: Payment,
  attempt: PendingAttempt,
  next: Pick<PendingAttempt, 'id' | 'purpose'>,
  done: AttemptRecord,
  now: Instant,
): Changed {
  const reversal: PendingAttempt = { ...attempt, ...next, startedAt: now, abandoned: false }
  return accept(
    { ...payment, pendingAttempt: reversal },
    { kind: 'attempt_started', at: now, amount: attempt.amount, note: reversal.id },
    { attempts: [done, started(reversal, payment.railReference, now)] },
  )
}

/** Money that goes back although the payment failed: nothing of it was ever booked. */
function isReversal(payment: Payment, attempt: PendingAttempt): boolean {
  return payment.state === 'failed' && !attempt.abandoned
}
