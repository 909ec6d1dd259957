import type { Card } from '../../../domain/payment/card.ts'
import type { FailureReason } from '../../../domain/payment/failure.ts'
import { unreachable } from '../../../kernel/assert.ts'
import type { AttemptId } from '../../../kernel/ids.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import type { AcquirerRequest } from '../../rail.ts'
import { amountOnWire } from './amount.ts'
import type { ValitorCredentials } from './credentials.ts'
import { readRailReference } from './rail-reference.ts'
import type { Fields } from './soap.ts'

/**
 * The gateway's operations that a payment of ours can need. Refund and void go by transaction: their forms by card
 * (`ENDURGREIDSLA`, `OGILDA`) want the card number, which is never kept. Voiding a refund has no word in `rail.ts`.
 */
export const operations = {
  sale: 'NETGREIDSLA',
  authorize: 'ADEINSHEIMILD',
  capture: 'EFTIRASKRANING',
  refund: 'ENDURGREIDAFAERSLU',
  void: 'OGILDAFAERSLU',
  release: 'OGILDAFAERSLU',
} as const satisfies Partial<Record<AcquirerRequest['purpose'], string>>

export const receiptOperation = 'KVITTUN'

/**
 * The fields of `FramkvaemaAdgerd` for a request (valitor.md 2), or why the gateway need not be asked: what
 * would not even fit its fields, or has no operation there, is refused here, and nothing is sent.
 */
export function performFields(
  request: AcquirerRequest,
  credentials: ValitorCredentials,
): Result<Fields, FailureReason> {
  if (request.amount.currency !== credentials.currency) return refuse('processing_error')
  if (isWithoutOperation(request)) return refuse('not_permitted')
  const head = headFields(credentials, operations[request.purpose], request.attemptId)
  const amount = { Upphaed: amountOnWire(request.amount) }
  switch (request.purpose) {
    case 'sale':
    case 'authorize': {
      // The gateway keeps no cards, and holds no authorization of nothing.
      if ('token' in request.card || request.amount.minor === 0n) return refuse('not_permitted')
      const card = cardFields(request.card)
      return card.ok ? ok({ ...head, ...card.value, ...amount }) : card
    }
    case 'capture':
    case 'refund':
    case 'release':
    case 'void': {
      const transaction = readRailReference(request.railReference)
      if (transaction === undefined) return refuse('processing_error')
      const { number: Faerslunumer, last4: SidustuFjorirIKortnumeri } = transaction
      // A void, of a sale or of an authorization, is of the whole transaction, and has no amount.
      const part = request.purpose === 'void' || request.purpose === 'release' ? {} : amount
      return ok({ ...head, ...part, Faerslunumer, SidustuFjorirIKortnumeri })
    }
    default:
      return unreachable(request)
  }
}

/** What the gateway keeps no card for, and has no operation for. */
function isWithoutOperation(
  request: AcquirerRequest,
): request is Extract<AcquirerRequest, { purpose: 'complete' | 'charge' }> {
  return request.purpose === 'complete' || request.purpose === 'charge'
}

/** Asks for the receipt of an attempt by our reference, whatever operation it was. */
export function receiptFields(attemptId: AttemptId, credentials: ValitorCredentials): Fields {
  return headFields(credentials, receiptOperation, attemptId)
}

function headFields(credentials: ValitorCredentials, operation: string, attemptId: AttemptId): Fields {
  return {
    Notandanafn: credentials.username,
    Lykilord: credentials.password.reveal(),
    PosId: credentials.posId,
    Adgerd: operation,
    Tilvisunarnumer: attemptId,
  }
}

/** `PAN-YYMM` and the code. The gateway wants the year first, unlike Valitor's corporate service. */
function cardFields(card: Card): Result<Fields, FailureReason> {
  const number = card.number.reveal()
  const securityCode = card.securityCode.reveal()
  if (!/^\d{13,19}$/.test(number)) return refuse('invalid_card_number')
  if (!/^\d{3,4}$/.test(securityCode)) return refuse('incorrect_security_code')
  const expiry = expiryOnWire(card)
  if (expiry === undefined) return refuse('invalid_expiry')
  return ok({ Kortaupplysingar: `${number}-${expiry}`, Oryggisnumer: securityCode })
}

function expiryOnWire({ expiryYear: year, expiryMonth: month }: Card): string | undefined {
  if (!Number.isInteger(year) || year < 2000 || year > 2099) return undefined
  if (!Number.isInteger(month) || month < 1 || month > 12) return undefined
  return `${year}`.slice(2) + `${month}`.padStart(2, '0')
}
