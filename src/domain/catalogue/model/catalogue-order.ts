import type { EventReservation } from '../pricing/priced-order.ts'
import type { Uuid } from './uuid.ts'

/** What is written beside a payment that was asked for with an order, in the same transaction. */
export type CatalogueOrder = {
  readonly organization: Uuid
  readonly channel: Uuid
  readonly instance: Uuid
  readonly requestId: string | null
  /** lines as priced and everything else as the client sent it, JSON text */
  readonly details: string
  /** seats that the sale keeps from others */
  readonly reservations: readonly EventReservation[]
  /** a coupon whose uses are counted */
  readonly couponUse: Uuid | null
}
