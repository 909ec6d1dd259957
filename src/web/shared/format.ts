import type { CalendarDate } from '../../kernel/calendar-date.ts'
import { exponentOf } from '../../kernel/currency.ts'
import { type Instant, millisOf } from '../../kernel/instant.ts'
import { decimalOf, type Money } from '../../kernel/money.ts'

/** `€90.00` or `90,00 €`: the exact decimal, never through a binary float, with as many places as the currency has. */
export function formatMoney(amount: Money, locale: string): string {
  const places = exponentOf(amount.currency)
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: amount.currency,
    // Italian would group from five digits on; a price is easier to check with every thousand marked.
    useGrouping: 'always',
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  })
  return format.format(decimalOf(amount) as `${number}`)
}

/** `21 November 2026`, `21 novembre 2026`. */
export function formatDate(date: CalendarDate, locale: string): string {
  return Temporal.PlainDate.from(date).toLocaleString(locale, { day: 'numeric', month: 'long', year: 'numeric' })
}

/** `21 Nov 2026, 14:05 UTC`: a point in time, where the reader's zone is not known. */
export function formatTime(instant: Instant, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
  return `${format.format(millisOf(instant))} UTC`
}
