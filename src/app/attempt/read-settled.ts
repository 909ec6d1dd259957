import type pg from 'pg'
import { listAttempts, type StoredAttempt } from '../../db/attempt/attempts.ts'
import { findPayment } from '../../db/payment/payments.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { ReadSettled, SettledPayment } from './request-payment.ts'

/** Reads what became of a payment request. A payment that is still being attempted reads as `unknown`. */
export function createReadSettled(pool: pg.Pool): ReadSettled {
  return async (merchant, paymentId) => {
    const stored = await outageAsUnavailable(findPayment(pool, merchant.id, paymentId))
    if (!stored) return undefined
    const attempts = await outageAsUnavailable(listAttempts(pool, merchant.id, paymentId))
    const sale = attempts.find((attempt) => attempt.purpose === 'sale')
    return { payment: stored.payment, settled: settledFrom(stored.payment, sale) }
  }
}

/** Later refunds and voids do not change what the request was answered. */
function settledFrom(payment: Payment, sale: StoredAttempt | undefined): SettledPayment {
  const { id: paymentId, currency, total } = payment
  return { paymentId, currency, total, outcome: outcomeOf(payment, sale) }
}

function outcomeOf(payment: Payment, sale: StoredAttempt | undefined): SettledPayment['outcome'] {
  const wasGivenUp = payment.state === 'failed' && payment.failure === 'outcome_unknown'
  if (!sale || sale.state === 'pending' || wasGivenUp) return { kind: 'unknown' }
  const payload = sale.payload ?? {}
  if (sale.state === 'succeeded') return { kind: 'approved', payload }
  return { kind: 'declined', reason: sale.failure ?? 'processing_error', payload }
}
