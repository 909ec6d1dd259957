import type pg from 'pg'
import { findByReferences, findPayment } from '../../db/payment/payments.ts'
import type { PaymentReader } from '../app.ts'
import { outageAsUnavailable } from '../shared/outage.ts'

export function createPaymentReader(pool: pg.Pool): PaymentReader {
  return {
    find: (merchantId, id) => outageAsUnavailable(findPayment(pool, merchantId, id)),
    byReferences: ({ paymentId = null, merchantReference = null, processorReference = null, ...query }) =>
      outageAsUnavailable(findByReferences(pool, { ...query, paymentId, merchantReference, processorReference })),
  }
}
