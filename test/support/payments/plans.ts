import { amountShown, collectedPlan } from '../../../src/domain/instalments/collected.ts'
import type { NextStep } from '../../../src/domain/instalments/next-step.ts'
import { nextStep } from '../../../src/domain/instalments/next-step.ts'
import { heldAtFirst, instalmentPlan } from '../../../src/domain/instalments/plan.ts'
import type { PlanFacts, PlanStep } from '../../../src/domain/instalments/plan-facts.ts'
import type { InstalmentProduct } from '../../../src/domain/instalments/products.ts'
import { EUR } from '../../../src/kernel/currency.ts'
import { type Instant, instantFromMillis } from '../../../src/kernel/instant.ts'
import { money } from '../../../src/kernel/money.ts'
import { anAttemptId } from './factories.ts'

export const planZone = 'Europe/Rome'
export const planStart = instantFromMillis(Date.UTC(2026, 0, 15, 10))

/** A plan of `captured` cents from 15 January 2026, nothing of it charged. */
export function aPlan(
  overrides: Partial<PlanFacts> & { captured?: bigint; total?: bigint; product?: InstalmentProduct } = {},
): PlanFacts {
  const { captured = 9_000n, total = captured, product = 'pay-in-3', ...facts } = overrides
  const request = { product, start: planStart, zone: planZone }
  const schedule = captured > 0n ? instalmentPlan({ ...request, total: money(EUR, captured) }) : []
  return {
    currency: EUR,
    schedule,
    refunded: 0n,
    isOpen: false,
    held: total > 0n ? heldAtFirst(product, total) : 0n,
    isWrittenOff: false,
    lateFeeTerms: null,
    lateFees: [],
    waitAskedAt: null,
    zone: planZone,
    startDate: product === 'later' ? null : (schedule[0]?.dueAt ?? null),
    steps: [],
    ...facts,
  }
}

/** The plan with a step made and answered. */
export function withStep(
  facts: PlanFacts,
  step: Pick<PlanStep, 'purpose' | 'instalment' | 'amount'> & Partial<PlanStep>,
): PlanFacts {
  const made: PlanStep = {
    id: anAttemptId(facts.steps.length + 1),
    state: 'succeeded',
    failure: null,
    cardId: step.purpose === 'charge' ? 'order' : null,
    acquirer: 'sandbox',
    railReference: `rail-${facts.steps.length + 1}`,
    of: null,
    lateFee: 0n,
    startedAt: planStart,
    ...step,
  }
  return { ...facts, steps: [...facts.steps, made] }
}

/** `1 2026-01-15 3000 paid`, an instalment in a line. */
export function linesOf(facts: PlanFacts, overdue?: ReadonlySet<number>): string[] {
  return collectedPlan(facts, overdue).instalments.map(
    (each) => `${each.number} ${each.dueAt} ${amountShown(each)} ${each.status}`,
  )
}

/** What is done next, in a line. */
export function nextOf(facts: PlanFacts, now: Instant = planStart, cards: readonly string[] = ['order']): string {
  return textOf(nextStep(facts, cards, now).next)
}

function textOf(next: NextStep): string {
  switch (next.kind) {
    case 'wait':
      return next.until === null ? 'nothing' : `wait until ${new Date(Number(next.until / 1_000n)).toISOString()}`
    case 'ask':
      return `ask about ${next.step.purpose} ${next.step.amount}`
    case 'charge':
      return `charge ${next.amount} for ${next.instalment} on ${next.cardId}`
    default:
      return `${next.kind} ${next.amount} for ${next.instalment}`
  }
}

/** Makes and answers every step that is due, all approved. */
export function collectAll(facts: PlanFacts, now: Instant, cards: readonly string[] = ['order']): PlanFacts {
  for (let at = facts; ; ) {
    const { next } = nextStep(at, cards, now)
    if (next.kind === 'wait') return at
    if (next.kind === 'ask') throw new Error('nothing is pending here')
    at = withStep(at, {
      ...{ purpose: next.kind, instalment: next.instalment, amount: next.amount, startedAt: now },
      ...(next.kind === 'charge' && { cardId: next.cardId, lateFee: next.lateFee }),
      ...(next.kind === 'refund' && { of: next.of, lateFee: next.lateFee }),
    })
  }
}
