import type { LockedCapacity, LockedCoupon } from '../db/catalogue/catalogue-capacity.ts'
import type { Rejection } from '../domain/payment/action.ts'
import type { Accepted } from '../domain/payment/decide/decision.ts'
import type { PaymentEvent } from '../domain/payment/event.ts'
import type { Writes } from './decide-batch.ts'
import type { Entry } from './entry.ts'

/**
 * Seats and coupon uses as they evolve within one batch: what the rows said under lock, less what earlier commands of the
 * batch took. What is given back in a batch is for the next one: nobody counts on a seat before its release is durable.
 */
export class Stock {
  readonly writes: Pick<Writes, 'orders' | 'reservations' | 'released'> = { orders: [], reservations: [], released: [] }
  readonly #left = new Map<string, number>()

  constructor({ seats, coupons }: { seats: readonly LockedCapacity[]; coupons: readonly LockedCoupon[] }) {
    for (const seat of seats) this.#left.set(seatKey(seat.merchantId, seat), seat.left)
    for (const coupon of coupons) this.#left.set(couponKey(coupon.merchantId, coupon.couponUuid), coupon.left)
  }

  /** Why the command's order cannot be served, if it cannot. */
  shortageOf({ command }: Entry): Rejection | undefined {
    const { order, merchant } = command
    for (const seat of order?.reservations ?? []) {
      const left = this.#left.get(seatKey(merchant.id, seat)) ?? 0
      if (seat.quantity > left) return { reason: 'sold_out', left }
    }
    if (!order?.couponUse) return undefined
    // A coupon without a row here has lost its limit since it was priced: there is nothing to count.
    const uses = this.#left.get(couponKey(merchant.id, order.couponUse)) ?? 1
    return uses < 1 ? { reason: 'coupon_used_up' } : undefined
  }

  /** Writes down the order of a new payment, and what the end of a payment gives back. */
  keep(entry: Entry, { payment, events }: Accepted): void {
    const holder = { merchantId: payment.merchantId, paymentId: payment.id }
    const { order } = entry.command
    if (order) {
      this.writes.orders.push({ ...holder, ...order, createdAt: payment.createdAt })
      this.#take(entry)
    }
    if (entry.command.mayRelease && events.some(givesBack)) this.writes.released.push(holder)
  }

  #take(entry: Entry): void {
    const { order, merchant } = entry.command
    if (!order || (order.reservations.length === 0 && order.couponUse === null)) return
    for (const seat of order.reservations) this.#lower(seatKey(merchant.id, seat), seat.quantity)
    if (order.couponUse) this.#lower(couponKey(merchant.id, order.couponUse), 1)
    const { reservations, couponUse } = order
    this.writes.reservations.push({ merchantId: merchant.id, paymentId: entry.paymentId, reservations, couponUse })
  }

  #lower(key: string, by: number): void {
    const left = this.#left.get(key)
    if (left !== undefined) this.#left.set(key, left - by)
  }
}

/** A sale that failed, was undone, or was refunded whole: somebody else may have the seat. */
function givesBack({ kind, state }: PaymentEvent): boolean {
  return kind === 'failed' || kind === 'attempt_abandoned' || kind === 'voided' || state === 'refunded'
}

function seatKey(merchantId: number, { productUuid, startsAt }: { productUuid: string; startsAt: bigint }): string {
  return `${merchantId}/${productUuid}/${startsAt}`
}

function couponKey(merchantId: number, couponUuid: string): string {
  return `${merchantId}/${couponUuid}`
}
