import type pg from 'pg'
import type { RailPayload } from '../../domain/payment/action.ts'
import type { FailureReason } from '../../domain/payment/failure.ts'
import type { AttemptPurpose } from '../../domain/payment/payment.ts'
import type { AttemptId, MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'

/** A rail call as it stands in its row. */
export type StoredAttempt = {
  readonly id: AttemptId
  readonly purpose: AttemptPurpose
  readonly acquirer: string
  readonly amount: bigint
  readonly state: 'pending' | 'succeeded' | 'declined'
  readonly railReference: string | null
  readonly failure: FailureReason | null
  /** the acquirer's own code, for the operator */
  readonly code: string | null
  readonly payload: RailPayload | null
  readonly startedAt: Instant
  readonly finishedAt: Instant | null
}

/** Every rail call of a payment, oldest first. */
export async function listAttempts(
  pool: pg.Pool,
  merchantId: MerchantId,
  paymentId: PaymentId,
): Promise<StoredAttempt[]> {
  const result = await pool.query<StoredAttempt>({
    name: 'list_attempts',
    text: `select attempt_id as id, purpose, acquirer, amount, state, rail_reference as "railReference", failure, code,
        payload, started_at as "startedAt", finished_at as "finishedAt"
      from attempt where merchant_id = $1 and payment_id = $2 order by started_at, attempt_id`,
    values: [merchantId, paymentId],
  })
  return result.rows
}
