import { type Currency, exponentOf } from '../../kernel/currency.ts'
import { minorFromDecimal } from '../../kernel/money.ts'

/** A text of that length at most, without what no text holds; empty for anything else. */
export function textOf(value: unknown, most: number): string {
  return typeof value === 'string' && value.length <= most && value.isWellFormed() && !value.includes('\0')
    ? value.trim()
    : ''
}

/** `25`, `25.00` or `25,00`, more than nothing. */
export function minorOf(text: string, currency: Currency): bigint | undefined {
  const match = /^(\d{1,12})(?:[.,](\d{1,3}))?$/.exec(text)
  if (!match || (match[2] ?? '').length > exponentOf(currency)) return undefined
  const minor = minorFromDecimal(text.replace(',', '.'), currency)
  return minor !== undefined && minor > 0n ? minor : undefined
}

/** One of these codes; the first where it is none. */
export function currencyIn(value: unknown, currencies: readonly string[]): string {
  const code = typeof value === 'string' ? value.toUpperCase() : ''
  return currencies.includes(code) ? code : (currencies[0] ?? '')
}
