import type pg from 'pg'
import type { Payment, Protocol } from '../../domain/payment/payment.ts'
import type { PaymentState } from '../../domain/payment/state.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/types-on-wire.ts'
import { type PaymentRow, paymentColumns, paymentFromRow } from './payment-row.ts'

/** A place in a merchant's payments, newest first: everything after it is older. */
export type ScanPlace = { readonly createdAt: Instant; readonly paymentId: PaymentId }

export type ScanQuery = {
  readonly merchantId: MerchantId
  readonly after: ScanPlace | null
  /** created at or after, and before; null does not filter */
  readonly from: Instant | null
  readonly to: Instant | null
  readonly states: readonly PaymentState[] | null
  readonly protocol: Protocol | null
  readonly limit: number
}

export type Scan = {
  readonly payments: readonly Payment[]
  /** where to go on; null when the merchant has no older payments in the wanted time */
  readonly next: ScanPlace | null
}

/** However rare what is looked for is, one question reads no more rows than these: about 15 ms. */
const mostRead = 4_000

/** Where a tenth or more of the orders fit, a page is among these: an eighth of the cost. */
const readFirst = 500

/**
 * The next payments that fit, newest first. Bounded work instead of an index for each filter, which every order would pay for: when
 * few of many fit, a page is shorter than asked for and `next` says where to go on.
 */
export async function scanPayments(pool: Pick<pg.Pool, 'query'>, query: ScanQuery): Promise<Scan> {
  if (query.limit > readFirst / 10) return await scan(pool, query, mostRead)
  const near = await scan(pool, query, readFirst)
  const missing = query.limit - near.payments.length
  if (near.next === null || missing === 0) return near
  const far = await scan(pool, { ...query, after: near.next, limit: missing }, mostRead - readFirst)
  return { payments: [...near.payments, ...far.payments], next: far.next }
}

async function scan(pool: Pick<pg.Pool, 'query'>, query: ScanQuery, most: number): Promise<Scan> {
  const { merchantId, after, from, to, states, protocol, limit } = query
  const { rows } = await pool.query<PaymentRow & { fits: boolean }>({
    name: 'scan_payments',
    text: `with read as (
        select merchant_id, payment_id, created_at,
          ($5::text[] is null or state = any ($5)) and ($6::text is null or protocol = $6) as fits
        from payment
        where merchant_id = $1 and (created_at, payment_id) < ($2, $3) and created_at >= $4
        order by created_at desc, payment_id desc limit $7),
      ends as (select payment_id from read order by created_at, payment_id limit 1),
      fitting as (select * from read where fits order by created_at desc, payment_id desc limit $8)
      select ${paymentColumns}, f.fits from fitting f join payment p using (merchant_id, payment_id)
      union all
      select ${paymentColumns}, false from ends join payment p on p.merchant_id = $1 and p.payment_id = ends.payment_id
      where (select count(*) from read) = $7
      order by created_at desc, payment_id desc`,
    values: [
      merchantId,
      ...startOf(after, to),
      from === null ? '-infinity' : timestampText(from),
      states,
      protocol,
      most,
      limit,
    ],
  })
  const payments = rows.filter(({ fits }) => fits).map(paymentFromRow)
  const last = payments.length === limit ? payments.at(-1) : undefined
  const end = last ?? rows.filter(({ fits }) => !fits).map(paymentFromRow)[0]
  return { payments, next: end ? { createdAt: end.createdAt, paymentId: end.id } : null }
}

/**
 * The one place that everything read is before. Two conditions, on the place and on the time, would be one too many: the index is entered by
 * only one of them, and all orders between a month of last year and now were read to find none of it.
 */
function startOf(after: ScanPlace | null, to: Instant | null): [createdAt: string, paymentId: string] {
  if (after && (to === null || after.createdAt < to)) return [timestampText(after.createdAt), after.paymentId]
  return [to === null ? 'infinity' : timestampText(to), '']
}

/**
 * Payments of exactly this total in minor units, newest first. `between` asks for one amount and keeps it in the order: so the plan is the index's
 * own order whatever the statistics are, and never the newest payments, read until enough of them fit.
 */
export async function findPaymentsByTotal(
  pool: Pick<pg.Pool, 'query'>,
  merchantId: MerchantId,
  total: bigint,
  limit: number,
): Promise<Payment[]> {
  const { rows } = await pool.query<PaymentRow>({
    name: 'find_payments_by_total',
    text: `select ${paymentColumns} from payment p
      where p.merchant_id = $1 and p.total between $2 and $2
      order by p.total desc, p.created_at desc limit $3`,
    values: [merchantId, total, limit],
  })
  return rows.map(paymentFromRow)
}

/** Payments by name: tokens, the merchant's references, the newest first. */
export async function findPaymentsByLabel(
  pool: Pick<pg.Pool, 'query'>,
  merchantId: MerchantId,
  label: string,
  limit: number,
): Promise<Payment[]> {
  const { rows } = await pool.query<PaymentRow>({
    name: 'find_payments_by_label',
    text: `select ${paymentColumns} from payment p
      where p.merchant_id = $1 and p.payment_id in (
        select payment_id from payment where merchant_id = $1 and payment_id = $2
        union select payment_id from payment where merchant_id = $1 and merchant_reference = $2
        union select payment_id from payment where merchant_id = $1 and processor_reference = $2)
      order by p.created_at desc, p.payment_id desc limit $3`,
    values: [merchantId, label, limit],
  })
  return rows.map(paymentFromRow)
}
