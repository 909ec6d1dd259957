import type { PlanStep } from '../../domain/instalments/plan-facts.ts'
import type { AttemptId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { int2, int4, int8, jsonb, rowType, text, timestamptz, uuid } from '../wire/binary-rows.ts'
import type { Statement } from '../wire/statement.ts'
import type { PlanKey, PlanRow } from './plan-rows.ts'

/** A step that is about to be made. */
export type NewStep = PlanKey &
  Pick<
    PlanStep,
    'purpose' | 'acquirer' | 'amount' | 'lateFee' | 'instalment' | 'cardId' | 'of' | 'railReference' | 'startedAt'
  > & { readonly id: AttemptId }

const planStep = rowType<NewStep>('plan_step', [
  int4('merchant_id', (s) => s.merchantId),
  text('payment_id', (s) => s.paymentId),
  uuid('attempt_id', (s) => s.id),
  text('purpose', (s) => s.purpose),
  text('acquirer', (s) => s.acquirer),
  int8('amount', (s) => s.amount),
  text('rail_reference', (s) => s.railReference),
  timestamptz('started_at', (s) => s.startedAt),
  int2('instalment', (s) => s.instalment),
  text('card_id', (s) => s.cardId),
  uuid('of_attempt', (s) => s.of),
  int8('late_fee', (s) => s.lateFee),
])

/** Records steps before they are made. Without a time to be asked at: the plan itself says when. A second one of a plan is refused. */
export function insertSteps(steps: readonly NewStep[]): Statement {
  return {
    name: 'insert_plan_steps',
    text: `insert into attempt (${planStep.names}, state) select n.*, 'pending' from unnest($1::plan_step[]) as n`,
    values: [planStep.arrayOf(steps)],
  }
}

/** What can change of a plan. */
export type PlanChange = Pick<
  PlanRow,
  | 'merchantId'
  | 'paymentId'
  | 'shopperId'
  | 'zone'
  | 'frequency'
  | 'card'
  | 'sequence'
  | 'owed'
  | 'overdueSince'
  | 'writtenOff'
  | 'writtenOffAt'
  | 'lateFeeTerms'
  | 'lateFeesWrittenOff'
  | 'waitingAttempt'
  | 'waitsUntil'
  | 'waitAskedAt'
> & {
  readonly checkAt: Instant | null
  /** the sum of its fees that are not waived, and the most that they may come to */
  readonly lateFees: bigint
  readonly mostLateFees: bigint
}

const planState = rowType<PlanChange>('plan_state', [
  int4('merchant_id', (p) => p.merchantId),
  text('payment_id', (p) => p.paymentId),
  uuid('shopper_id', (p) => p.shopperId),
  text('zone', (p) => p.zone),
  jsonb('frequency', (p) => p.frequency && JSON.stringify(p.frequency)),
  jsonb('card', (p) => p.card && JSON.stringify(p.card)),
  int4('sequence', (p) => p.sequence),
  int8('owed', (p) => p.owed),
  timestamptz('overdue_since', (p) => p.overdueSince),
  int8('written_off', (p) => p.writtenOff),
  timestamptz('written_off_at', (p) => p.writtenOffAt),
  timestamptz('check_at', (p) => p.checkAt),
  jsonb('late_fee_terms', (p) => p.lateFeeTerms && JSON.stringify(p.lateFeeTerms)),
  int8('late_fees', (p) => p.lateFees),
  int8('most_late_fees', (p) => p.mostLateFees),
  int8('late_fees_written_off', (p) => p.lateFeesWrittenOff),
  uuid('waiting_attempt', (p) => p.waitingAttempt),
  timestamptz('waits_until', (p) => p.waitsUntil),
  timestamptz('wait_asked_at', (p) => p.waitAskedAt),
])

/** Plans whose rows are locked, as they are from now on. */
export function updatePlans(changes: readonly PlanChange[]): Statement {
  return {
    name: 'update_plans',
    text: `update instalment_plan p set shopper_id = n.shopper_id, zone = n.zone, frequency = n.frequency, card = n.card,
        sequence = n.sequence, owed = n.owed, overdue_since = n.overdue_since, written_off = n.written_off,
        written_off_at = n.written_off_at, check_at = n.check_at, late_fee_terms = n.late_fee_terms, late_fees = n.late_fees,
        most_late_fees = n.most_late_fees, late_fees_written_off = n.late_fees_written_off,
        waiting_attempt = n.waiting_attempt, waits_until = n.waits_until, wait_asked_at = n.wait_asked_at
      from unnest($1::plan_state[]) as n
      where p.merchant_id = n.merchant_id and p.payment_id = n.payment_id`,
    values: [planState.arrayOf(changes)],
  }
}
