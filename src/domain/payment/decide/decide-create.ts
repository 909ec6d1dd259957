import { assert } from '../../../kernel/assert.ts'
import { type Instant, millisecond, plus } from '../../../kernel/instant.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import type { MerchantTerms } from '../../merchant/terms.ts'
import type { ActionOf, NewPayment } from '../action.ts'
import type { Payment } from '../payment.ts'
import type { RejectionFor } from '../rejection.ts'
import { accept } from './accept.ts'
import type { Decision, DecisionContext } from './decision.ts'
import { type AgreementRefusal, firstAgreed, type LimitRefusal, outsideLimits } from './product-limits.ts'

/**
 * A new order that waits for its shopper, within the limits the merchant agreed for the product. What nobody collects needs no agreement,
 * and may be in any currency.
 */
export function decideCreate(action: ActionOf<'create'>, context: DecisionContext): Decision<'create'> {
  const isCollected = action.funding !== 'none'
  if (isCollected && action.currency !== context.merchant.currency) {
    return refuse({ reason: 'currency_mismatch', currency: context.merchant.currency })
  }
  const refusal = refusalOf(action, context.merchant)
  if (refusal) return refuse(refusal)
  const product = isCollected ? collectedAs(action, context.merchant) : receivedAs(action, context.merchant)
  if (!product.ok) return product
  const payment = newPayment({ ...action, product: product.value }, context)
  return accept(payment, { kind: 'created', at: context.now, amount: action.total })
}

function collectedAs(action: NewPayment, merchant: MerchantTerms): Result<string, AgreementRefusal> {
  return firstAgreed([action.product, ...(action.orProducts ?? [])], action, merchant)
}

function receivedAs(action: NewPayment, merchant: MerchantTerms): Result<string, LimitRefusal> {
  const refusal = outsideLimits(action, merchant)
  return refusal ? refuse(refusal) : ok(action.product)
}

/**
 * A payment that is attempted at once: created and handed to the rail in the same commit. Its currency is the payment
 * method's affair, which may differ from the merchant's own. Whoever has the payment method may use it: limits apply
 * where some were agreed for its product.
 */
export function decideRequest(action: ActionOf<'request'>, context: DecisionContext): Decision<'request'> {
  const refusal = refusalOf(action, context.merchant) ?? outsideLimits(action, context.merchant)
  if (refusal) return refuse(refusal)
  const { attempt } = action
  assert(action.funding !== 'none', 'what nobody collects is not attempted')
  assert(attempt.purpose === 'sale' || attempt.purpose === 'authorize', 'a new payment has nothing to give back')
  const payment: Payment = {
    ...newPayment(action, context),
    instrument: attempt.instrument,
    pendingAttempt: {
      id: attempt.attemptId,
      purpose: attempt.purpose,
      acquirer: attempt.acquirer,
      amount: action.total,
      startedAt: context.now,
      abandoned: false,
    },
  }
  return accept(
    payment,
    { kind: 'created', at: context.now, amount: action.total, note: attempt.attemptId },
    {
      attempts: [
        {
          kind: 'started',
          id: attempt.attemptId,
          purpose: attempt.purpose,
          amount: action.total,
          acquirer: attempt.acquirer,
          railReference: null,
          at: context.now,
        },
      ],
    },
  )
}

type TermsRefusal = RejectionFor<'amount_not_positive' | 'period_out_of_range'>

function refusalOf(action: NewPayment, merchant: MerchantTerms): TermsRefusal | undefined {
  if (action.total <= 0n) return { reason: 'amount_not_positive' }
  if (action.expiryMs !== null && !(Number.isInteger(action.expiryMs) && action.expiryMs > 0)) {
    return { reason: 'period_out_of_range', minimumMs: 1, maximumMs: merchant.maximumOrderExpiryMs }
  }
  return undefined
}

function newPayment(action: NewPayment, context: DecisionContext): Payment {
  const { merchant, now } = context
  const expiresAt =
    action.expiryMs === null ? null : expiry(now, Math.min(action.expiryMs, merchant.maximumOrderExpiryMs))
  return {
    merchantId: merchant.id,
    id: context.paymentId,
    protocol: action.protocol,
    product: action.product,
    funding: action.funding,
    state: 'created',
    currency: action.currency,
    total: action.total,
    authorized: 0n,
    captured: 0n,
    refunded: 0n,
    reduced: 0n,
    received: 0n,
    settled: 0n,
    feePpm: merchant.feePpm,
    feeTaxPpm: merchant.feeTaxPpm,
    merchantReference: action.merchantReference,
    processorReference: null,
    sequence: 0,
    createdAt: now,
    changedAt: now,
    expiresAt,
    timerAt: expiresAt,
    authorizedAt: null,
    delayedAt: null,
    capturedAt: null,
    voidedAt: null,
    instrument: null,
    pendingAttempt: null,
    captures: [],
    railReference: null,
    failure: null,
  }
}

function expiry(now: Instant, afterMs: number): Instant {
  return plus(now, BigInt(afterMs) * millisecond)
}
