import type { PortalPaths } from '../../api/routes.ts'
import type { Money } from '../format.ts'

export type Sales = PortalPaths['/merchants/{merchant}/sales']['get']['responses'][200]['content']['application/json']
export type Day = Sales['days'][number]

/** Two runs of days of one length, one after the other. */
export type Periods = {
  readonly days: readonly Day[]
  /** the days before; none where not all of them were read: a comparison with these would be none */
  readonly before: readonly Day[]
}

export function periodsOf(sales: Sales, count: number): Periods {
  const until = (last: string) => daysUntil(last, count).map((day) => dayOf(sales, day))
  return {
    days: until(sales.today),
    before: sales.since === null ? until(shifted(sales.today, -count)) : [],
  }
}

/** Adds decimal texts as whole numbers of their smallest unit. */
export function sumOf(amounts: readonly Money[], currency: string): Money {
  const places = amounts[0]?.amount.split('.')[1]?.length ?? 0
  const total = amounts.reduce((before, { amount }) => before + BigInt(amount.replace('.', '')), 0n)
  const digits = total.toString().padStart(places + 1, '0')
  return { amount: places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`, currency }
}

/** How many of the payments that were tried were approved. */
export function triesIn(days: readonly Day[]): { readonly approved: number; readonly tried: number } {
  const approved = days.reduce((total, each) => total + each.approved, 0)
  return { approved, tried: approved + days.reduce((total, each) => total + each.refused, 0) }
}

function dayOf({ days, currency }: Sales, day: string): Day {
  const zero = { amount: days[0] ? days[0].captured.amount.replace(/\d/g, '0').replace(/^0+(?=0)/, '') : '0', currency }
  return (
    days.find((each) => each.day === day) ?? { day, paid: 0, captured: zero, refunded: zero, approved: 0, refused: 0 }
  )
}

function daysUntil(last: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => shifted(last, at - count + 1))
}

function shifted(day: string, by: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + by)
  return date.toISOString().slice(0, 10)
}
