import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { listAttempts, type StoredAttempt } from '../../db/attempt/attempts.ts'
import { listSourceTransfers, type StoredTransfer } from '../../db/ledger/source-transfers.ts'
import { insertNote, listNotes, type NoteRow } from '../../db/payment/notes.ts'
import { findPayment, listEvents } from '../../db/payment/payments.ts'
import { type DeliveryRow, listDeliveries } from '../../db/webhook/webhook-log.ts'
import type { PaymentEvent } from '../../domain/payment/event.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import { outageAsUnavailable } from '../shared/outage.ts'

/** Everything that is known of one order: what support needs to answer any question about it. */
export type OrderPage = {
  readonly payment: Payment
  /** the merchant's request as it was sent, JSON text */
  readonly request: string
  readonly events: readonly PaymentEvent[]
  readonly attempts: readonly StoredAttempt[]
  readonly transfers: readonly StoredTransfer[]
  readonly deliveries: readonly DeliveryRow[]
  readonly notes: readonly NoteRow[]
}

export type OrderPages = {
  readonly read: (merchantId: MerchantId, id: PaymentId) => Promise<OrderPage | undefined>
  /** Keeps a note of the staff with an order; false when there is no such order. */
  readonly addNote: (merchantId: MerchantId, id: PaymentId, author: string, text: string) => Promise<boolean>
}

const mostDeliveries = 100

/** All throw `Unavailable` when the database is away. Notes are people's, so they carry real time. */
export function createOrderPages(pool: pg.Pool, clock: Clock): OrderPages {
  return {
    read: (merchantId, id) => outageAsUnavailable(read(pool, merchantId, id)),
    addNote: (merchantId, id, author, text) =>
      outageAsUnavailable(
        (async () => {
          if (!(await findPayment(pool, merchantId, id))) return false
          await insertNote(pool, merchantId, id, { id: randomUUID(), author, text, at: clock.now() })
          return true
        })(),
      ),
  }
}

async function read(pool: pg.Pool, merchantId: MerchantId, id: PaymentId): Promise<OrderPage | undefined> {
  const stored = await findPayment(pool, merchantId, id)
  if (!stored) return undefined
  const everything = { state: null, endpointId: null, before: null, limit: mostDeliveries }
  const [events, attempts, transfers, deliveries, notes] = await Promise.all([
    listEvents(pool, merchantId, id),
    listAttempts(pool, merchantId, id),
    listSourceTransfers(pool, merchantId, 'payment', id),
    listDeliveries(pool, { ...everything, merchantId, paymentId: id }),
    listNotes(pool, merchantId, id),
  ])
  return { payment: stored.payment, request: stored.details, events, attempts, transfers, deliveries, notes }
}
