import { insertMessages } from '../../db/message/insert-messages.ts'
import type { Statement } from '../../db/wire/statement.ts'
import type { MessageFacts, MoneyText, NewMessage } from '../../domain/message/message.ts'
import { assert } from '../../kernel/assert.ts'
import { day, plus } from '../../kernel/instant.ts'
import type { PlanOccurrence } from './plan-occurrence.ts'

/** Tells shoppers what happened to their plans, by the outbox and in the transaction that it happened in. */
export function tellShoppers(occurrences: readonly PlanOccurrence[]): readonly Statement[] {
  const messages = occurrences.flatMap(messageOf)
  return messages.length > 0 ? [insertMessages(messages)] : []
}

/** Not worth sending any more after this. */
const usefulFor = 7n * day

function messageOf(occurrence: PlanOccurrence): NewMessage[] {
  const { plan, at } = occurrence
  const facts = factsOf(occurrence)
  const recipient = plan.contact?.email ?? plan.contact?.phone
  if (!facts || !plan.contact || !recipient || plan.shopperId === null) return []
  return [
    {
      owner: `shopper:${plan.shopperId}`,
      cause: causeOf(occurrence, facts),
      merchantId: plan.merchantId,
      channel: plan.contact.email === null ? 'sms' : 'email',
      recipient,
      language: plan.contact.language,
      facts,
      createdAt: at,
      usefulUntil: plus(at, usefulFor),
    },
  ]
}

/** What is told once, whoever finds it: that a charge comes, and that an order is cancelled, which the engine tells of a void as well. */
function causeOf({ plan, kind, instalment, sequence }: PlanOccurrence, facts: MessageFacts): string {
  if (facts.kind === 'cancelled') return `payment:${plan.paymentId}:cancelled`
  return kind === 'charged_soon' ? `plan:${plan.paymentId}:soon:${instalment}` : `plan:${plan.paymentId}:${sequence}`
}

function factsOf(occurrence: PlanOccurrence): MessageFacts | undefined {
  const { plan, kind, nextTryAt, card, lateFee: ofIt, comingLateFee: coming } = occurrence
  const shop = plan.merchantName
  const textOf = (minor: bigint): MoneyText => ({ currency: plan.currency, minor: minor.toString() })
  const amount = textOf(occurrence.amount)
  switch (kind) {
    case 'instalment_charged':
      assert(ofIt !== null, 'a charge says what of it was for late fees')
      return { kind: 'charged', shop, amount, ...(ofIt > 0n && { lateFee: textOf(ofIt) }), ...(card && { card }) }
    case 'charged_soon':
      return nextTryAt === null ? undefined : { kind, shop, amount, dueAt: nextTryAt, ...(card && { card }) }
    case 'instalment_declined':
      return {
        ...{ kind: 'charge_failed', shop, amount, ...(nextTryAt !== null && { nextTryAt }) },
        ...(coming && { lateFee: { amount: textOf(coming.amount), from: coming.from } }),
      }
    case 'late_fee':
      assert(occurrence.payable !== null, 'a fee comes with what there is to pay of its instalment')
      return { kind, shop, amount, payable: textOf(occurrence.payable) }
    case 'late_fee_waived':
      return { kind, shop, amount }
    case 'instalment_refunded':
      return { kind: 'refunded', shop, amount, toCard: amount }
    case 'overdue':
      return { kind: 'overdue', shop, amount }
    case 'hold_released':
      // Of an order that was captured, only a part of the hold was too much: nothing the shopper has to know.
      return plan.captured === 0n
        ? { kind: 'cancelled', shop, total: { currency: plan.currency, minor: plan.total.toString() } }
        : undefined
    default:
      return undefined
  }
}
