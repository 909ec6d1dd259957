import type { Pool } from 'pg'
import type { Uuid } from '../../domain/catalogue/model/uuid.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'

/** Seats of one session that a sale keeps from others now: none any more once they were given back. */
export type HeldSeats = { readonly product: Uuid; readonly startsAt: Instant; readonly quantity: number }

export type OrderWithHolds = {
  /** JSON text, as the protocol wrote it */
  readonly details: string
  readonly seats: readonly HeldSeats[]
}

/** The order of a catalogue that stands beside a payment; undefined for a payment without one. */
export async function findOrderWithHolds(
  db: Pick<Pool, 'query'>,
  merchantId: MerchantId,
  paymentId: PaymentId,
): Promise<OrderWithHolds | undefined> {
  const { rows } = await db.query<{ details: string; product: Uuid | null; startsAt: Instant; quantity: number }>({
    name: 'find_order_with_holds',
    text: `select o.details, h.product_uuid as product, h.starts_at as "startsAt", h.quantity
      from catalogue_order o left join catalogue_hold h
        on h.merchant_id = o.merchant_id and h.payment_id = o.payment_id and h.product_uuid is not null
      where o.merchant_id = $1 and o.payment_id = $2 order by h.line`,
    values: [merchantId, paymentId],
  })
  const [first] = rows
  if (!first) return undefined
  const seats = rows.flatMap(({ product, startsAt, quantity }) => (product ? [{ product, startsAt, quantity }] : []))
  return { details: first.details, seats }
}
