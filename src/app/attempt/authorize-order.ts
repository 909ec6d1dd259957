import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { Action } from '../../domain/payment/action.ts'
import { type Card, instrumentOf } from '../../domain/payment/card.ts'
import type { CardInstrument } from '../../domain/payment/instrument.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { RejectionOf } from '../../domain/payment/rejection.ts'
import type { AcceptedReply, Engine, Reply } from '../../engine/command.ts'
import { tellsShopper } from '../../engine/companions/shopper-news.ts'
import { orderOfShopper } from '../../engine/companions/shopper-orders.ts'
import { assert } from '../../kernel/assert.ts'
import { currencyOf } from '../../kernel/currency.ts'
import { type AttemptId, newAttemptId, newCommandId, type PaymentId } from '../../kernel/ids.ts'
import { noAcquirer } from '../../rails/card/no-acquirer.ts'
import type { AcquirerDirectory, KeptCard, KnownOutcome, RailOutcome } from '../../rails/rail.ts'
import type { AuthorizationResult, AuthorizeOrder, CompleteOrder } from '../app.ts'
import type { FrequencyOfPayment } from '../instalments/frequency-of-payment.ts'
import type { Sealer } from '../shared/seal.ts'
import type { KeepCard } from '../shopper/keep-card.ts'
import type { StoredCard } from '../shopper/stored-card.ts'
import type { ChooseAcquirer, ChosenAcquirer } from './choose-acquirer.ts'
import { attemptOutcome, finishCommand, standingAttempt, startAttempt } from './run-attempt.ts'

/** How long a shopper looks at a spinner before the attempt is left to the job that asks again. */
const deadlineMs = 10_000

export type AuthorizeParts = {
  readonly engine: Engine
  readonly choose: ChooseAcquirer
  readonly acquirers: AcquirerDirectory
  readonly sealer: Sealer
  readonly keepCard: KeepCard
  /** when the shopper is told that a pay-later order is due; absent: as where its order says nothing of it */
  readonly frequencyOfPayment?: FrequencyOfPayment
}

/**
 * The shopper's card, typed in or kept, authorizes an order. The acquirer is asked to keep it, for the instalments to come.
 */
export function createAuthorizeOrder(parts: AuthorizeParts): AuthorizeOrder {
  const { engine } = parts
  return async ({ merchant, paymentId, card, shopperId, returnUrl, product }) => {
    const { key, acquirer } = await acquirerFor(parts, merchant, card)
    const attemptId = newAttemptId()
    const started = await startAttempt(engine, {
      merchant,
      paymentId,
      attempt: {
        ...{ attemptId, purpose: 'authorize', acquirer: key, instrument: keptOrTyped(card) },
        ...(product !== undefined && { product }),
      },
      ...(shopperId !== undefined && { attachments: [orderOfShopper(shopperId)] }),
    })
    if (started.kind !== 'accepted') return { kind: 'refused', rejection: rejectionOf(started) }
    const { payment } = started
    const { amount } = standingAttempt(payment, attemptId)
    const outcome = await acquirer.perform(
      {
        ...{ purpose: 'authorize', attemptId, amount, card: asked(card, parts.sealer), keepsCard: true },
        ...(returnUrl !== undefined && { returnUrl }),
      },
      deadlineMs,
    )
    return await finish(parts, merchant, payment, attemptId, outcome, shopperId !== undefined)
  }
}

/** A kept card is known to the acquirer that keeps it, and to no other. */
async function acquirerFor(
  { choose, acquirers }: AuthorizeParts,
  merchant: MerchantTerms,
  card: Card | StoredCard,
): Promise<ChosenAcquirer> {
  if (!('sealedToken' in card)) return await choose(orderOf(merchant))
  return { key: card.acquirer, acquirer: (await acquirers(card.acquirer, merchant.id)) ?? noAcquirer }
}

function asked(card: Card | StoredCard, sealer: Sealer): Card | KeptCard {
  if (!('sealedToken' in card)) return card
  return { token: sealer.open(Buffer.from(card.sealedToken, 'base64')), last4: card.last4 }
}

function keptOrTyped(card: Card | StoredCard): CardInstrument {
  if (!('sealedToken' in card)) return instrumentOf(card)
  const { brand, last4, expiryMonth, expiryYear, sealedToken: token } = card
  return { kind: 'card', brand, last4, expiryMonth, expiryYear, token }
}

/**
 * Whether a card could pay an order of the merchant on the hosted page. Asked by every order that is created, so an answer is remembered
 * for a second; it is the operator's accounts that decide, by currency alone.
 */
export function createHasAcquirer(
  choose: ChooseAcquirer,
): (merchant: Pick<MerchantTerms, 'id' | 'currency'>) => Promise<boolean> {
  const known = new Map<string, { readonly hasOne: Promise<boolean>; readonly until: number }>()
  return async (merchant) => {
    const { currency } = merchant
    const before = known.get(currency)
    if (before && before.until > performance.now()) return await before.hasOne
    const hasOne = choose(orderOf(merchant)).then(({ acquirer }) => acquirer !== noAcquirer)
    known.set(currency, { hasOne, until: performance.now() + 1_000 })
    // What failed is asked again at once.
    hasOne.catch(() => known.delete(currency))
    return await hasOne
  }
}

/** Goes on with an authorization whose shopper came back. */
export function createCompleteOrder(parts: AuthorizeParts): CompleteOrder {
  const { engine, acquirers } = parts
  return async ({ merchant, paymentId, attemptId }) => {
    const resumed = await engine.execute({
      id: newCommandId(),
      merchant,
      paymentId,
      action: { kind: 'resume_attempt', attemptId },
    })
    if (resumed.kind !== 'accepted') return { kind: 'refused', rejection: rejectionOf(resumed) }
    const { payment } = resumed
    const { attempt, amount } = standingAttempt(payment, attemptId)
    const acquirer = await acquirers(attempt.acquirer, merchant.id)
    if (!acquirer) return { kind: 'unknown', payment }
    const outcome = await acquirer.perform({ purpose: 'complete', attemptId, amount }, deadlineMs)
    return await finish(parts, merchant, payment, attemptId, outcome, true)
  }
}

/** Orders of the hosted page are in their merchant's currency, and funded by the operator. */
function orderOf(merchant: Pick<MerchantTerms, 'id' | 'currency'>): Parameters<ChooseAcquirer>[0] {
  const currency = currencyOf(merchant.currency)
  assert(currency !== undefined, 'a merchant has a known currency')
  return { merchantId: merchant.id, currency, funding: 'shopper' }
}

async function finish(
  { engine, sealer, keepCard, frequencyOfPayment }: AuthorizeParts,
  merchant: MerchantTerms,
  payment: Payment,
  attemptId: AttemptId,
  outcome: RailOutcome,
  isOfShopper: boolean,
): Promise<AuthorizationResult> {
  if (outcome.kind === 'unknown') return { kind: 'unknown', payment }
  const paymentId: PaymentId = payment.id
  const isTold = isOfShopper && outcome.kind === 'succeeded'
  const finished = await engine.execute(
    finishCommand({
      ...{ merchant, paymentId, attemptId, outcome: attemptOutcome(outcome, sealer), lastSeen: payment },
      ...(isTold && { attachments: [tellsShopper(await frequencyOfPayment?.(payment))] }),
    }),
  )
  if (finished.kind === 'accepted') {
    if (outcome.kind === 'succeeded') await keepCard(finished.payment, payment.pendingAttempt?.acquirer)
    return resultOf(finished, outcome)
  }
  // The job that asks about old attempts was first: what it found stands in the order.
  const rejection = rejectionOf(finished)
  return rejection.reason === 'nothing_due' ? { kind: 'unknown', payment } : { kind: 'refused', rejection }
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

function rejectionOf<Kind extends Action['kind']>(reply: Exclude<Reply<Kind>, AcceptedReply>): RejectionOf<Kind> {
  assert(reply.kind === 'rejected', 'a command without a key is never a replay')
  return reply.rejection
}
