import type { Secret } from '../../kernel/secret.ts'
import type { CardBrand, CardInstrument } from './instrument.ts'

/** A card as typed in: lives only between parsing and the acquirer's call, never in a row, a log or an error. */
export type Card = {
  readonly number: Secret
  readonly securityCode: Secret
  /** 1 to 12 */
  readonly expiryMonth: number
  /** four digits */
  readonly expiryYear: number
}

/** What is kept of it. */
export function instrumentOf(card: Card): CardInstrument {
  const number = card.number.reveal()
  return {
    kind: 'card',
    brand: brandOf(number),
    last4: number.slice(-4),
    expiryMonth: card.expiryMonth,
    expiryYear: card.expiryYear,
  }
}

/** Whether the last digit is the one that the others demand (ISO/IEC 7812, Luhn): every card's is, one mistyped digit breaks it. */
export function hasCheckDigit(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return /^\d+$/.test(number) && sum % 10 === 0
}

function brandOf(number: string): CardBrand {
  if (number.startsWith('4')) return 'visa'
  if (/^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/.test(number)) return 'mastercard'
  return 'other'
}
