import type pg from 'pg'
import type { Payment, Protocol } from '../../domain/payment/payment.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { isServedHere } from '../cell/absent-merchants.ts'
import { timestampText } from '../wire/types-on-wire.ts'
import { type PaymentRow, paymentColumns, paymentFromRow } from './payment-row.ts'

type Sender = Pick<pg.Pool, 'query'>

export type UnreadPayment = {
  readonly paymentId: PaymentId
  readonly protocol: Protocol
  readonly createdAt: Instant
  /** the request that made it, JSON text */
  readonly details: string
}

/** When the oldest order was made that the job has not read; null when it has read all. */
export async function oldestUnread(sender: Sender): Promise<Instant | null> {
  const { rows } = await sender.query<{ oldest: Instant | null }>(
    `select min(p.created_at) as oldest from merchant m
     left join payment_contact_progress g on g.merchant_id = m.id
     cross join lateral (select created_at from payment where merchant_id = m.id
       and created_at > coalesce(g.read_until, '-infinity') order by created_at limit 1) p
     where ${isServedHere('m.id')}`,
  )
  return rows[0]?.oldest ?? null
}

/**
 * Merchants with orders that the job has not read, with where it stands. `before` leaves out what may still be committing. One descent of an index for
 * each merchant: asked as `exists`, a table that has just grown was read from end to end.
 */
export async function findUnread(
  sender: Sender,
  before: Instant,
  limit: number,
): Promise<{ readonly merchantId: MerchantId; readonly readUntil: Instant | null }[]> {
  const { rows } = await sender.query<{ merchantId: MerchantId; readUntil: Instant | null }>(
    `select m.id as "merchantId", g.read_until as "readUntil"
     from merchant m left join payment_contact_progress g on g.merchant_id = m.id
     cross join lateral (select from payment p where p.merchant_id = m.id
       and p.created_at > coalesce(g.read_until, '-infinity') and p.created_at <= $1 order by p.created_at limit 1) p
     where ${isServedHere('m.id')}
     order by m.id limit $2`,
    [timestampText(before), limit],
  )
  return rows
}

/**
 * A merchant's next orders in the order they were made: `limit`, and as many more as were made at the very instant of the last, since a
 * batch gives all its orders one instant and the job goes on behind it. Each request is looked up by its key: joined as a whole, both
 * tables would be read from end to end whenever they have just grown and their statistics are old.
 */
export async function readUnread(
  sender: Sender,
  {
    merchantId,
    after,
    before,
    limit,
  }: { merchantId: MerchantId; after: Instant | null; before: Instant; limit: number },
): Promise<UnreadPayment[]> {
  const { rows } = await sender.query<UnreadPayment>(
    `select p.payment_id as "paymentId", p.protocol, p.created_at as "createdAt", e.details
     from (select payment_id, protocol, created_at from payment
       where merchant_id = $1 and created_at > $2 and created_at <= $3
       order by created_at fetch first $4 rows with ties) p
     cross join lateral (select details from event
       where merchant_id = $1 and source_kind = 'p' and source_id = p.payment_id and sequence = 1 limit 1) e
     order by p.created_at, p.payment_id`,
    [merchantId, after === null ? '-infinity' : timestampText(after), timestampText(before), limit],
  )
  return rows
}

export type Contact = { readonly paymentId: PaymentId; readonly email: string; readonly createdAt: Instant }

/** Keeps the addresses, and how far the merchant's orders have been read. Safe to repeat. */
export async function insertContacts(
  client: Pick<pg.Client, 'query'>,
  merchantId: MerchantId,
  contacts: readonly Contact[],
  readUntil: Instant,
): Promise<void> {
  await client.query(
    `insert into payment_contact (merchant_id, payment_id, email, created_at)
     select $1, * from unnest($2::text[], $3::text[], $4::timestamptz[]) on conflict do nothing`,
    [
      merchantId,
      contacts.map(({ paymentId }) => paymentId),
      contacts.map(({ email }) => email),
      contacts.map(({ createdAt }) => timestampText(createdAt)),
    ],
  )
  await client.query(
    `insert into payment_contact_progress (merchant_id, read_until) values ($1, $2)
     on conflict (merchant_id) do update set read_until = greatest(payment_contact_progress.read_until, excluded.read_until)`,
    [merchantId, timestampText(readUntil)],
  )
}

/** The newest orders of a shopper's address, lower case. */
export async function findPaymentsByEmail(
  sender: Sender,
  merchantId: MerchantId,
  email: string,
  limit: number,
): Promise<Payment[]> {
  const { rows } = await sender.query<PaymentRow>(
    `select ${paymentColumns} from payment_contact c
     join payment p on p.merchant_id = c.merchant_id and p.payment_id = c.payment_id
     where c.merchant_id = $1 and c.email = $2 order by c.created_at desc limit $3`,
    [merchantId, email, limit],
  )
  return rows.map(paymentFromRow)
}
