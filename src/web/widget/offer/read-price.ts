import { type Currency, currencyOf } from '../../../kernel/currency.ts'
import { minorFromDecimal } from '../../../kernel/money.ts'

/**
 * The first price in a text of a page, in minor units: `1.234,50 EUR`, `EUR 1,234.50`, `1 234,50 €`, `CHF 1'234.50`, `12,-`. Undefined
 * when there is none, when it is nothing or less, and when it says that it is in another currency.
 *
 * The last separator is the decimal one if it stands alone and is not followed by exactly three digits, or if another kind stands before
 * it: `1.234` is a thousand and more. Only where `decimal` is given is that character believed also before three digits.
 */
export function readPrice(text: string, currency: Currency, decimal?: string | null): bigint | undefined {
  const found = number.exec(text)
  if (!found || isNegative.test(text.slice(0, found.index)) || isOfAnother(text, currency)) return undefined
  const minor = minorFromDecimal(plainDecimal(found[0], decimal), currency)
  return minor !== undefined && minor > 0n ? minor : undefined
}

/** Blanks (also the narrow and the unbreakable ones) belong to it only before three digits: `1 234`, not `30 12`. */
const number = /\d(?:[\d.,'’]|\s(?=\d{3}(?!\d)))*/

const isNegative = /[-−]\s?[^\d\s]?\s?$/

function plainDecimal(written: string, decimal: string | null | undefined): string {
  const text = written.replace(/[\s'’]|[.,]+$/g, '')
  const at = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','))
  const mark = text[at] ?? ''
  const isOnlyOne = at >= 0 && text.indexOf(mark) === at
  const isAfterOthers = /[.,]/.test(text.slice(0, Math.max(at, 0)))
  const isDecimal = isOnlyOne && (isAfterOthers || text.length - at !== 4 || mark === decimal)
  if (!isDecimal) return text.replace(/[.,]/g, '')
  return `${text.slice(0, at).replace(/[.,]/g, '')}.${text.slice(at + 1)}`
}

function isOfAnother(text: string, currency: Currency): boolean {
  const named = text.match(/\b[A-Z]{3}\b/g)?.filter(currencyOf)
  return !!named?.[0] && !named.includes(currency)
}
