import { assert } from '../../kernel/assert.ts'
import type { Brand } from '../../kernel/brand.ts'
import { type Instant, millisOf } from '../../kernel/instant.ts'
import type { Money } from '../../kernel/money.ts'

/** A day without a time or a zone, `2024-02-29`: what a shopper's bank statement shows. */
export type CalendarDate = Brand<string, 'CalendarDate'>

export type InstalmentProduct = 'pay-in-3' | 'pay-in-4' | 'later'

/** How long pay-later waits: `{ number: 14, frequencyType: 'daily' }` (scalapay.md 17). */
export type Frequency = { readonly number: number; readonly frequencyType: 'daily' | 'weekly' | 'monthly' }

export type Instalment = {
  /** from 1 */
  readonly number: number
  readonly dueAt: CalendarDate
  readonly amount: Money
}

export type PlanRequest = {
  readonly product: InstalmentProduct
  /** positive; after a partial capture the amount captured */
  readonly total: Money
  /** when the shopper authorized: the plan counts from this day in `zone` */
  readonly start: Instant
  /** only `later` looks at it; out of range it counts as absent */
  readonly frequency?: Frequency | undefined
  /** IANA name of the merchant's zone */
  readonly zone?: string
}

/** Every country Scalapay serves on the continent shares its clock with Rome (docs/decisions/0002). */
const usualZone = 'Europe/Rome'

const instalmentCounts = { 'pay-in-3': 3, 'pay-in-4': 4, later: 1 } as const satisfies Record<InstalmentProduct, number>

const usualWait = { days: 14 }

/** The longest wait for a pay-later instalment, so that no request makes a date that cannot be collected on. */
const longestWaitDays = 90

/**
 * What the shopper pays and when: amounts add up to the total exactly, the first takes the cents that do not divide.
 * A total of fewer cents than instalments makes fewer instalments, for nobody collects nothing.
 */
export function instalmentPlan(request: PlanRequest): readonly Instalment[] {
  const { product, total, start, frequency, zone = usualZone } = request
  assert(total.minor > 0n, 'a plan is for something')
  const today = Temporal.Instant.fromEpochMilliseconds(millisOf(start)).toZonedDateTimeISO(zone).toPlainDate()
  return amountsOf(total.minor, instalmentCounts[product]).map((minor, index) => ({
    number: index + 1,
    dueAt: calendarDate(today.add(product === 'later' ? waitOf(frequency) : { months: index })),
    amount: { currency: total.currency, minor },
  }))
}

function amountsOf(total: bigint, count: number): bigint[] {
  const each = total / BigInt(count)
  const first = total - each * BigInt(count - 1)
  return [first, ...Array<bigint>(count - 1).fill(each)].filter((amount) => amount > 0n)
}

type Wait = { days: number } | { months: number }

function waitOf(frequency: Frequency | undefined): Wait {
  if (!frequency || !Number.isInteger(frequency.number) || frequency.number < 1) return usualWait
  const days = frequency.number * { daily: 1, weekly: 7, monthly: 30 }[frequency.frequencyType]
  if (days > longestWaitDays) return usualWait
  return frequency.frequencyType === 'monthly' ? { months: frequency.number } : { days }
}

/** Each date is counted from the first one, so 31 January, 29 February, 31 March: a short month shortens only itself. */
function calendarDate(date: Temporal.PlainDate): CalendarDate {
  return date.toString() as CalendarDate
}
