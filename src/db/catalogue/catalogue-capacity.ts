import type { Uuid } from '../../domain/catalogue/model/uuid.ts'
import type { EventReservation } from '../../domain/catalogue/pricing/priced-order.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/connection.ts'
import type { Sender, Statement } from '../wire/statement.ts'

/*
 * Seats and coupon uses inside an engine's batch. The order is always: lock event rows, lock coupon rows (each in key
 * order, for everything the batch reserves and gives back), decide, reserve, release. So two batches never wait for each
 * other in a circle, and the locked rows are the truth that decisions are made on. Statements take whole columns as arrays.
 */

export type CapacityKey = { readonly merchantId: MerchantId; readonly productUuid: Uuid; readonly startsAt: Instant }
export type CouponKey = { readonly merchantId: MerchantId; readonly couponUuid: Uuid }
export type HolderKey = { readonly merchantId: MerchantId; readonly paymentId: PaymentId }

/** A locked session: `left` may still be sold. */
export type LockedCapacity = CapacityKey & { readonly left: number }
export type LockedCoupon = CouponKey & { readonly left: number }

/** Locks the sessions of `keys` and those held by the payments in `releasing`. A missing row is a session that is not on sale. */
export async function lockEventCapacity(
  sender: Sender,
  keys: readonly CapacityKey[],
  releasing: readonly HolderKey[] = [],
): Promise<LockedCapacity[]> {
  const { rows } = await sender.query<{
    merchant_id: MerchantId
    product_uuid: Uuid
    starts_at: Instant
    remaining: number
  }>({
    name: 'lock_event_capacity',
    text: `select e.merchant_id, e.product_uuid, e.starts_at, e.capacity - e.taken as remaining
      from event_capacity e
      join (select * from unnest($1::int[], $2::uuid[], $3::timestamptz[])
        union
        select h.merchant_id, h.product_uuid, h.starts_at from unnest($4::int[], $5::text[]) as p (merchant_id, payment_id)
        join catalogue_hold h on h.merchant_id = p.merchant_id and h.payment_id = p.payment_id
        where h.product_uuid is not null) as k (merchant_id, product_uuid, starts_at)
        on e.merchant_id = k.merchant_id and e.product_uuid = k.product_uuid and e.starts_at = k.starts_at
      order by e.merchant_id, e.product_uuid, e.starts_at
      for update of e`,
    values: [
      keys.map((key) => key.merchantId),
      keys.map((key) => key.productUuid),
      keys.map((key) => timestampText(key.startsAt)),
      ...holderColumns(releasing),
    ],
  })
  return rows.map((row) => ({
    merchantId: row.merchant_id,
    productUuid: row.product_uuid,
    startsAt: row.starts_at,
    left: row.remaining,
  }))
}

/** As `lockEventCapacity`, for coupons with a usage limit. A missing row is a coupon that is gone or has no limit any more. */
export async function lockCouponUses(
  sender: Sender,
  keys: readonly CouponKey[],
  releasing: readonly HolderKey[] = [],
): Promise<LockedCoupon[]> {
  const { rows } = await sender.query<{ merchant_id: MerchantId; uuid: Uuid; remaining: number }>({
    name: 'lock_coupon_uses',
    text: `select c.merchant_id, c.uuid, c.usage_limit - c.used as remaining
      from catalogue_coupon c
      join (select * from unnest($1::int[], $2::uuid[])
        union
        select h.merchant_id, h.coupon_uuid from unnest($3::int[], $4::text[]) as p (merchant_id, payment_id)
        join catalogue_hold h on h.merchant_id = p.merchant_id and h.payment_id = p.payment_id
        where h.coupon_uuid is not null) as k (merchant_id, uuid)
        on c.merchant_id = k.merchant_id and c.uuid = k.uuid
      where c.usage_limit is not null
      order by c.merchant_id, c.uuid
      for update of c`,
    values: [keys.map((key) => key.merchantId), keys.map((key) => key.couponUuid), ...holderColumns(releasing)],
  })
  return rows.map((row) => ({ merchantId: row.merchant_id, couponUuid: row.uuid, left: row.remaining }))
}

/** What one payment keeps from others until it is released: `reservations` and `couponUse` of its `PricedOrder`. */
export type Reservation = HolderKey & {
  readonly reservations: readonly EventReservation[]
  readonly couponUse: Uuid | null
}

type HoldRow = {
  merchantId: MerchantId
  paymentId: PaymentId
  line: number
  productUuid: Uuid | null
  startsAt: string | null
  couponUuid: Uuid | null
  quantity: number
}

/**
 * Takes seats and coupon uses for all of them, and writes down who holds what. The caller has locked the rows and has
 * seen that they suffice; should they not, a CHECK constraint ends the transaction.
 */
export function reserveEventCapacity(reservations: readonly Reservation[]): Statement {
  const holds = reservations.flatMap(holdsOf)
  return {
    name: 'reserve_event_capacity',
    text: `with h as (
        insert into catalogue_hold (merchant_id, payment_id, line, product_uuid, starts_at, coupon_uuid, quantity)
        select * from unnest($1::int[], $2::text[], $3::smallint[], $4::uuid[], $5::timestamptz[], $6::uuid[], $7::int[])
        returning *),
      seats as (
        update event_capacity e set taken = e.taken + s.quantity
        from (select merchant_id, product_uuid, starts_at, sum(quantity)::int as quantity from h
          where product_uuid is not null group by 1, 2, 3) s
        where e.merchant_id = s.merchant_id and e.product_uuid = s.product_uuid and e.starts_at = s.starts_at)
      update catalogue_coupon c set used = c.used + s.quantity
        from (select merchant_id, coupon_uuid, sum(quantity)::int as quantity from h
          where coupon_uuid is not null group by 1, 2) s
        where c.merchant_id = s.merchant_id and c.uuid = s.coupon_uuid`,
    values: [
      holds.map((hold) => hold.merchantId),
      holds.map((hold) => hold.paymentId),
      holds.map((hold) => hold.line),
      holds.map((hold) => hold.productUuid),
      holds.map((hold) => hold.startsAt),
      holds.map((hold) => hold.couponUuid),
      holds.map((hold) => hold.quantity),
    ],
  }
}

/**
 * Gives back what those payments hold: declined, reversed or voided. A payment that holds nothing (any more) changes nothing;
 * nor is a use taken from a coupon that was removed and added anew meanwhile.
 */
export function releaseEventCapacity(payments: readonly HolderKey[]): Statement {
  return {
    name: 'release_event_capacity',
    text: `with h as (
        delete from catalogue_hold h using unnest($1::int[], $2::text[]) as p (merchant_id, payment_id)
        where h.merchant_id = p.merchant_id and h.payment_id = p.payment_id
        returning h.*),
      seats as (
        update event_capacity e set taken = e.taken - s.quantity
        from (select merchant_id, product_uuid, starts_at, sum(quantity)::int as quantity from h
          where product_uuid is not null group by 1, 2, 3) s
        where e.merchant_id = s.merchant_id and e.product_uuid = s.product_uuid and e.starts_at = s.starts_at)
      update catalogue_coupon c set used = greatest(0, c.used - s.quantity)
        from (select merchant_id, coupon_uuid, sum(quantity)::int as quantity from h
          where coupon_uuid is not null group by 1, 2) s
        where c.merchant_id = s.merchant_id and c.uuid = s.coupon_uuid`,
    values: [...holderColumns(payments)],
  }
}

function holdsOf({ merchantId, paymentId, reservations, couponUse }: Reservation): HoldRow[] {
  const seats = reservations.map(({ productUuid, startsAt, quantity }) => ({
    productUuid,
    startsAt: timestampText(startsAt),
    couponUuid: null,
    quantity,
  }))
  const uses = couponUse === null ? [] : [{ productUuid: null, startsAt: null, couponUuid: couponUse, quantity: 1 }]
  return [...seats, ...uses].map((hold, line) => ({ merchantId, paymentId, line, ...hold }))
}

function holderColumns(holders: readonly HolderKey[]): [MerchantId[], PaymentId[]] {
  return [holders.map((holder) => holder.merchantId), holders.map((holder) => holder.paymentId)]
}
