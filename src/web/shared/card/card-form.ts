import { type Card, hasCheckDigit } from '../../../domain/payment/card.ts'
import { type Instant, millisOf } from '../../../kernel/instant.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { Secret } from '../../../kernel/secret.ts'

export const cardFields = ['number', 'expiry', 'code'] as const

export type CardField = (typeof cardFields)[number]

/** What is wrong with a field. Never holds what was typed. */
export type CardProblem =
  | 'number_missing'
  | 'number_format'
  | 'expiry_missing'
  | 'expiry_format'
  | 'expiry_past'
  | 'code_missing'
  | 'code_format'

export type CardProblems = Partial<Record<CardField, CardProblem>>

/**
 * The card in a posted form (`number`, `expiry` as MM/YY, `code`), typed the way people type: digits grouped by spaces or
 * hyphens, months without a zero, years of two or four digits. Whether a card of that number exists is
 * for the acquirer to say. A card is good to the end of its expiry month, in UTC, as the acquirers here see it.
 */
export function parseCardForm(body: unknown, now: Instant): Result<Card, CardProblems> {
  const number = digitsOf(textIn(body, 'number'))
  const expiry = textIn(body, 'expiry')
  const code = textIn(body, 'code')
  const parsed = parseExpiry(expiry)
  const problems: CardProblems = {
    ...problem('number', number === '' ? 'number_missing' : !isNumber(number) && 'number_format'),
    ...problem('expiry', expiry === '' ? 'expiry_missing' : expiryProblem(parsed, now)),
    ...problem('code', code === '' ? 'code_missing' : !/^\d{3,4}$/.test(code) && 'code_format'),
  }
  if (parsed === undefined || Object.keys(problems).length > 0) return refuse(problems)
  return ok({ number: new Secret(number), securityCode: new Secret(code), ...parsed })
}

/** With a right check digit: a digit that was mistyped is told before any acquirer is asked. */
function isNumber(text: string): boolean {
  return /^\d{12,19}$/.test(text) && hasCheckDigit(text)
}

function problem(field: CardField, what: CardProblem | false | undefined): CardProblems {
  return what ? { [field]: what } : {}
}

/** The trimmed text of a field; empty when it is absent, sent twice, or longer than any card's. */
function textIn(body: unknown, field: CardField): string {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, field)) return ''
  const value: unknown = (body as Readonly<Record<string, unknown>>)[field]
  return typeof value === 'string' && value.length <= 64 ? value.trim() : ''
}

/** Without the separators that cards are printed with and phones fill in. */
function digitsOf(text: string): string {
  return text.replace(/[\s-]/g, '')
}

type Expiry = Pick<Card, 'expiryMonth' | 'expiryYear'>

function parseExpiry(text: string): Expiry | undefined {
  const match = /^(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})$/.exec(text) ?? /^(\d{2})(\d{2})$/.exec(text)
  const month = Number(match?.[1])
  const year = Number(match?.[2])
  if (!match || month < 1 || month > 12) return undefined
  return { expiryMonth: month, expiryYear: year < 100 ? 2000 + year : year }
}

function expiryProblem(expiry: Expiry | undefined, now: Instant): CardProblem | undefined {
  if (expiry === undefined) return 'expiry_format'
  return millisOf(now) >= Date.UTC(expiry.expiryYear, expiry.expiryMonth, 1) ? 'expiry_past' : undefined
}
