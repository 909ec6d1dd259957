import type { Card } from '../../../domain/payment/card.ts'
import type { AttemptId } from '../../../kernel/ids.ts'
import { type KeptTestCard, testCards } from '../test-cards.ts'

/** Every test card has last four digits of its own, so that a token can stand for one without holding its number. */
const byLast4 = new Map(Object.keys(testCards).map((number) => [number.slice(-4), number]))

/**
 * The sandbox's name for a card that it keeps. It says all that is kept, so that a plan of months outlives the process whose memory
 * the sandbox is.
 */
export function tokenOf(card: Card, attemptId: AttemptId): string {
  const month = String(card.expiryMonth).padStart(2, '0')
  return `sandboxcard_${card.number.reveal().slice(-4)}_${month}${card.expiryYear}_${attemptId}`
}

/** The card of a token; undefined when the sandbox never gave such a one. */
export function keptCardOf(token: string): KeptTestCard | undefined {
  const [, last4 = '', month, year] = /^sandboxcard_(\d{4})_(\d{2})(\d{4})_/.exec(token) ?? []
  const number = byLast4.get(last4)
  return number === undefined ? undefined : { number, expiryMonth: Number(month), expiryYear: Number(year) }
}
