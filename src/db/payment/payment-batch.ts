import type { AttemptRecord } from '../../domain/payment/attempt.ts'
import type { PaymentEvent } from '../../domain/payment/event.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { AttemptId, CommandId, MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { bool, bytea, int4, int8, jsonb, rowType, text, timestamptz, uuid } from '../wire/binary-rows.ts'
import type { Sender, Statement } from '../wire/statement.ts'
import {
  attemptJson,
  capturesJson,
  type EventRow,
  eventColumns,
  eventFromRow,
  type PaymentRow,
  paymentColumns,
  paymentFromRow,
} from './payment-row.ts'

/*
 * The statements of the engine's batches. Each takes all its rows as one array, so a batch of any size is one round of the
 * same few prepared statements; each can be restricted to one merchant. None waits for another here: the caller sends
 * them down one pipelined connection between `begin` and `commit`.
 */

export type PaymentKey = {
  readonly merchantId: MerchantId
  readonly paymentId: PaymentId
  readonly wantsDetails: boolean
}

const paymentKey = rowType<PaymentKey>('payment_key', [
  int4('merchant_id', (k) => k.merchantId),
  text('payment_id', (k) => k.paymentId),
  bool('wants_details', (k) => k.wantsDetails),
])

/**
 * The payments of a batch, locked in key order so that two batches can never wait for each other in a circle. A missing
 * row is an unknown payment. `details` comes only where asked for: it is the widest thing a payment has.
 */
export async function lockPayments(
  sender: Sender,
  keys: readonly PaymentKey[],
): Promise<{ payment: Payment; details: string | null }[]> {
  const result = await sender.query<PaymentRow & { details: string | null }>({
    name: 'lock_payments',
    text: `select ${paymentColumns}, case when k.wants_details then (
        select e.details from event e
        where e.merchant_id = k.merchant_id and e.source_kind = 'p' and e.source_id = k.payment_id and e.sequence = 1
        ) end as details
      from unnest($1::payment_key[]) as k
      join payment p on p.merchant_id = k.merchant_id and p.payment_id = k.payment_id
      order by p.merchant_id, p.payment_id
      for update of p`,
    values: [paymentKey.arrayOf(keys)],
  })
  return result.rows.map((row) => ({ payment: paymentFromRow(row), details: row.details }))
}

export type IdempotencyKey = { readonly merchantId: MerchantId; readonly operation: string; readonly key: string }
export type StoredResponse = IdempotencyKey & { readonly bodyHash: Buffer; readonly response: string }

const idempotencyKey = rowType<IdempotencyKey>('idempotency_key', [
  int4('merchant_id', (k) => k.merchantId),
  text('operation', (k) => k.operation),
  text('key', (k) => k.key),
])

/** The answers these keys were given before. Asked after the locks are held, so a rival's commit is seen. */
export async function findResponses(sender: Sender, keys: readonly IdempotencyKey[]): Promise<StoredResponse[]> {
  const result = await sender.query<{
    merchant_id: MerchantId
    operation: string
    key: string
    body_hash: Buffer
    response: string
  }>({
    name: 'find_responses',
    text: `select i.merchant_id, i.operation, i.key, i.body_hash, i.response
      from unnest($1::idempotency_key[]) as k
      join idempotency i on i.merchant_id = k.merchant_id and i.operation = k.operation and i.key = k.key`,
    values: [idempotencyKey.arrayOf(keys)],
  })
  return result.rows.map((row) => ({
    merchantId: row.merchant_id,
    operation: row.operation,
    key: row.key,
    bodyHash: row.body_hash,
    response: row.response,
  }))
}

export type AppliedEvent = { readonly commandId: CommandId; readonly event: PaymentEvent }

export type CommandKey = { readonly merchantId: MerchantId; readonly paymentId: PaymentId; readonly id: CommandId }

const commandKey = rowType<CommandKey>('command_key', [
  int4('merchant_id', (c) => c.merchantId),
  text('payment_id', (c) => c.paymentId),
  uuid('command_id', (c) => c.id),
])

/** Which of these commands were committed although their answer was lost, with what they did. */
export async function findApplied(sender: Sender, commands: readonly CommandKey[]): Promise<AppliedEvent[]> {
  const result = await sender.query<EventRow & { command_id: CommandId }>({
    name: 'find_applied',
    text: `select ${eventColumns}
      from unnest($1::command_key[]) as k
      join event e on e.merchant_id = k.merchant_id and e.source_kind = 'p' and e.source_id = k.payment_id
        and e.command_id = k.command_id
      order by e.sequence`,
    values: [commandKey.arrayOf(commands)],
  })
  return result.rows.map((row) => ({ commandId: row.command_id, event: eventFromRow(row) }))
}

const newPayment = rowType<Payment>('funded_payment', [
  int4('merchant_id', (p) => p.merchantId),
  text('payment_id', (p) => p.id),
  text('protocol', (p) => p.protocol),
  text('product', (p) => p.product),
  text('funding', (p) => p.funding),
  text('currency', (p) => p.currency),
  int8('total', (p) => p.total),
  int4('fee_ppm', (p) => p.feePpm),
  int4('fee_tax_ppm', (p) => p.feeTaxPpm),
  text('merchant_reference', (p) => p.merchantReference),
  int4('sequence', (p) => p.sequence),
  timestamptz('created_at', (p) => p.createdAt),
  timestamptz('expires_at', (p) => p.expiresAt),
  jsonb('instrument', (p) => p.instrument && JSON.stringify(p.instrument)),
  jsonb('pending_attempt', (p) => attemptJson(p.pendingAttempt)),
])

/** New payments: amounts moved are zero and the state is `created`, whatever follows in later commands. */
export function insertPayments(payments: readonly Payment[]): Statement {
  return {
    name: 'insert_payments',
    text: `insert into payment (${newPayment.names}, state, authorized, captured, refunded, reduced, timer_at)
      select n.*, 'created', 0, 0, 0, 0, n.expires_at from unnest($1::funded_payment[]) as n`,
    values: [newPayment.arrayOf(payments)],
  }
}

/** A payment as a batch leaves it, and the number of its last event as it was when it was decided on. */
export type PaymentChange = { readonly payment: Payment; readonly seenSequence: number }

const paymentChange = rowType<PaymentChange>('dated_payment', [
  int4('merchant_id', ({ payment }) => payment.merchantId),
  text('payment_id', ({ payment }) => payment.id),
  int4('seen_sequence', ({ seenSequence }) => seenSequence),
  text('state', ({ payment }) => payment.state),
  int8('authorized', ({ payment }) => payment.authorized),
  int8('captured', ({ payment }) => payment.captured),
  int8('refunded', ({ payment }) => payment.refunded),
  int8('reduced', ({ payment }) => payment.reduced),
  int8('received', ({ payment }) => (payment.funding === 'none' ? payment.received : null)),
  int8('settled', ({ payment }) => (payment.funding === 'none' ? payment.settled : null)),
  text('merchant_reference', ({ payment }) => payment.merchantReference),
  text('processor_reference', ({ payment }) => payment.processorReference),
  int4('sequence', ({ payment }) => payment.sequence),
  timestamptz('expires_at', ({ payment }) => payment.expiresAt),
  timestamptz('timer_at', ({ payment }) => payment.timerAt),
  timestamptz('authorized_at', ({ payment }) => payment.authorizedAt),
  timestamptz('delayed_at', ({ payment }) => payment.delayedAt),
  timestamptz('captured_at', ({ payment }) => payment.capturedAt),
  timestamptz('voided_at', ({ payment }) => payment.voidedAt),
  jsonb('instrument', ({ payment }) => payment.instrument && JSON.stringify(payment.instrument)),
  jsonb('pending_attempt', ({ payment }) => attemptJson(payment.pendingAttempt)),
  jsonb('captures', ({ payment }) => capturesJson(payment.captures)),
  text('rail_reference', ({ payment }) => payment.railReference),
  text('failure', ({ payment }) => payment.failure),
  text('product', ({ payment }) => payment.product),
  timestamptz('changed_at', ({ payment }) => payment.changedAt),
])

/**
 * Everything of a payment that can change. Should one not be there as it was decided on, the whole batch is refused with
 * `serialization_failure`: it had been seen without a lock, and somebody else was first.
 */
export function updatePayments(changes: readonly PaymentChange[]): Statement {
  return {
    name: 'update_payments',
    text: `with changed as (
        update payment p set
          state = n.state, authorized = n.authorized, captured = n.captured, refunded = n.refunded, reduced = n.reduced,
          received = n.received, settled = n.settled,
          merchant_reference = n.merchant_reference, processor_reference = n.processor_reference, sequence = n.sequence,
          expires_at = n.expires_at, timer_at = n.timer_at, authorized_at = n.authorized_at, delayed_at = n.delayed_at,
          captured_at = n.captured_at, voided_at = n.voided_at, instrument = n.instrument,
          pending_attempt = n.pending_attempt, captures = n.captures, rail_reference = n.rail_reference,
          failure = n.failure, product = n.product, changed_at = n.changed_at
        from unnest($1::dated_payment[]) as n
        where p.merchant_id = n.merchant_id and p.payment_id = n.payment_id and p.sequence = n.seen_sequence
        returning 1)
      select expect_rows(count(*), $2) from changed`,
    values: [paymentChange.arrayOf(changes), changes.length],
  }
}

export type NewAttempt = {
  readonly merchantId: MerchantId
  readonly paymentId: PaymentId
  readonly attempt: Extract<AttemptRecord, { kind: 'started' }>
  /** when a job asks the rail, should no answer have been recorded by then */
  readonly checkAt: Instant
}

const newAttempt = rowType<NewAttempt>('new_attempt', [
  int4('merchant_id', (r) => r.merchantId),
  text('payment_id', (r) => r.paymentId),
  uuid('attempt_id', (r) => r.attempt.id),
  text('purpose', (r) => r.attempt.purpose),
  text('acquirer', (r) => r.attempt.acquirer),
  int8('amount', (r) => r.attempt.amount),
  text('rail_reference', (r) => r.attempt.railReference),
  timestamptz('started_at', (r) => r.attempt.at),
  timestamptz('check_at', (r) => r.checkAt),
])

export function insertAttempts(rows: readonly NewAttempt[]): Statement {
  return {
    name: 'insert_attempts',
    text: `insert into attempt (${newAttempt.names}, state) select n.*, 'pending' from unnest($1::new_attempt[]) as n`,
    values: [newAttempt.arrayOf(rows)],
  }
}

export type FinishedAttempt = {
  readonly merchantId: MerchantId
  readonly paymentId: PaymentId
  readonly attempt: Extract<AttemptRecord, { kind: 'finished' }>
}

const attemptEnd = rowType<FinishedAttempt>('attempt_end', [
  int4('merchant_id', (r) => r.merchantId),
  text('payment_id', (r) => r.paymentId),
  uuid('attempt_id', (r) => r.attempt.id),
  text('state', (r) => r.attempt.state),
  text('rail_reference', (r) => r.attempt.railReference),
  text('failure', (r) => r.attempt.failure),
  text('code', (r) => r.attempt.code),
  jsonb('payload', (r) => r.attempt.payload && JSON.stringify(r.attempt.payload)),
  timestamptz('finished_at', (r) => r.attempt.at),
])

/** Ends attempts that have no end yet. Not `state = 'pending'`: the planner would walk the index of all pending attempts. */
export function finishAttempts(rows: readonly FinishedAttempt[]): Statement {
  return {
    name: 'finish_attempts',
    text: `update attempt a set state = n.state, rail_reference = coalesce(n.rail_reference, a.rail_reference),
        failure = n.failure, code = n.code, payload = n.payload, finished_at = n.finished_at, check_at = null
      from unnest($1::attempt_end[]) as n
      where a.merchant_id = n.merchant_id and a.payment_id = n.payment_id and a.attempt_id = n.attempt_id
        and a.finished_at is null`,
    values: [attemptEnd.arrayOf(rows)],
  }
}

export type AttemptCheck = {
  readonly merchantId: MerchantId
  readonly paymentId: PaymentId
  readonly attemptId: AttemptId
  /** null: not before something else has happened */
  readonly checkAt: Instant | null
}

const attemptCheck = rowType<AttemptCheck>('attempt_check', [
  int4('merchant_id', (r) => r.merchantId),
  text('payment_id', (r) => r.paymentId),
  uuid('attempt_id', (r) => r.attemptId),
  timestamptz('check_at', (r) => r.checkAt),
])

/** Says anew when a job asks about attempts that have no end yet. */
export function recheckAttempts(rows: readonly AttemptCheck[]): Statement {
  return {
    name: 'recheck_attempts',
    text: `update attempt a set check_at = n.check_at from unnest($1::attempt_check[]) as n
      where a.merchant_id = n.merchant_id and a.payment_id = n.payment_id and a.attempt_id = n.attempt_id
        and a.finished_at is null`,
    values: [attemptCheck.arrayOf(rows)],
  }
}

type NewResponse = StoredResponse & { readonly at: Instant }

const newResponse = rowType<NewResponse>('new_response', [
  int4('merchant_id', (r) => r.merchantId),
  text('operation', (r) => r.operation),
  text('key', (r) => r.key),
  bytea('body_hash', (r) => r.bodyHash),
  text('response', (r) => r.response),
  timestamptz('created_at', (r) => r.at),
])

/** Claims the keys and keeps their answers. A key that a rival claimed meanwhile fails the batch, which is then split. */
export function insertResponses(rows: readonly NewResponse[]): Statement {
  return {
    name: 'insert_responses',
    text: `insert into idempotency (${newResponse.names}) select * from unnest($1::new_response[])`,
    values: [newResponse.arrayOf(rows)],
  }
}
