import type { CalendarDate } from '../../kernel/calendar-date.ts'

/** Everything that decides whether a shopper may buy now and pay over time. Amounts are minor units of one currency. */
export type EligibilityFacts = {
  readonly amount: bigint
  /** the merchant's limits for the product */
  readonly limits: { readonly minimum: bigint; readonly maximum: bigint } | undefined
  readonly isBlocked: boolean
  /** instalments past their due day that nobody has paid */
  readonly overdueInstalments: number
  /** what the shopper still owes on open plans */
  readonly openExposure: bigint
  /** what a shopper may owe at most */
  readonly exposureLimit: bigint
  /** other orders that the shopper has tried to confirm within a day */
  readonly ordersToday: number
  /** how many they may: more of them look like a stolen account */
  readonly ordersPerDay: number
  /** the last day of the card's last month; undefined while no card is chosen */
  readonly cardValidUntil: CalendarDate | undefined
  readonly lastDueAt: CalendarDate | undefined
}

export type EligibilityRefusal =
  | 'amount_out_of_limits'
  | 'shopper_blocked'
  | 'instalments_overdue'
  | 'exposure_too_high'
  | 'too_many_orders'
  | 'card_expires_too_early'

/** Why the shopper may not buy; undefined when they may. What they can mend themselves comes last, so it hides nothing. */
export function refuseShopper(facts: EligibilityFacts): EligibilityRefusal | undefined {
  const { amount, limits, cardValidUntil, lastDueAt } = facts
  if (facts.isBlocked) return 'shopper_blocked'
  if (limits === undefined || amount < limits.minimum || amount > limits.maximum) return 'amount_out_of_limits'
  if (facts.overdueInstalments > 0) return 'instalments_overdue'
  if (facts.openExposure + amount > facts.exposureLimit) return 'exposure_too_high'
  if (facts.ordersToday >= facts.ordersPerDay) return 'too_many_orders'
  if (cardValidUntil !== undefined && lastDueAt !== undefined && cardValidUntil < lastDueAt)
    return 'card_expires_too_early'
  return undefined
}
