import { type TSchema, Type } from 'typebox'
import type { InstanceNamespace } from '../../../domain/catalogue/model/namespaces.ts'
import type { Card } from '../../../domain/payment/card.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { Secret } from '../../../kernel/secret.ts'
import { type JsonObject, property } from '../../shared/body.ts'
import { digitsOf } from '../body.ts'
import type { Issue } from '../issue.ts'

/** What a payment method asks its shopper for: the form, and how its values become a card. */
export type Namespace = {
  /** JSON schema of `details`, from which a client draws the form */
  readonly fields: TSchema
  readonly readDetails: (details: JsonObject) => Result<Card, Issue>
}

const byName: Readonly<Record<InstanceNamespace, Namespace>> = {
  valitor_greidslugatt: { fields: cardFields(), readDetails: readCard },
}

/** Which `details` belong to a namespace. A new payment method is one entry, and a word in the catalogue's list of them. */
export const namespaces: ReadonlyMap<string, Namespace> = new Map(Object.entries(byName))

function cardFields(): TSchema {
  return Type.Object(
    {
      cardNumber: Type.String({ title: 'Card number', pattern: '^[0-9]{8,19}$', format: 'card-number' }),
      cardSecurityCode: Type.String({ title: 'Security code', pattern: '^[0-9]{3,4}$', writeOnly: true }),
      expiryMonth: Type.String({ title: 'Expiry month', pattern: '^(0?[1-9]|1[0-2])$' }),
      expiryYear: Type.String({ title: 'Expiry year', pattern: '^(20)?[0-9]{2}$' }),
    },
    { title: 'Card' },
  )
}

/**
 * A card as the form's texts: spaces and hyphens in the number are the shopper's habit, a year of two digits is of this century.
 * A JSON number without leading zeros is the same digits. Whether the card exists is the acquirer's word: the contract's
 * 123456789 is well-formed. Number and code are secrets from here on.
 */
function readCard(details: JsonObject): Result<Card, Issue> {
  const number = textOrDigits(details, 'cardNumber').replace(/[ -]/g, '')
  const securityCode = textOrDigits(details, 'cardSecurityCode').trim()
  const month = textOrDigits(details, 'expiryMonth').trim()
  const year = textOrDigits(details, 'expiryYear').trim()
  if (!/^\d{8,19}$/.test(number)) return wrong('cardNumber', 'must be 8 to 19 digits')
  if (!/^\d{3,4}$/.test(securityCode)) return wrong('cardSecurityCode', 'must be 3 or 4 digits')
  if (!/^(0?[1-9]|1[0-2])$/.test(month)) return wrong('expiryMonth', 'must be 1 to 12')
  if (!/^(20)?\d{2}$/.test(year)) return wrong('expiryYear', 'must be a year from 2000 to 2099, of two or four digits')
  return ok({
    number: new Secret(number),
    securityCode: new Secret(securityCode),
    expiryMonth: Number(month),
    expiryYear: 2000 + (Number(year) % 100),
  })
}

function textOrDigits(details: JsonObject, name: string): string {
  const value = property(details, name)
  if (typeof value === 'string') return value.length <= 40 ? value : ''
  const digits = digitsOf(value) ?? ''
  return /^\d{1,19}$/.test(digits) ? digits : ''
}

function wrong(name: string, rule: string): Result<never, Issue> {
  return refuse({ field: `details.${name}`, rule })
}
