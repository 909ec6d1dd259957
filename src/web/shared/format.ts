import { type CalendarDate, utcMillisOf } from '../../kernel/calendar-date.ts'
import { type Currency, exponentOf } from '../../kernel/currency.ts'
import { type Instant, millisOf } from '../../kernel/instant.ts'
import { decimalOf, type Money } from '../../kernel/money.ts'

/** `€90.00` or `90,00 €`: the exact decimal, never through a binary float, with as many places as the currency has. */
export function formatMoney(amount: Money, locale: string): string {
  const { currency } = amount
  return moneyFormats(`${locale} ${currency}`, () => moneyFormat(locale, currency)).format(
    decimalOf(amount) as `${number}`,
  )
}

function moneyFormat(locale: string, currency: Currency): Intl.NumberFormat {
  const places = exponentOf(currency)
  return new Intl.NumberFormat(locale, {
    ...{ style: 'currency', currency },
    // Italian would group from five digits on; a price is easier to check with every thousand marked.
    useGrouping: 'always',
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  })
}

/** `21 November 2026`, `21 novembre 2026`. */
export function formatDate(date: CalendarDate, locale: string): string {
  return dateFormats(locale, () => new Intl.DateTimeFormat(locale, longDate)).format(utcMillisOf(date))
}

const longDate = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const

/** `21 Nov 2026, 14:05 UTC`: a point in time, where the reader's zone is not known. */
export function formatTime(instant: Instant, locale: string): string {
  return `${timeFormats(locale, () => new Intl.DateTimeFormat(locale, shortTime)).format(millisOf(instant))} UTC`
}

const shortTime = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' } as const

/** `5 minutes`. */
export function formatMinutes(minutes: number, locale: string): string {
  return minuteFormats(locale, () => new Intl.NumberFormat(locale, minuteUnit)).format(minutes)
}

const minuteUnit = { style: 'unit', unit: 'minute', unitDisplay: 'long' } as const

/** One costs up to 0.3 ms to make, which was a third of a page; there are few, of known languages and currencies. */
function kept<Format>(): (name: string, make: () => Format) => Format {
  const known = new Map<string, Format>()
  return (name, make) => {
    const format = known.get(name) ?? make()
    if (known.size < mostKept) known.set(name, format)
    return format
  }
}

const mostKept = 500

const moneyFormats = kept<Intl.NumberFormat>()
const dateFormats = kept<Intl.DateTimeFormat>()
const timeFormats = kept<Intl.DateTimeFormat>()
const minuteFormats = kept<Intl.NumberFormat>()
