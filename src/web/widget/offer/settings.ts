import type { Currency } from '../../../kernel/currency.ts'
import { type Attributes, productsAsked } from './attributes.ts'
import type { Question } from './offer.ts'
import { readPrice } from './read-price.ts'
import type { Terms } from './terms.ts'

/** What the shop's markup asks, but for the price and the time. */
export function questionOf(read: Attributes, terms: Terms): Omit<Question, 'price' | 'now'> {
  const days = read('frequency-number')
  return {
    terms,
    minimum: readNumber(read('min-amount') ?? read('min'), terms.currency),
    maximum: readNumber(read('max-amount') ?? read('max'), terms.currency),
    products: productsAsked(read),
    frequency: days === null ? undefined : { number: Number(days), frequencyType: 'daily' },
    // In the older forms, where `min` names the range, an offer that is out of reach is simply not shown.
    showsProgress: (read('spend-progress') ?? (read('min') ? 'hidden' : '')) !== 'hidden',
  }
}

/** `'["#price .amount"]'`, or one selector that is not JSON. The usual one only where a shop names a merchant, or no amount. */
export function selectorsOf(read: Attributes): readonly string[] {
  const written = read('amount-selectors')
  if (written === null) return read('amount') && !read('merchant-token') ? [] : ['.price-container .price']
  try {
    return [JSON.parse(written) as string | string[]].flat().map(String)
  } catch {
    // No JSON, so it is what it looks like.
    return written ? [written] : []
  }
}

/** An attribute that is a number: a dot in it is a decimal one, whatever follows. */
export function readNumber(text: string | null, currency: Currency): bigint | undefined {
  return text === null ? undefined : readPrice(text, currency, '.')
}
