import type pg from 'pg'
import { findByReferences, findStored } from '../../db/payment/payments.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { PaymentReader } from '../app.ts'
import { gatherReads } from '../shared/gather.ts'
import { outageAsUnavailable } from '../shared/outage.ts'

type Key = Pick<Payment, 'merchantId' | 'id'>

export function createPaymentReader(pool: pg.Pool): PaymentReader {
  const find = gatherReads(nameOf, (keys: readonly Key[]) => readStored(pool, keys))
  return {
    find: (merchantId, id) => outageAsUnavailable(find({ merchantId, id })),
    byReferences: ({ paymentId = null, merchantReference = null, processorReference = null, ...query }) =>
      outageAsUnavailable(findByReferences(pool, { ...query, paymentId, merchantReference, processorReference })),
  }
}

/** A statement for each merchant, so that each is answered by one shard. */
async function readStored(pool: pg.Pool, keys: readonly Key[]) {
  const byMerchant = Map.groupBy(keys, ({ merchantId }) => merchantId)
  const ofEach = [...byMerchant].map(([merchantId, own]) =>
    findStored(
      pool,
      merchantId,
      own.map(({ id }) => id),
    ),
  )
  return new Map((await Promise.all(ofEach)).flat().map((stored) => [nameOf(stored.payment), stored]))
}

function nameOf({ merchantId, id }: Key): string {
  return `${merchantId}/${id}`
}
