import type { PlanCard, PlanRow } from '../../db/instalments/plan-rows.ts'
import { readStoredTerms, type StoredLateFeeTerms } from '../../domain/instalments/late-fee-terms.ts'
import { nextStep, type PlanState } from '../../domain/instalments/next-step.ts'
import { instalmentPlan } from '../../domain/instalments/plan.ts'
import type { PlanFacts, PlanStep } from '../../domain/instalments/plan-facts.ts'
import { type Frequency, isInstalmentProduct, productRules } from '../../domain/instalments/products.ts'
import type { Instant } from '../../kernel/instant.ts'
import { money } from '../../kernel/money.ts'

/** What an order says about when its only instalment is due, by the API that made it. */
export type FrequencyOf = (order: { readonly protocol: string; readonly details: string }) => Frequency | undefined

/** The plan's zone, days and late fees, as they were found when somebody looked at it first. */
export type PlanTerms = {
  readonly zone: string
  readonly frequency: Frequency | null
  readonly lateFeeTerms: StoredLateFeeTerms | null
}

export function termsOfPlan(row: PlanRow, frequencyOf: FrequencyOf): PlanTerms {
  const { protocol, details, lateFeeTerms } = row
  if (row.zone !== null) return { zone: row.zone, frequency: row.frequency, lateFeeTerms }
  const frequency = (details !== null && frequencyOf({ protocol, details })) || null
  return { zone: row.merchantZone, frequency, lateFeeTerms }
}

export function planFactsOf(
  row: PlanRow,
  { zone, frequency, lateFeeTerms }: PlanTerms,
  steps: readonly PlanStep[],
): PlanFacts {
  const { product, currency, captured, authorizedAt } = row
  const schedule =
    isInstalmentProduct(product) && captured > 0n && authorizedAt !== null
      ? instalmentPlan({
          product,
          total: money(currency, captured),
          start: authorizedAt,
          frequency: frequency ?? undefined,
          zone,
        })
      : []
  const startsAtOnce = isInstalmentProduct(product) && productRules[product].startsAtOnce
  return {
    currency,
    schedule,
    refunded: row.refunded,
    isOpen: row.state === 'authorized' || row.state === 'delayed',
    held: row.authorization === null ? 0n : BigInt(row.authorization.amount),
    isWrittenOff: row.writtenOffAt !== null,
    lateFeeTerms: lateFeeTerms && readStoredTerms(lateFeeTerms),
    lateFees: (row.lateFees ?? []).map(({ amount, ...fee }) => ({ ...fee, amount: BigInt(amount) })),
    zone,
    waitAskedAt: row.waitAskedAt,
    startDate: (startsAtOnce && schedule[0]?.dueAt) || null,
    steps,
  }
}

/**
 * The cards of a plan in the order in which they are charged: the one that replaced the order's, then the shopper's saved ones, the
 * default first, then the one that authorized the order where it is none of these.
 */
export function cardsOf({ card, cards, instrument, authorization }: PlanRow): readonly PlanCard[] {
  const known = [...(card ? [card] : []), ...(cards ?? [])]
  const ordered = card ? undefined : orderCardOf(instrument, authorization)
  const all = ordered ? [...known, ordered] : known
  return all.filter((each, index) => all.findIndex((other) => isSameCard(each, other)) === index)
}

function orderCardOf(instrument: PlanRow['instrument'], authorization: PlanRow['authorization']): PlanCard | undefined {
  if (instrument?.kind === 'wallet' || !instrument?.token || !authorization) return undefined
  const { brand, last4, expiryMonth, expiryYear, token: sealedToken } = instrument
  return { id: orderCard, acquirer: authorization.acquirer, sealedToken, brand, last4, expiryMonth, expiryYear }
}

function isSameCard(one: PlanCard, other: PlanCard): boolean {
  const isAlike = one.brand === other.brand && one.last4 === other.last4 && one.acquirer === other.acquirer
  return isAlike && one.expiryMonth === other.expiryMonth && one.expiryYear === other.expiryYear
}

/** Stands for the card that authorized the order. */
const orderCard = 'order'

export function stateOf(facts: PlanFacts, cards: readonly PlanCard[], now: Instant): PlanState {
  return nextStep(
    facts,
    cards.map(({ id }) => id),
    now,
  )
}
