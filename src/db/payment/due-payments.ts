import type pg from 'pg'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { isServedHere } from '../cell/absent-merchants.ts'
import { timestampText } from '../wire/connection.ts'

export type DuePayment = {
  readonly merchantId: MerchantId
  readonly paymentId: PaymentId
  /** the instant that the timer's doing counts for */
  readonly at: Instant
}

/*
 * A payment that waits for its rail is left out: its timer would be refused until the answer is there. One that waits for its shopper is not. The condition is
 * repeated word for word, so that both questions use the index payment_due and always agree.
 */
const dueOnes = `timer_at is not null
  and (pending_attempt is null or pending_attempt ? 'waitsFor') and payment_id <> all($1::text[])
  and ${isServedHere('merchant_id')}`

/** When the earliest timer of any payment falls or fell due; null when none will. `except` is not looked at. */
export async function nextPaymentDue(pool: pg.Pool, except: readonly PaymentId[]): Promise<Instant | null> {
  const result = await pool.query<{ due: Instant | null }>({
    name: 'next_payment_due',
    text: `select min(timer_at) as due from payment where ${dueOnes}`,
    values: [except],
  })
  return result.rows[0]?.due ?? null
}

/**
 * The first payments whose timer is due at or before `until`, earliest first. A timer counts for its due time, or for the
 * payment's newest event where that is later (the rail's answer came after the end): a payment's events never go back.
 */
export async function findDuePayments(
  pool: pg.Pool,
  query: { until: Instant; limit: number; except: readonly PaymentId[] },
): Promise<DuePayment[]> {
  const result = await pool.query<DuePayment>({
    name: 'find_due_payments',
    text: `with due as (
        select merchant_id, payment_id, sequence, timer_at from payment
        where ${dueOnes} and timer_at <= $2
        order by timer_at limit $3
      )
      select due.merchant_id as "merchantId", due.payment_id as "paymentId", greatest(due.timer_at, e.at) as at
      from due join event e
        on e.merchant_id = due.merchant_id and e.source_kind = 'p' and e.source_id = due.payment_id and e.sequence = due.sequence
      order by due.timer_at`,
    values: [query.except, timestampText(query.until), query.limit],
  })
  return result.rows
}
