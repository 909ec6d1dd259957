import type { Card } from '../../../domain/payment/card.ts'
import type { Issue } from '../issue.ts'
import type { PaymentBody } from './parse-payment.ts'

/**
 * What is kept must not hold the card: not its number, however it is written, nor a property that says it is card data, whatever
 * is in it. A security code under a name of its own is three digits like any other. A request that keeps nothing costs nothing.
 */
export function findCardElsewhere({ kept, requestId }: PaymentBody, card: Card): Issue | undefined {
  const number = card.number.reveal()
  for (const { name, value } of kept) {
    const names: string[] = []
    const texts: string[] = []
    collect(value, names, texts)
    const word = names.map(wordOf).find((each) => cardWords.has(each))
    if (word !== undefined)
      return { field: name, rule: `must not have a property named ${word}: card data belongs in details only` }
    if (holds(names.join(), number) || holds(texts.join(), number)) return repeated
  }
  return requestId !== null && holds(requestId, number) ? repeated : undefined
}

const repeated: Issue = { field: 'details.cardNumber', rule: 'must not be repeated in another property' }

/** Every name and every text in a value, in its order. A number is a text here: the digits that were sent, also where they are kept as an object. */
function collect(value: unknown, names: string[], texts: string[]): void {
  if (typeof value === 'string' || typeof value === 'number') texts.push(String(value))
  if (typeof value !== 'object' || value === null) return
  for (const [name, each] of Object.entries(value)) {
    if (!Array.isArray(value)) names.push(name)
    collect(each, names, texts)
  }
}

const cardWords: ReadonlySet<string> = new Set([
  'cardnumber',
  'cardsecuritycode',
  'securitycode',
  'cvc',
  'cvc2',
  'cvv',
  'cvv2',
  'pan',
])

function wordOf(name: string): string {
  return name.replace(/[\s_-]/g, '').toLowerCase()
}

/**
 * Digits alone are compared, so that nothing between them hides a number, nor its parts in properties of their own. Shorter ones
 * belong to no card, and may be a telephone's, as in the contract's example; twelve and more do not meet by chance. Full-width and
 * other variants of 0 to 9 are digits; those of other scripts are not known here.
 */
function holds(text: string, number: string): boolean {
  if (number.length < 12) return false
  const digits = text.replace(/\P{N}+/gu, '').normalize('NFKC')
  return digits.replace(/\D+/g, '').includes(number)
}
