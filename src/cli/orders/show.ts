import type { ShownPlan } from '../../app/instalments/read-plan.ts'
import { listAttempts, type StoredAttempt } from '../../db/attempt/attempts.ts'
import { findMerchantOfPayment } from '../../db/merchant/merchants.ts'
import { findPayment, listEvents } from '../../db/payment/payments.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { PaymentEvent } from '../../domain/payment/event.ts'
import type { Instrument } from '../../domain/payment/instrument.ts'
import { openToCapture, openToRefund, type Payment } from '../../domain/payment/payment.ts'
import { type Instant, isoOf } from '../../kernel/instant.ts'
import { CliError } from '../cli-error.ts'
import { withDatabase } from '../database/database.ts'
import type { Io } from '../io.ts'
import { findPlan, instalmentTable, planView } from '../plans/plan-of.ts'
import { amountText, amountView, timeText } from '../print/format.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { facts, table } from '../print/table.ts'
import { readToken } from './token.ts'

type Order = {
  readonly merchant: MerchantTerms
  readonly payment: Payment
  /** the merchant's request, JSON text */
  readonly details: string
  readonly events: readonly PaymentEvent[]
  readonly attempts: readonly StoredAttempt[]
  readonly plan: ShownPlan | undefined
}

/** Read from the database, of whichever merchant and protocol it is. */
export async function showOrder(io: Io, text: string, options: OutputOptions): Promise<void> {
  const token = readToken(text)
  const order = await withDatabase(io, async ({ pool, clock }): Promise<Order> => {
    const merchant = await findMerchantOfPayment(pool, token)
    const stored = merchant && (await findPayment(pool, merchant.id, token))
    if (!merchant || !stored) throw new CliError(`there is no order ${token}`)
    const events = await listEvents(pool, merchant.id, token)
    const attempts = await listAttempts(pool, merchant.id, token)
    const plan = await findPlan({ pool, clock }, { merchantId: merchant.id, paymentId: token })
    return { ...stored, merchant, events, attempts, plan }
  })
  answer(io, options, viewOf(order), () => linesOf(order))
}

function linesOf({ merchant, payment, events, attempts, plan }: Order): string[] {
  const amount = (minor: bigint) => amountText(minor, payment.currency)
  const some = (minor: bigint) => (minor === 0n ? null : amount(minor))
  const time = (at: Instant | null) => at && timeText(at)
  const { instrument } = payment
  return [
    ...facts([
      ['order', payment.id],
      ['merchant', `${merchant.id} (${merchant.name})`],
      ['state', payment.state],
      ['api', `${payment.protocol}, ${payment.product}`],
      ['total', amount(payment.total)],
      ['reduced', some(payment.reduced)],
      ['captured', some(payment.captured)],
      ['refunded', some(payment.refunded)],
      ['to capture', some(openToCapture(payment))],
      ['to refund', some(openToRefund(payment))],
      [instrument?.kind ?? 'card', instrument && instrumentText(instrument)],
      ['received', some(payment.received)],
      ['failure', payment.failure],
      ['suspicious', suspicionsIn(events) || null],
      ['merchant reference', payment.merchantReference],
      ['processor reference', payment.processorReference],
      ['created', timeText(payment.createdAt)],
      ['expires', time(payment.expiresAt)],
    ]),
    '',
    ...table(
      ['#', 'time', 'event', 'state', 'amount', 'note'],
      events.map((event) => eventRow(event, amount)),
      ['#', 'amount'],
    ),
    ...(plan ? ['', ...instalmentTable(plan)] : []),
    ...(attempts.length === 0 ? [] : ['', ...attemptTable(attempts, amount)]),
  ]
}

/** What looks wrong about it, in the words of the events that say so. */
function suspicionsIn(events: readonly PaymentEvent[]): string {
  return events
    .flatMap(({ kind, note }) => (kind === 'suspicious' && note ? [note.replaceAll('_', ' ')] : []))
    .join(', ')
}

function eventRow(
  { sequence, at, kind, state, amount, note }: PaymentEvent,
  show: (minor: bigint) => string,
): string[] {
  return [String(sequence), timeText(at), kind, state, amount === null ? '' : show(amount), note ?? '']
}

function attemptTable(attempts: readonly StoredAttempt[], show: (minor: bigint) => string): string[] {
  const rows = attempts.map(({ startedAt, purpose, acquirer, amount, state, failure }) => [
    timeText(startedAt),
    purpose,
    acquirer,
    show(amount),
    state,
    failure ?? '',
  ])
  return table(['time', 'attempt', 'acquirer', 'amount', 'outcome', 'why'], rows, ['amount'])
}

function instrumentText(instrument: Instrument): string {
  if (instrument.kind === 'card') return `${instrument.brand} ending in ${instrument.last4}`
  return `${instrument.asset} at ${instrument.address} on ${instrument.network}`
}

function viewOf({ merchant, payment, details, events, attempts, plan }: Order): object {
  const money = (minor: bigint) => amountView(minor, payment.currency)
  const time = (at: Instant | null) => at && isoOf(at)
  const { instrument } = payment
  return {
    token: payment.id,
    merchant: { id: merchant.id, name: merchant.name },
    protocol: payment.protocol,
    product: payment.product,
    state: payment.state,
    total: money(payment.total),
    authorized: money(payment.authorized),
    reduced: money(payment.reduced),
    captured: money(payment.captured),
    refunded: money(payment.refunded),
    openToCapture: money(openToCapture(payment)),
    openToRefund: money(openToRefund(payment)),
    card: instrument?.kind === 'card' ? { brand: instrument.brand, last4: instrument.last4 } : null,
    wallet: instrument?.kind === 'wallet' ? instrument : null,
    received: money(payment.received),
    failure: payment.failure,
    merchantReference: payment.merchantReference,
    processorReference: payment.processorReference,
    createdAt: isoOf(payment.createdAt),
    expiresAt: time(payment.expiresAt),
    events: events.map(({ sequence, at, kind, state, amount, note }) => ({
      ...{ sequence, at: isoOf(at), kind, state, amount: amount === null ? null : money(amount), note },
    })),
    plan: plan ? planView(plan) : null,
    attempts: attempts.map(({ id, purpose, acquirer, amount, state, failure, code, startedAt, finishedAt }) => ({
      ...{ id, purpose, acquirer, amount: money(amount), state, failure, code },
      ...{ startedAt: isoOf(startedAt), finishedAt: time(finishedAt) },
    })),
    // As text: numbers in it would lose digits, and its shape is the merchant's.
    request: details,
  }
}
