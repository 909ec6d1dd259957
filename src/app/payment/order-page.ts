import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { listAttempts, type StoredAttempt } from '../../db/attempt/attempts.ts'
import { findOrderWithHolds, type HeldSeats } from '../../db/catalogue/order-holds.ts'
import { listAmounts } from '../../db/chain/amounts.ts'
import { listTransfersOf } from '../../db/chain/transfers.ts'
import { listSourceTransfers, type StoredTransfer } from '../../db/ledger/source-transfers.ts'
import { insertNote, listNotes, type NoteRow } from '../../db/payment/notes.ts'
import { findPayment, listEvents, type StoredEvent } from '../../db/payment/payments.ts'
import { type DeliveryRow, listDeliveries } from '../../db/webhook/webhook-log.ts'
import type { OrderContents, SoldLine } from '../../domain/catalogue/model/order-contents.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { Buyer } from '../../domain/shopper/buyer.ts'
import type { OrderDetails } from '../../domain/shopper/order-details.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { App, StoredPayment } from '../app.ts'
import { type ShownTransfer, showTransfers } from '../chain/shown-transfers.ts'
import type { ReadPlan, ShownPlan } from '../instalments/read-plan.ts'
import { outageAsUnavailable } from '../shared/outage.ts'

/** Everything that is known of one order: what support needs to answer any question about it. */
export type OrderPage = {
  readonly payment: Payment
  /** the merchant's request as it was sent, JSON text */
  readonly request: string
  readonly events: readonly StoredEvent[]
  readonly attempts: readonly StoredAttempt[]
  readonly transfers: readonly StoredTransfer[]
  readonly deliveries: readonly DeliveryRow[]
  readonly notes: readonly NoteRow[]
  /** the shopper's instalments; undefined for what is not sold in any */
  readonly plan: ShownPlan | undefined
  /** what arrived for it on chains, and how many confirmations were agreed on; null leaves it to the chain */
  readonly credits: readonly (ShownTransfer & { readonly wanted: number | null })[]
  /** lines, discounts and delivery as a catalogue priced them; undefined for an order of no catalogue */
  readonly contents: SoldContents | undefined
  /** what it is for, as its request says; undefined when its API says nothing */
  readonly details: OrderDetails | undefined
  /** who buys, as its request says; undefined when its API keeps nothing of that */
  readonly buyer: Buyer | undefined
}

/** `seats` are those of a line that are kept from others now; null for what is not an event. */
export type SoldContents = Omit<OrderContents, 'lines'> & {
  readonly lines: readonly (SoldLine & { readonly seats: number | null })[]
}

/** Who buys, as an order's request says, whatever API it came by. */
export type BuyerOf = (stored: StoredPayment) => Buyer | undefined

export type OrderPages = {
  /** the payment alone, for whoever acts on it */
  readonly payment: (merchantId: MerchantId, id: PaymentId) => Promise<Payment | undefined>
  readonly read: (merchantId: MerchantId, id: PaymentId) => Promise<OrderPage | undefined>
  /** Keeps a note of the staff with an order; false when there is no such order. */
  readonly addNote: (merchantId: MerchantId, id: PaymentId, author: string, text: string) => Promise<boolean>
}

export type OrderPageParts = {
  readonly pool: pg.Pool
  /** notes are people's, so they carry real time */
  readonly clock: Clock
  readonly readPlan: ReadPlan
  readonly orderView: App['orderView']
  readonly buyerOf: BuyerOf
  readonly contentsOf: (protocol: Payment['protocol'], details: string) => OrderContents | undefined
}

const mostDeliveries = 100

/** All throw `Unavailable` when the database is away. */
export function createOrderPages(parts: OrderPageParts): OrderPages {
  const { pool, clock } = parts
  return {
    payment: async (merchantId, id) => (await outageAsUnavailable(findPayment(pool, merchantId, id)))?.payment,
    read: (merchantId, id) => outageAsUnavailable(read(parts, merchantId, id)),
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

async function read(
  { pool, readPlan, orderView, buyerOf, contentsOf }: OrderPageParts,
  merchantId: MerchantId,
  id: PaymentId,
): Promise<OrderPage | undefined> {
  const stored = await findPayment(pool, merchantId, id)
  if (!stored) return undefined
  const { payment, details: request } = stored
  const everything = { state: null, endpointId: null, before: null, limit: mostDeliveries }
  const [events, attempts, transfers, deliveries, notes, plan, credits, sold] = await Promise.all([
    listEvents(pool, merchantId, id),
    listAttempts(pool, merchantId, id),
    listSourceTransfers(pool, merchantId, 'payment', id),
    listDeliveries(pool, { ...everything, merchantId, paymentId: id }),
    listNotes(pool, merchantId, id),
    payment.funding === 'none' ? undefined : readPlan({ merchantId, paymentId: id }),
    payment.funding === 'none' ? creditsOf(pool, merchantId, id) : [],
    findOrderWithHolds(pool, merchantId, id),
  ])
  const details = orderView(stored)
  const contents = sold && withSeats(contentsOf(payment.protocol, sold.details), sold.seats)
  const story = { events, attempts, transfers, deliveries, notes }
  return { payment, request, ...story, plan, credits, contents, details, buyer: buyerOf(stored) }
}

function withSeats(contents: OrderContents | undefined, held: readonly HeldSeats[]): SoldContents | undefined {
  if (!contents) return undefined
  const seatsOf = ({ product, startsAt, quantity }: SoldLine): number | null => {
    if (startsAt === null) return null
    const kept = held.some((each) => each.product === product && each.startsAt === startsAt)
    return kept ? quantity : 0
  }
  return { ...contents, lines: contents.lines.map((line) => ({ ...line, seats: seatsOf(line) })) }
}

async function creditsOf(pool: pg.Pool, merchantId: MerchantId, id: PaymentId): Promise<OrderPage['credits']> {
  const [amounts, transfers] = await Promise.all([
    listAmounts(pool, merchantId, id),
    listTransfersOf(pool, merchantId, id),
  ])
  const wantedOf = (number: number | undefined) => amounts.find((each) => each.number === number)?.confirmations ?? null
  const shown = await showTransfers(pool, transfers)
  return shown.map((each, at) => ({ ...each, wanted: wantedOf(transfers[at]?.owner?.number) }))
}
