import type pg from 'pg'
import { findPayment } from '../../db/payment/payments.ts'
import { type Frequency, isInstalmentProduct, productRules } from '../../domain/instalments/products.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { FrequencyOf } from './plan-state.ts'

/** What a payment's order says about the day of its only instalment. */
export type FrequencyOfPayment = (
  payment: Pick<Payment, 'merchantId' | 'id' | 'product'>,
) => Promise<Frequency | undefined>

/** Reads the order only where its days may be its own: plans that start at once ask for nothing. Throws `Unavailable`. */
export function createFrequencyOfPayment(pool: pg.Pool, frequencyOf: FrequencyOf): FrequencyOfPayment {
  return async ({ merchantId, id, product }) => {
    if (!isInstalmentProduct(product) || productRules[product].startsAtOnce) return undefined
    const stored = await outageAsUnavailable(findPayment(pool, merchantId, id))
    return stored && frequencyOf({ protocol: stored.payment.protocol, details: stored.details })
  }
}
