import type { Secret } from '../../kernel/secret.ts'

export type CardBrand = 'visa' | 'mastercard' | 'other'

/** A card as typed in: lives only between parsing and the acquirer's call, never in a row, a log or an error. */
export type Card = {
  readonly number: Secret
  readonly securityCode: Secret
  /** 1 to 12 */
  readonly expiryMonth: number
  /** four digits */
  readonly expiryYear: number
}

/** What is kept of a card. */
export type Instrument = {
  readonly brand: CardBrand
  readonly last4: string
  readonly expiryMonth: number
  readonly expiryYear: number
  /** the acquirer's name for the card, never its number */
  readonly token?: string
}

export function instrumentOf(card: Card): Instrument {
  const number = card.number.reveal()
  return {
    brand: brandOf(number),
    last4: number.slice(-4),
    expiryMonth: card.expiryMonth,
    expiryYear: card.expiryYear,
  }
}

function brandOf(number: string): CardBrand {
  if (number.startsWith('4')) return 'visa'
  if (/^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/.test(number)) return 'mastercard'
  return 'other'
}
