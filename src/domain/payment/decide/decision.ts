import type { PaymentId } from '../../../kernel/ids.ts'
import type { Instant } from '../../../kernel/instant.ts'
import type { Result } from '../../../kernel/result.ts'
import type { Transfer } from '../../ledger/transfer.ts'
import type { MerchantTerms } from '../../merchant/terms.ts'
import type { Action } from '../action.ts'
import type { AttemptRecord } from '../attempt.ts'
import type { PaymentEvent } from '../event.ts'
import type { Payment } from '../payment.ts'
import type { RejectionOf } from '../rejection.ts'

/** What is to be written, all of it or nothing. No events and the same payment: a repeat that moves nothing. */
export type Accepted = {
  readonly payment: Payment
  readonly events: readonly PaymentEvent[]
  readonly transfers: readonly Transfer[]
  /** attempts to record as started or finished */
  readonly attempts: readonly AttemptRecord[]
}

/** What comes of one kind of action. */
export type Decision<Kind extends Action['kind']> = Result<Accepted, RejectionOf<Kind>>

export type DecisionContext = {
  readonly merchant: MerchantTerms
  /** the id a new payment gets */
  readonly paymentId: PaymentId
  readonly now: Instant
}
