import { type CalendarDate, utcMillisOf } from '../../../kernel/calendar-date.ts'
import { exponentOf } from '../../../kernel/currency.ts'
import { decimalOf, type Money } from '../../../kernel/money.ts'
import type { Attributes } from './attributes.ts'
import type { WidgetLanguage } from './words/languages.ts'

/** Writes amounts and days as one widget is asked to. */
export type Writer = {
  readonly amount: (amount: Money) => string
  /** `8 December`, `8 Dec` */
  readonly day: (date: CalendarDate, month?: 'long' | 'short') => string
}

/** The symbol stands before the number in English and after it elsewhere, unless `currency-position` says so; never alone on a line. */
export function writerFor(language: WidgetLanguage, read: Attributes): Writer {
  const locale = locales[language] ?? language
  const isBefore = (read('currency-position') ?? (language === 'en' ? 'before' : 'after')) === 'before'
  const currencyDisplay = read('currency-display') === 'code' ? 'code' : 'narrowSymbol'
  const amount = (amount: Money): string => {
    const digits = exponentOf(amount.currency)
    const options = { style: 'currency', currency: amount.currency, currencyDisplay, useGrouping: true } as const
    const format = new Intl.NumberFormat(locale, {
      ...options,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    })
    const parts = format.formatToParts(decimalOf(amount) as `${number}`)
    const sign = parts.find(({ type }) => type === 'currency')?.value ?? ''
    const number = parts
      .filter(({ type }) => type !== 'currency' && type !== 'literal')
      .map(({ value }) => value)
      .join('')
    if (!isBefore) return `${number}\u00a0${sign}`
    return /\p{L}$/u.test(sign) ? `${sign}\u00a0${number}` : sign + number
  }
  const day: Writer['day'] = (date, month = 'long') =>
    new Intl.DateTimeFormat(locale, { day: 'numeric', month, timeZone: 'UTC' }).format(utcMillisOf(date))
  return { amount, day }
}

/** The others are locales as they are. */
const locales: Partial<Record<WidgetLanguage, string>> = { en: 'en-GB', pt: 'pt-PT' }
