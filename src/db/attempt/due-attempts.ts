import type pg from 'pg'
import type { PaymentPurpose } from '../../domain/payment/payment.ts'
import type { PaymentState } from '../../domain/payment/state.ts'
import type { Currency } from '../../kernel/currency.ts'
import type { AttemptId, MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { isServedHere } from '../cell/absent-merchants.ts'
import { timestampText } from '../wire/connection.ts'

/** A rail call whose answer is not recorded, with what it takes to ask about it or to make it again. */
export type DueAttempt = {
  readonly merchantId: MerchantId
  readonly attemptId: AttemptId
  readonly paymentId: PaymentId
  readonly purpose: PaymentPurpose
  readonly acquirer: string
  readonly amount: bigint
  readonly currency: Currency
  /** the acquirer's name for what a refund or void is about */
  readonly railReference: string | null
  readonly paymentState: PaymentState
  readonly product: string
}

/** When the earliest unanswered attempt is or was to be asked about; null when all are answered. */
export async function nextAttemptDue(pool: pg.Pool): Promise<Instant | null> {
  const result = await pool.query<{ due: Instant | null }>({
    name: 'next_attempt_due',
    text: `select min(check_at) as due from attempt where state = 'pending' and check_at is not null
      and ${isServedHere('merchant_id')}`,
  })
  return result.rows[0]?.due ?? null
}

/**
 * Takes the first unanswered attempts that are to be asked about at or before `until`. Taking one moves its next question to
 * twice its age, at least 30 s and at most an hour from `until`, so no other process asks meanwhile, a crash is
 * healed by the next question, and an acquirer that stays silent is asked ever more rarely.
 */
export async function claimDueAttempts(pool: pg.Pool, until: Instant, limit: number): Promise<DueAttempt[]> {
  const result = await pool.query<DueAttempt>({
    name: 'claim_due_attempts',
    text: `with due as (
        select merchant_id, attempt_id, payment_id,
          $1::timestamptz + least(greatest($1::timestamptz - started_at, interval '30 seconds'), interval '1 hour') as next_at
        from attempt
        where state = 'pending' and check_at <= $1::timestamptz and ${isServedHere('merchant_id')}
        order by check_at limit $2
        for update skip locked
      )
      update attempt a set check_at = due.next_at
      from due join payment p on p.merchant_id = due.merchant_id and p.payment_id = due.payment_id
      where a.merchant_id = due.merchant_id and a.payment_id = due.payment_id and a.attempt_id = due.attempt_id
      returning a.merchant_id as "merchantId", a.attempt_id as "attemptId", a.payment_id as "paymentId", a.purpose,
        a.acquirer, a.amount, p.currency, coalesce(a.rail_reference, p.rail_reference) as "railReference",
        p.state as "paymentState", p.product`,
    values: [timestampText(until), limit],
  })
  return result.rows
}
