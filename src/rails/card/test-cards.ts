import type { Card } from '../../domain/payment/card.ts'
import type { FailureReason } from '../../domain/payment/failure.ts'
import { type Instant, millisOf } from '../../kernel/instant.ts'

/** What a test acquirer thinks of a card. `code` is the issuer's answer on a card network (`00`, `05`, `51`). */
export type Verdict =
  | { readonly approved: true; readonly code: '00' }
  | { readonly approved: false; readonly code: string; readonly reason: FailureReason }

/** The published test cards; no other number is accepted by a test acquirer. */
export const testCards: Readonly<Record<string, Verdict>> = {
  '5200828282828210': { approved: true, code: '00' },
  '5555555555554444': { approved: true, code: '00' },
  '4242424242424242': { approved: true, code: '00' },
  // Published is only that these are declined. Each has a reason of its own, so that a shop can try every message.
  '4000000000000341': { approved: false, code: '59', reason: 'suspected_fraud' },
  '4000000000000002': { approved: false, code: '05', reason: 'card_declined' },
  '4000000000009995': { approved: false, code: '51', reason: 'insufficient_funds' },
  // Approved at first, and then not: what happens to an instalment plan in the months after its purchase.
  '4000000000000226': { approved: true, code: '00' },
  '4000000000000333': { approved: true, code: '00' },
  '4000000000000069': { approved: true, code: '00' },
  '4000000000009987': { approved: true, code: '00' },
  // The bank asks its shopper for a step (3-D Secure) before it approves.
  '4000000000003220': { approved: true, code: '00' },
  '4000000000003063': { approved: true, code: '00' },
  '4000000000003097': { approved: true, code: '00' },
}

/** What the bank's step comes to; `never` has no way back from the bank's page. */
export type Challenge = 'succeeds' | 'fails' | 'never'

const challenges: Readonly<Record<string, Challenge>> = {
  '4000000000003220': 'succeeds',
  '4000000000003063': 'fails',
  '4000000000003097': 'never',
}

/** From which instalment on a kept card is declined, and how. */
const later: Readonly<Record<string, { readonly from: number; readonly verdict: Verdict }>> = {
  '4000000000000226': { from: 2, verdict: { approved: false, code: '51', reason: 'insufficient_funds' } },
  '4000000000000333': { from: 3, verdict: { approved: false, code: '51', reason: 'insufficient_funds' } },
  '4000000000000069': { from: 2, verdict: { approved: false, code: '54', reason: 'expired_card' } },
  '4000000000009987': { from: 2, verdict: { approved: false, code: '41', reason: 'lost_or_stolen_card' } },
}

const unknownNumber: Verdict = { approved: false, code: '14', reason: 'invalid_card_number' }
const badExpiry: Verdict = { approved: false, code: 'A6', reason: 'invalid_expiry' }
const expired: Verdict = { approved: false, code: '54', reason: 'expired_card' }
const badSecurityCode: Verdict = { approved: false, code: 'N7', reason: 'incorrect_security_code' }

/**
 * What the card's number, expiry and security code come to, in the order an issuer looks at them. Verdicts are shared
 * constants: remembering one costs a pointer. A card is good to the end of its expiry month, in UTC.
 */
export function verdictOf(card: Card, now: Instant): Verdict {
  const number = card.number.reveal()
  const verdict = Object.hasOwn(testCards, number) ? testCards[number] : undefined
  if (verdict === undefined) return unknownNumber
  if (!isMonth(card.expiryMonth) || !isYear(card.expiryYear)) return badExpiry
  if (isPast(card, now)) return expired
  if (!/^\d{3,4}$/.test(card.securityCode.reveal())) return badSecurityCode
  return verdict
}

/** The step that the card's bank asks for; undefined: none. */
export function challengeOf(number: string): Challenge | undefined {
  return Object.hasOwn(challenges, number) ? challenges[number] : undefined
}

/** A test card that an acquirer keeps: its number is known here, and needed to know how it behaves. */
export type KeptTestCard = Pick<Card, 'expiryMonth' | 'expiryYear'> & { readonly number: string }

/** What a charge of a kept card for an instalment comes to. */
export function chargeVerdictOf(card: KeptTestCard, instalment: number, now: Instant): Verdict {
  const verdict = Object.hasOwn(testCards, card.number) ? testCards[card.number] : undefined
  if (verdict === undefined) return unknownNumber
  if (isPast(card, now)) return expired
  const change = Object.hasOwn(later, card.number) ? later[card.number] : undefined
  return change && instalment >= change.from ? change.verdict : verdict
}

function isMonth(month: number): boolean {
  return Number.isInteger(month) && month >= 1 && month <= 12
}

function isYear(year: number): boolean {
  return Number.isInteger(year) && year >= 1000 && year <= 9999
}

function isPast(card: Pick<Card, 'expiryMonth' | 'expiryYear'>, now: Instant): boolean {
  return millisOf(now) >= Date.UTC(card.expiryYear, card.expiryMonth, 1)
}
