import type pg from 'pg'
import type { Transfer } from '../domain/ledger/transfer.ts'
import type { AttemptRecord } from '../domain/payment/attempt.ts'
import type { PaymentEvent } from '../domain/payment/event.ts'
import type { Payment } from '../domain/payment/payment.ts'
import type { CommandId, MerchantId, PaymentId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import {
  boolArray,
  byteaArray,
  int2Array,
  int4Array,
  int8Array,
  jsonArray,
  jsonbArray,
  textArray,
  timestamptzArray,
  uuidArray,
} from './binary-arrays.ts'
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
 * The statements of the engine's batches. Each takes whole columns as arrays, so a batch of any size is one round of the
 * same few prepared statements; each can be restricted to one merchant. None waits for another here: the caller sends
 * them down one pipelined connection between `begin` and `commit`.
 */

export type Sender = Pick<pg.Client, 'query'>

export type PaymentKey = {
  readonly merchantId: MerchantId
  readonly paymentId: PaymentId
  readonly wantsDetails: boolean
}

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
    text: `select ${paymentColumns}, e.details
      from unnest($1::int[], $2::text[], $3::bool[]) as k (merchant_id, payment_id, wants_details)
      join payment p on p.merchant_id = k.merchant_id and p.payment_id = k.payment_id
      left join payment_event e on k.wants_details
        and e.merchant_id = k.merchant_id and e.payment_id = k.payment_id and e.sequence = 1
      order by p.merchant_id, p.payment_id
      for update of p`,
    values: [
      int4Array(keys.map((k) => k.merchantId)),
      textArray(keys.map((k) => k.paymentId)),
      boolArray(keys.map((k) => k.wantsDetails)),
    ],
  })
  return result.rows.map((row) => ({ payment: paymentFromRow(row), details: row.details }))
}

export type IdempotencyKey = { readonly merchantId: MerchantId; readonly operation: string; readonly key: string }
export type StoredResponse = IdempotencyKey & { readonly bodyHash: Buffer; readonly response: string }

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
      from unnest($1::int[], $2::text[], $3::text[]) as k (merchant_id, operation, key)
      join idempotency i on i.merchant_id = k.merchant_id and i.operation = k.operation and i.key = k.key`,
    values: [
      int4Array(keys.map((k) => k.merchantId)),
      textArray(keys.map((k) => k.operation)),
      textArray(keys.map((k) => k.key)),
    ],
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

/** Which of these commands were committed although their answer was lost, with what they did. */
export async function findApplied(
  sender: Sender,
  commands: readonly { merchantId: MerchantId; paymentId: PaymentId; id: CommandId }[],
): Promise<AppliedEvent[]> {
  const result = await sender.query<EventRow & { command_id: CommandId }>({
    name: 'find_applied',
    text: `select ${eventColumns}
      from unnest($1::int[], $2::text[], $3::uuid[]) as k (merchant_id, payment_id, command_id)
      join payment_event e on e.merchant_id = k.merchant_id and e.payment_id = k.payment_id and e.command_id = k.command_id
      order by e.sequence`,
    values: [
      int4Array(commands.map((c) => c.merchantId)),
      textArray(commands.map((c) => c.paymentId)),
      uuidArray(commands.map((c) => c.id)),
    ],
  })
  return result.rows.map((row) => ({ commandId: row.command_id, event: eventFromRow(row) }))
}

/** New payments: amounts moved are zero and the state is `created`, whatever follows in later commands. */
export function insertPayments(sender: Sender, payments: readonly Payment[]): Promise<pg.QueryResult> {
  return sender.query({
    name: 'insert_payments',
    text: `insert into payment (merchant_id, payment_id, protocol, product, state, currency, total, authorized, captured,
        refunded, reduced, fee_ppm, fee_tax_ppm, merchant_reference, sequence, created_at, expires_at, timer_at,
        instrument, pending_attempt)
      select merchant_id, payment_id, protocol, product, 'created', currency, total, 0, 0,
        0, 0, fee_ppm, fee_tax_ppm, merchant_reference, sequence, created_at, expires_at, expires_at,
        instrument, pending_attempt
      from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::int[], $8::int[],
        $9::text[], $10::int[], $11::timestamptz[], $12::timestamptz[], $13::jsonb[], $14::jsonb[])
        as n (merchant_id, payment_id, protocol, product, currency, total, fee_ppm, fee_tax_ppm,
          merchant_reference, sequence, created_at, expires_at, instrument, pending_attempt)`,
    values: [
      int4Array(payments.map((p) => p.merchantId)),
      textArray(payments.map((p) => p.id)),
      textArray(payments.map((p) => p.protocol)),
      textArray(payments.map((p) => p.product)),
      textArray(payments.map((p) => p.currency)),
      int8Array(payments.map((p) => p.total)),
      int4Array(payments.map((p) => p.feePpm)),
      int4Array(payments.map((p) => p.feeTaxPpm)),
      textArray(payments.map((p) => p.merchantReference)),
      int4Array(payments.map((p) => p.sequence)),
      timestamptzArray(payments.map((p) => p.createdAt)),
      timestamptzArray(payments.map((p) => p.expiresAt)),
      jsonbArray(payments.map((p) => p.instrument && JSON.stringify(p.instrument))),
      jsonbArray(payments.map((p) => attemptJson(p.pendingAttempt))),
    ],
  })
}

/** Everything of a locked payment that can change. */
export function updatePayments(sender: Sender, payments: readonly Payment[]): Promise<pg.QueryResult> {
  return sender.query({
    name: 'update_payments',
    text: `update payment p set
        state = n.state, authorized = n.authorized, captured = n.captured, refunded = n.refunded, reduced = n.reduced,
        merchant_reference = n.merchant_reference, processor_reference = n.processor_reference, sequence = n.sequence,
        expires_at = n.expires_at, timer_at = n.timer_at, authorized_at = n.authorized_at, delayed_at = n.delayed_at,
        captured_at = n.captured_at, voided_at = n.voided_at, instrument = n.instrument,
        pending_attempt = n.pending_attempt, captures = n.captures, rail_reference = n.rail_reference,
        failure = n.failure
      from unnest($1::int[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[],
        $9::text[], $10::int[], $11::timestamptz[], $12::timestamptz[], $13::timestamptz[], $14::timestamptz[],
        $15::timestamptz[], $16::timestamptz[], $17::jsonb[], $18::jsonb[], $19::jsonb[], $20::text[], $21::text[])
        as n (merchant_id, payment_id, state, authorized, captured, refunded, reduced, merchant_reference,
          processor_reference, sequence, expires_at, timer_at, authorized_at, delayed_at, captured_at, voided_at,
          instrument, pending_attempt, captures, rail_reference, failure)
      where p.merchant_id = n.merchant_id and p.payment_id = n.payment_id`,
    values: [
      int4Array(payments.map((p) => p.merchantId)),
      textArray(payments.map((p) => p.id)),
      textArray(payments.map((p) => p.state)),
      int8Array(payments.map((p) => p.authorized)),
      int8Array(payments.map((p) => p.captured)),
      int8Array(payments.map((p) => p.refunded)),
      int8Array(payments.map((p) => p.reduced)),
      textArray(payments.map((p) => p.merchantReference)),
      textArray(payments.map((p) => p.processorReference)),
      int4Array(payments.map((p) => p.sequence)),
      timestamptzArray(payments.map((p) => p.expiresAt)),
      timestamptzArray(payments.map((p) => p.timerAt)),
      timestamptzArray(payments.map((p) => p.authorizedAt)),
      timestamptzArray(payments.map((p) => p.delayedAt)),
      timestamptzArray(payments.map((p) => p.capturedAt)),
      timestamptzArray(payments.map((p) => p.voidedAt)),
      jsonbArray(payments.map((p) => p.instrument && JSON.stringify(p.instrument))),
      jsonbArray(payments.map((p) => attemptJson(p.pendingAttempt))),
      jsonbArray(payments.map((p) => capturesJson(p.captures))),
      textArray(payments.map((p) => p.railReference)),
      textArray(payments.map((p) => p.failure)),
    ],
  })
}

export type NewEvent = {
  readonly merchantId: MerchantId
  readonly paymentId: PaymentId
  readonly commandId: CommandId
  readonly event: PaymentEvent
  /** the merchant's request, with the event that made the payment */
  readonly details: string | null
}

export function insertEvents(sender: Sender, rows: readonly NewEvent[]): Promise<pg.QueryResult> {
  return sender.query({
    name: 'insert_events',
    text: `insert into payment_event (merchant_id, payment_id, sequence, kind, state, amount, total, merchant_reference,
        note, command_id, at, details)
      select * from unnest($1::int[], $2::text[], $3::int[], $4::text[], $5::text[], $6::bigint[], $7::bigint[],
        $8::text[], $9::text[], $10::uuid[], $11::timestamptz[], $12::json[])`,
    values: [
      int4Array(rows.map((r) => r.merchantId)),
      textArray(rows.map((r) => r.paymentId)),
      int4Array(rows.map((r) => r.event.sequence)),
      textArray(rows.map((r) => r.event.kind)),
      textArray(rows.map((r) => r.event.state)),
      int8Array(rows.map((r) => r.event.amount)),
      int8Array(rows.map((r) => r.event.total)),
      textArray(rows.map((r) => r.event.merchantReference)),
      textArray(rows.map((r) => r.event.note)),
      uuidArray(rows.map((r) => r.commandId)),
      timestamptzArray(rows.map((r) => r.event.at)),
      jsonArray(rows.map((r) => r.details)),
    ],
  })
}

export type NewTransfer = {
  readonly merchantId: MerchantId
  readonly paymentId: PaymentId
  /** of the event that the transfer belongs to, and its place within it */
  readonly sequence: number
  readonly line: number
  readonly transfer: Transfer
  readonly at: Instant
}

export function insertTransfers(sender: Sender, rows: readonly NewTransfer[]): Promise<pg.QueryResult> {
  return sender.query({
    name: 'insert_transfers',
    text: `insert into transfer (merchant_id, payment_id, sequence, line, kind, debit, credit, currency, amount, at)
      select * from unnest($1::int[], $2::text[], $3::int[], $4::smallint[], $5::text[], $6::text[], $7::text[],
        $8::text[], $9::bigint[], $10::timestamptz[])`,
    values: [
      int4Array(rows.map((r) => r.merchantId)),
      textArray(rows.map((r) => r.paymentId)),
      int4Array(rows.map((r) => r.sequence)),
      int2Array(rows.map((r) => r.line)),
      textArray(rows.map((r) => r.transfer.kind)),
      textArray(rows.map((r) => r.transfer.debit)),
      textArray(rows.map((r) => r.transfer.credit)),
      textArray(rows.map((r) => r.transfer.currency)),
      int8Array(rows.map((r) => r.transfer.amount)),
      timestamptzArray(rows.map((r) => r.at)),
    ],
  })
}

export type NewAttempt = {
  readonly merchantId: MerchantId
  readonly paymentId: PaymentId
  readonly attempt: Extract<AttemptRecord, { kind: 'started' }>
  /** when a job asks the rail, should no answer have been recorded by then */
  readonly checkAt: Instant
}

export function insertAttempts(sender: Sender, rows: readonly NewAttempt[]): Promise<pg.QueryResult> {
  return sender.query({
    name: 'insert_attempts',
    text: `insert into attempt (merchant_id, attempt_id, payment_id, purpose, acquirer, amount, state, rail_reference,
        started_at, check_at)
      select merchant_id, attempt_id, payment_id, purpose, acquirer, amount, 'pending', rail_reference, started_at, check_at
      from unnest($1::int[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[],
        $8::timestamptz[], $9::timestamptz[])
        as n (merchant_id, attempt_id, payment_id, purpose, acquirer, amount, rail_reference, started_at, check_at)`,
    values: [
      int4Array(rows.map((r) => r.merchantId)),
      uuidArray(rows.map((r) => r.attempt.id)),
      textArray(rows.map((r) => r.paymentId)),
      textArray(rows.map((r) => r.attempt.purpose)),
      textArray(rows.map((r) => r.attempt.acquirer)),
      int8Array(rows.map((r) => r.attempt.amount)),
      textArray(rows.map((r) => r.attempt.railReference)),
      timestamptzArray(rows.map((r) => r.attempt.at)),
      timestamptzArray(rows.map((r) => r.checkAt)),
    ],
  })
}

export type FinishedAttempt = {
  readonly merchantId: MerchantId
  readonly paymentId: PaymentId
  readonly attempt: Extract<AttemptRecord, { kind: 'finished' }>
}

/**
 * Ends attempts that have no end yet. Both conditions beside the key steer the plan, which is kept for long: with
 * `state = 'pending'` the planner would walk the index of all pending attempts, and without the payment's id a plan made
 * while the table was empty took the other index with the merchant alone: every attempt of the merchant, for each one.
 */
export function finishAttempts(sender: Sender, rows: readonly FinishedAttempt[]): Promise<pg.QueryResult> {
  return sender.query({
    name: 'finish_attempts',
    text: `update attempt a set state = n.state, rail_reference = coalesce(n.rail_reference, a.rail_reference),
        failure = n.failure, code = n.code, payload = n.payload, finished_at = n.finished_at, check_at = null
      from unnest($1::int[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::timestamptz[],
        $9::text[]) as n (merchant_id, attempt_id, state, rail_reference, failure, code, payload, finished_at, payment_id)
      where a.merchant_id = n.merchant_id and a.attempt_id = n.attempt_id and a.payment_id = n.payment_id
        and a.finished_at is null`,
    values: [
      int4Array(rows.map((r) => r.merchantId)),
      uuidArray(rows.map((r) => r.attempt.id)),
      textArray(rows.map((r) => r.attempt.state)),
      textArray(rows.map((r) => r.attempt.railReference)),
      textArray(rows.map((r) => r.attempt.failure)),
      textArray(rows.map((r) => r.attempt.code)),
      jsonbArray(rows.map((r) => r.attempt.payload && JSON.stringify(r.attempt.payload))),
      timestamptzArray(rows.map((r) => r.attempt.at)),
      textArray(rows.map((r) => r.paymentId)),
    ],
  })
}

/** Claims the keys and keeps their answers. A key that a rival claimed meanwhile fails the batch, which is then split. */
export function insertResponses(
  sender: Sender,
  rows: readonly (StoredResponse & { readonly at: Instant })[],
): Promise<pg.QueryResult> {
  return sender.query({
    name: 'insert_responses',
    text: `insert into idempotency (merchant_id, operation, key, body_hash, response, created_at)
      select * from unnest($1::int[], $2::text[], $3::text[], $4::bytea[], $5::text[], $6::timestamptz[])`,
    values: [
      int4Array(rows.map((r) => r.merchantId)),
      textArray(rows.map((r) => r.operation)),
      textArray(rows.map((r) => r.key)),
      byteaArray(rows.map((r) => r.bodyHash)),
      textArray(rows.map((r) => r.response)),
      timestamptzArray(rows.map((r) => r.at)),
    ],
  })
}
