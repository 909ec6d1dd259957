import type {
  OrderWithTransactions,
  StoredAttempt,
  StoredCatalogueOrder,
} from '../../../app/organization/own-organization.ts'
import type { FailureReason } from '../../../domain/payment/failure.ts'
import type { Payment } from '../../../domain/payment/payment.ts'
import { isoOf } from '../../../kernel/instant.ts'
import { codes, declineCode, messages } from '../payments/codes.ts'

/** An order as a list shows it. Amounts are whole numbers of the currency's smallest unit. */
export function orderSummary(order: StoredCatalogueOrder): object {
  return {
    id: order.paymentId,
    requestId: order.requestId,
    channel: order.channel,
    paymentInstance: order.instance,
    createdAt: isoOf(order.createdAt),
    status: order.state,
    amount: Number(order.total),
    currency_code: order.currency,
    captured: Number(order.captured),
    refunded: Number(order.refunded),
    ...failureOf(order.failure),
  }
}

/** The whole order, JSON text: its `order` is stored as text and goes out as it is. */
export function orderText({ order, payment, transactions }: OrderWithTransactions): string {
  const head = JSON.stringify({
    ...orderSummary(order),
    card: cardOf(payment),
    transactions: transactions.map((attempt) => transactionOf(attempt, payment)),
  })
  return `${head.slice(0, -1)},"order":${order.details}}`
}

function cardOf({ instrument }: Payment): object | null {
  if (instrument?.kind !== 'card') return null
  const { kind: _, ...card } = instrument
  return card
}

/** One call to the acquirer. A pending one is settled by itself. */
export function transactionOf(attempt: StoredAttempt, { currency }: Pick<Payment, 'currency'>): object {
  return {
    id: attempt.id,
    purpose: attempt.purpose,
    status: attempt.state,
    amount: Number(attempt.amount),
    currency_code: currency,
    ...failureOf(attempt.failure),
    payload: attempt.payload ?? {},
    startedAt: isoOf(attempt.startedAt),
    finishedAt: attempt.finishedAt === null ? null : isoOf(attempt.finishedAt),
  }
}

/** `errorCode` and `message` as the payment service words them; nothing for what did not fail. */
function failureOf(failure: FailureReason | null): object {
  if (failure === null) return {}
  const code = declineCode[failure]
  return { errorCode: codes[code], message: messages[code] }
}
