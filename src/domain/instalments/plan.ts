import { type CalendarDate, dateIn, plusDays, plusMonths } from '../../kernel/calendar-date.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { Money } from '../../kernel/money.ts'
import {
  type Frequency,
  type InstalmentProduct,
  isInstalmentProduct,
  type ProductRule,
  productRules,
} from './products.ts'

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
  readonly zone: string
}

/** The longest wait for a pay-later instalment, so that no request makes a date that cannot be collected on. */
const longestWaitDays = 90

/**
 * What the shopper pays and when: amounts add up to the total exactly, the first takes the cents that do not divide.
 * A total of fewer cents than instalments makes fewer instalments: none is of zero. Runs in browsers too.
 */
export function instalmentPlan({ product, total, start, frequency, zone }: PlanRequest): readonly Instalment[] {
  // Said without `assert`: every byte of this file is sent to shoppers.
  if (total.minor <= 0n) throw new RangeError('a plan is for something')
  const rule: ProductRule = productRules[product]
  const today = dateIn(zone, start)
  const step = rule.startsAtOnce ? rule.frequency : (waitOf(frequency) ?? rule.frequency)
  return amountsOf(total.minor, rule.count).map((minor, index) => ({
    number: index + 1,
    dueAt: after(today, step, rule.startsAtOnce ? index : index + 1),
    amount: { currency: total.currency, minor },
  }))
}

/**
 * What the shopper's card holds when an order of this product is authorized: the first instalment where that is due at once,
 * otherwise nothing, which only checks the card.
 */
export function heldAtFirst(product: string, total: bigint): bigint {
  if (!isInstalmentProduct(product)) return total
  const rule: ProductRule = productRules[product]
  if (!rule.startsAtOnce) return 0n
  const [first] = amountsOf(total, rule.count)
  if (first === undefined) throw new RangeError('an order is for something')
  return first
}

function amountsOf(total: bigint, count: number): bigint[] {
  const each = total / BigInt(count)
  const first = total - each * BigInt(count - 1)
  return [first, ...Array<bigint>(count - 1).fill(each)].filter((amount) => amount > 0n)
}

function waitOf(frequency: Frequency | undefined): Frequency | undefined {
  if (!frequency || !Number.isInteger(frequency.number) || frequency.number < 1) return undefined
  const days = frequency.number * { daily: 1, weekly: 7, monthly: 30 }[frequency.frequencyType]
  return days > longestWaitDays ? undefined : frequency
}

/** Each date is counted from the first one, so 31 January, 29 February, 31 March: a short month shortens only itself. */
function after(start: CalendarDate, { number, frequencyType }: Frequency, times: number): CalendarDate {
  if (frequencyType === 'monthly') return plusMonths(start, number * times)
  return plusDays(start, number * times * (frequencyType === 'weekly' ? 7 : 1))
}
