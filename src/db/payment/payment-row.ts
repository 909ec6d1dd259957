import type { EventKind, PaymentEvent } from '../../domain/payment/event.ts'
import type { FailureReason } from '../../domain/payment/failure.ts'
import type { Funding } from '../../domain/payment/funding.ts'
import type { CardInstrument, Instrument } from '../../domain/payment/instrument.ts'
import type { NextAction } from '../../domain/payment/next-action.ts'
import type { PartCapture, Payment, PaymentPurpose, PendingAttempt, Protocol } from '../../domain/payment/payment.ts'
import type { PaymentState } from '../../domain/payment/state.ts'
import type { Currency } from '../../kernel/currency.ts'
import type { AttemptId, MerchantId, PaymentId } from '../../kernel/ids.ts'
import { type Instant, instantFromMicros } from '../../kernel/instant.ts'

/** Columns of `payment`, named `p`, in the order `paymentFromRow` reads them. */
export const paymentColumns = `p.merchant_id, p.payment_id, p.protocol, p.product, p.funding, p.state, p.currency, p.total,
  p.authorized, p.captured, p.refunded, p.reduced, p.fee_ppm, p.fee_tax_ppm, p.merchant_reference, p.processor_reference,
  p.sequence, p.created_at, p.changed_at, p.expires_at, p.timer_at, p.authorized_at, p.delayed_at, p.captured_at, p.voided_at,
  p.received, p.settled, p.instrument, p.pending_attempt, p.captures, p.rail_reference, p.failure`

export type PaymentRow = {
  merchant_id: MerchantId
  payment_id: PaymentId
  protocol: Protocol
  product: string
  funding: Funding
  state: PaymentState
  currency: Currency
  total: bigint
  authorized: bigint
  captured: bigint
  refunded: bigint
  reduced: bigint
  received: bigint | null
  settled: bigint | null
  fee_ppm: number
  fee_tax_ppm: number
  merchant_reference: string | null
  processor_reference: string | null
  sequence: number
  created_at: Instant
  changed_at: Instant | null
  expires_at: Instant | null
  timer_at: Instant | null
  authorized_at: Instant | null
  delayed_at: Instant | null
  captured_at: Instant | null
  voided_at: Instant | null
  instrument: Instrument | Omit<CardInstrument, 'kind'> | null
  pending_attempt: PendingAttemptJson | null
  captures: readonly PartCaptureJson[] | null
  rail_reference: string | null
  failure: FailureReason | null
}

/** bigint has no JSON: amounts and instants travel as decimal strings inside jsonb. */
type PendingAttemptJson = {
  id: AttemptId
  purpose: PaymentPurpose
  acquirer: string
  amount: string
  startedAt: string
  abandoned: boolean
  reference?: string
  waitsFor?: { action: NextAction; until: string }
}
type PartCaptureJson = { amount: string; at: string }

export function paymentFromRow(row: PaymentRow): Payment {
  return {
    merchantId: row.merchant_id,
    id: row.payment_id,
    protocol: row.protocol,
    product: row.product,
    funding: row.funding,
    state: row.state,
    currency: row.currency,
    total: row.total,
    authorized: row.authorized,
    captured: row.captured,
    refunded: row.refunded,
    reduced: row.reduced,
    received: row.received ?? 0n,
    settled: row.settled ?? 0n,
    feePpm: row.fee_ppm,
    feeTaxPpm: row.fee_tax_ppm,
    merchantReference: row.merchant_reference,
    processorReference: row.processor_reference,
    sequence: row.sequence,
    createdAt: row.created_at,
    changedAt: row.changed_at ?? row.created_at,
    expiresAt: row.expires_at,
    timerAt: row.timer_at,
    authorizedAt: row.authorized_at,
    delayedAt: row.delayed_at,
    capturedAt: row.captured_at,
    voidedAt: row.voided_at,
    instrument: row.instrument && instrumentFromJson(row.instrument),
    pendingAttempt: row.pending_attempt && attemptFromJson(row.pending_attempt),
    captures: row.captures?.map(partFromJson) ?? [],
    railReference: row.rail_reference,
    failure: row.failure,
  }
}

/** Cards that were kept before there were wallets do not say what they are. */
function instrumentFromJson(json: Instrument | Omit<CardInstrument, 'kind'>): Instrument {
  return 'kind' in json ? json : { kind: 'card', ...json }
}

function attemptFromJson(json: PendingAttemptJson): PendingAttempt {
  const { waitsFor, ...attempt } = json
  return {
    ...attempt,
    amount: BigInt(json.amount),
    startedAt: instantFromMicros(BigInt(json.startedAt)),
    ...(waitsFor && {
      waitsFor: { action: waitsFor.action, until: instantFromMicros(BigInt(waitsFor.until)) },
    }),
  }
}

function partFromJson(json: PartCaptureJson): PartCapture {
  return { amount: BigInt(json.amount), at: instantFromMicros(BigInt(json.at)) }
}

export function attemptJson(attempt: PendingAttempt | null): string | null {
  return attempt && JSON.stringify(attempt, bigintsAsText)
}

export function capturesJson(captures: readonly PartCapture[]): string | null {
  return captures.length === 0 ? null : JSON.stringify(captures, bigintsAsText)
}

function bigintsAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}

export const eventColumns =
  'e.sequence, e.kind, e.state, e.amount, e.total, e.merchant_reference, e.note, e.at, e.command_id'

export type EventRow = {
  sequence: number
  kind: EventKind
  state: PaymentState
  amount: bigint | null
  total: bigint
  merchant_reference: string | null
  note: string | null
  at: Instant
}

export function eventFromRow(row: EventRow): PaymentEvent {
  return {
    sequence: row.sequence,
    kind: row.kind,
    state: row.state,
    amount: row.amount,
    total: row.total,
    merchantReference: row.merchant_reference,
    note: row.note,
    at: row.at,
  }
}
