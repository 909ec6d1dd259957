import type pg from 'pg'
import type { Transfer } from '../domain/ledger/transfer.ts'
import type { AttemptRecord } from '../domain/payment/attempt.ts'
import type { PaymentEvent } from '../domain/payment/event.ts'
import type { Payment } from '../domain/payment/payment.ts'
import type { CommandId, MerchantId, PaymentId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { timestampText } from './connection.ts'
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
    values: [keys.map((k) => k.merchantId), keys.map((k) => k.paymentId), keys.map((k) => k.wantsDetails)],
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
    values: [keys.map((k) => k.merchantId), keys.map((k) => k.operation), keys.map((k) => k.key)],
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
    values: [commands.map((c) => c.merchantId), commands.map((c) => c.paymentId), commands.map((c) => c.id)],
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
      payments.map((p) => p.merchantId),
      payments.map((p) => p.id),
      payments.map((p) => p.protocol),
      payments.map((p) => p.product),
      payments.map((p) => p.currency),
      payments.map((p) => p.total),
      payments.map((p) => p.feePpm),
      payments.map((p) => p.feeTaxPpm),
      payments.map((p) => p.merchantReference),
      payments.map((p) => p.sequence),
      payments.map((p) => timestampText(p.createdAt)),
      payments.map((p) => instantText(p.expiresAt)),
      payments.map((p) => p.instrument && JSON.stringify(p.instrument)),
      payments.map((p) => attemptJson(p.pendingAttempt)),
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
      payments.map((p) => p.merchantId),
      payments.map((p) => p.id),
      payments.map((p) => p.state),
      payments.map((p) => p.authorized),
      payments.map((p) => p.captured),
      payments.map((p) => p.refunded),
      payments.map((p) => p.reduced),
      payments.map((p) => p.merchantReference),
      payments.map((p) => p.processorReference),
      payments.map((p) => p.sequence),
      payments.map((p) => instantText(p.expiresAt)),
      payments.map((p) => instantText(p.timerAt)),
      payments.map((p) => instantText(p.authorizedAt)),
      payments.map((p) => instantText(p.delayedAt)),
      payments.map((p) => instantText(p.capturedAt)),
      payments.map((p) => instantText(p.voidedAt)),
      payments.map((p) => p.instrument && JSON.stringify(p.instrument)),
      payments.map((p) => attemptJson(p.pendingAttempt)),
      payments.map((p) => capturesJson(p.captures)),
      payments.map((p) => p.railReference),
      payments.map((p) => p.failure),
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
      rows.map((r) => r.merchantId),
      rows.map((r) => r.paymentId),
      rows.map((r) => r.event.sequence),
      rows.map((r) => r.event.kind),
      rows.map((r) => r.event.state),
      rows.map((r) => r.event.amount),
      rows.map((r) => r.event.total),
      rows.map((r) => r.event.merchantReference),
      rows.map((r) => r.event.note),
      rows.map((r) => r.commandId),
      rows.map((r) => timestampText(r.event.at)),
      rows.map((r) => r.details),
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
      rows.map((r) => r.merchantId),
      rows.map((r) => r.paymentId),
      rows.map((r) => r.sequence),
      rows.map((r) => r.line),
      rows.map((r) => r.transfer.kind),
      rows.map((r) => r.transfer.debit),
      rows.map((r) => r.transfer.credit),
      rows.map((r) => r.transfer.currency),
      rows.map((r) => r.transfer.amount),
      rows.map((r) => timestampText(r.at)),
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
      rows.map((r) => r.merchantId),
      rows.map((r) => r.attempt.id),
      rows.map((r) => r.paymentId),
      rows.map((r) => r.attempt.purpose),
      rows.map((r) => r.attempt.acquirer),
      rows.map((r) => r.attempt.amount),
      rows.map((r) => r.attempt.railReference),
      rows.map((r) => timestampText(r.attempt.at)),
      rows.map((r) => timestampText(r.checkAt)),
    ],
  })
}

export type FinishedAttempt = {
  readonly merchantId: MerchantId
  readonly attempt: Extract<AttemptRecord, { kind: 'finished' }>
}

export function finishAttempts(sender: Sender, rows: readonly FinishedAttempt[]): Promise<pg.QueryResult> {
  return sender.query({
    name: 'finish_attempts',
    text: `update attempt a set state = n.state, rail_reference = coalesce(n.rail_reference, a.rail_reference),
        failure = n.failure, code = n.code, payload = n.payload, finished_at = n.finished_at, check_at = null
      from unnest($1::int[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::timestamptz[])
        as n (merchant_id, attempt_id, state, rail_reference, failure, code, payload, finished_at)
      where a.merchant_id = n.merchant_id and a.attempt_id = n.attempt_id and a.state = 'pending'`,
    values: [
      rows.map((r) => r.merchantId),
      rows.map((r) => r.attempt.id),
      rows.map((r) => r.attempt.state),
      rows.map((r) => r.attempt.railReference),
      rows.map((r) => r.attempt.failure),
      rows.map((r) => r.attempt.code),
      rows.map((r) => r.attempt.payload && JSON.stringify(r.attempt.payload)),
      rows.map((r) => timestampText(r.attempt.at)),
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
      rows.map((r) => r.merchantId),
      rows.map((r) => r.operation),
      rows.map((r) => r.key),
      rows.map((r) => r.bodyHash),
      rows.map((r) => r.response),
      rows.map((r) => timestampText(r.at)),
    ],
  })
}

function instantText(instant: Instant | null): string | null {
  return instant && timestampText(instant)
}
