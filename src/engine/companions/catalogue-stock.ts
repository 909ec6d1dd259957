import {
  type HolderKey,
  type LockedCapacity,
  type LockedCoupon,
  lockCouponUses,
  lockEventCapacity,
  type Reservation,
  releaseEventCapacity,
  reserveEventCapacity,
} from '../../db/catalogue/catalogue-capacity.ts'
import { insertCatalogueOrders, type NewCatalogueOrder } from '../../db/catalogue/catalogue-orders.ts'
import type { Statement } from '../../db/wire/statement.ts'
import type { CatalogueOrder } from '../../domain/catalogue/model/catalogue-order.ts'
import type { PaymentEvent } from '../../domain/payment/event.ts'
import type { Rejection } from '../../domain/payment/rejection.ts'
import type { Attachment } from '../attachment.ts'
import type { Command } from '../command.ts'
import type { Carrier, Change, Companion, CompanionPart, Send } from '../companion.ts'

const name = 'catalogue_stock'

/** The order that a new payment is for, with the seats and the coupon's use that it keeps from others. */
export type OrderAttachment = Attachment & { readonly order: CatalogueOrder }

export function orderAttachment(order: CatalogueOrder): OrderAttachment {
  return { companion: name, weight: order.details.length, order }
}

/** The payment may hold seats or coupon uses, which its end gives back. */
export const mayReleaseStock: Attachment = { companion: name, weight: 0 }

/**
 * The orders of a catalogue, and the seats and limited coupons they take. What is given back in a batch is sold from the next one on: no command counts on
 * a seat before its release is durable.
 */
export const catalogueStock: Companion = {
  name,
  concerns: (command) => attachmentOf(command) !== undefined,
  load: async (carriers, send) => {
    const [seats, coupons] = await Promise.all(loadStock(carriers, send))
    return new Stock(seats, coupons)
  },
}

function attachmentOf(command: Command): Attachment | OrderAttachment | undefined {
  return command.attachments?.find((each) => each.companion === name)
}

function orderOf(command: Command): CatalogueOrder | undefined {
  const attachment = attachmentOf(command)
  return attachment && 'order' in attachment ? attachment.order : undefined
}

/** What orders of the batch take or may give back. */
function loadStock(
  carriers: readonly Carrier[],
  send: Send,
): [Promise<LockedCapacity[]> | LockedCapacity[], Promise<LockedCoupon[]> | LockedCoupon[]] {
  const holders = carriers.filter(({ command }) => orderOf(command) === undefined).map(holderOf)
  const orders = carriers.flatMap(({ command }) => {
    const order = orderOf(command)
    return order ? [{ merchantId: command.merchant.id, order }] : []
  })
  const seats = orders.flatMap(({ merchantId, order }) => order.reservations.map((seat) => ({ merchantId, ...seat })))
  const coupons = orders.flatMap(({ merchantId, order: { couponUse } }) =>
    couponUse ? [{ merchantId, couponUuid: couponUse }] : [],
  )
  return [
    seats.length + holders.length > 0 ? send((sender) => lockEventCapacity(sender, seats, holders)) : [],
    coupons.length + holders.length > 0 ? send((sender) => lockCouponUses(sender, coupons, holders)) : [],
  ]
}

function holderOf({ command, paymentId }: Carrier): HolderKey {
  return { merchantId: command.merchant.id, paymentId }
}

/** What the rows said under lock, less what earlier commands of the batch took. */
class Stock implements CompanionPart {
  readonly #orders: NewCatalogueOrder[] = []
  readonly #reservations: Reservation[] = []
  readonly #released: HolderKey[] = []
  readonly #left = new Map<string, number>()

  constructor(seats: readonly LockedCapacity[], coupons: readonly LockedCoupon[]) {
    for (const seat of seats) this.#left.set(seatKey(seat.merchantId, seat), seat.left)
    for (const coupon of coupons) this.#left.set(couponKey(coupon.merchantId, coupon.couponUuid), coupon.left)
  }

  /** Why the command's order cannot be served, if it cannot. */
  refuse({ command }: Carrier): Rejection | undefined {
    const { merchant } = command
    const order = orderOf(command)
    for (const seat of order?.reservations ?? []) {
      const left = this.#left.get(seatKey(merchant.id, seat)) ?? 0
      if (seat.quantity > left) return { reason: 'sold_out', left }
    }
    if (!order?.couponUse) return undefined
    // A coupon without a row here has lost its limit since it was priced: there is nothing to count.
    const uses = this.#left.get(couponKey(merchant.id, order.couponUse)) ?? 1
    return uses < 1 ? { reason: 'coupon_used_up' } : undefined
  }

  keep(carrier: Carrier, { payment, events }: Change): void {
    const order = orderOf(carrier.command)
    const holder = holderOf(carrier)
    if (order) {
      this.#orders.push({ ...holder, ...order, createdAt: payment.createdAt })
      this.#take(holder, order)
    } else if (events.some(givesBack)) this.#released.push(holder)
  }

  statements(): Statement[] {
    return [
      ...(this.#orders.length > 0 ? [insertCatalogueOrders(this.#orders)] : []),
      ...(this.#reservations.length > 0 ? [reserveEventCapacity(this.#reservations)] : []),
      ...(this.#released.length > 0 ? [releaseEventCapacity(this.#released)] : []),
    ]
  }

  #take(holder: HolderKey, { reservations, couponUse }: CatalogueOrder): void {
    if (reservations.length === 0 && couponUse === null) return
    for (const seat of reservations) this.#lower(seatKey(holder.merchantId, seat), seat.quantity)
    if (couponUse) this.#lower(couponKey(holder.merchantId, couponUse), 1)
    this.#reservations.push({ ...holder, reservations, couponUse })
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
