import { type Card, instrumentOf } from '../../../../domain/payment/card.ts'
import { assert } from '../../../../kernel/assert.ts'
import type { Currency } from '../../../../kernel/currency.ts'
import type { Instant } from '../../../../kernel/instant.ts'
import { Secret } from '../../../../kernel/secret.ts'
import { verdictOf } from '../../test-cards.ts'
import { amountFromWire } from '../amount.ts'
import { operations } from '../operation.ts'
import { type Node, textOf } from '../soap.ts'
import type { Book, Standing } from './book.ts'
import { approvedCode, type Entry } from './entry.ts'

/** What the simulated acquirer refuses with when a transaction is unknown, of the wrong kind or no longer stands. */
const notPermitted = '57'
const aboveLimit = '61'
const wrongCard = '14'

/**
 * The entry that a new reference gets: approved or declined by the test card, or by what stands of the transaction it
 * names. `forcedCode` is a decline on demand. Pure; the caller books it.
 */
export function judge(book: Book, request: Node, currency: Currency, now: Instant, forcedCode?: string): Entry {
  const [operation, reference] = [textOf(request, 'Adgerd'), textOf(request, 'Tilvisunarnumer')]
  assert(operation !== undefined && reference !== undefined, 'what is judged has a name of its own')
  const card = readCard(request)
  const original = originalOf(book, request)
  const amount = amountFromWire(textOf(request, 'Upphaed') ?? '', currency) ?? wholeOf(operation, original)
  const code =
    forcedCode ?? codeOf({ operation, card, original, amount, last4: textOf(request, 'SidustuFjorirIKortnumeri') }, now)
  const instrument = card && instrumentOf(card)
  return {
    reference,
    operation,
    code,
    minor: String(amount),
    currency,
    last4: instrument?.last4 ?? original?.entry.last4 ?? null,
    cardType: instrument?.brand ?? original?.entry.cardType ?? null,
    transaction: code === approvedCode ? book.nextTransaction() : null,
    original: original?.entry.transaction ?? null,
  }
}

/** The card of `Kortaupplysingar` (`PAN-YYMM`) and `Oryggisnumer`; undefined when it is none. */
export function readCard(request: Node): Card | undefined {
  const match = /^(\d{13,19})-(\d\d)(\d\d)$/.exec(textOf(request, 'Kortaupplysingar') ?? '')
  if (!match) return undefined
  const [, number = '', year = '', month = ''] = match
  return {
    number: new Secret(number),
    securityCode: new Secret(textOf(request, 'Oryggisnumer') ?? ''),
    expiryYear: 2000 + Number(year),
    expiryMonth: Number(month),
  }
}

/** A capture's number stands for the authorization it captured, where the sums are kept. */
function originalOf(book: Book, request: Node): Standing | undefined {
  const number = textOf(request, 'Faerslunumer')
  if (number === undefined || !/^\d{1,12}$/.test(number)) return undefined
  const named = book.byTransaction(Number(number))
  const root = named?.entry.operation === operations.capture ? named.entry.original : null
  return root === null ? named : book.byTransaction(root)
}

function wholeOf(operation: string, original: Standing | undefined): bigint {
  return operation === operations.void && original !== undefined ? BigInt(original.entry.minor) : 0n
}

type Asked = {
  readonly operation: string
  readonly card: Card | undefined
  readonly original: Standing | undefined
  readonly amount: bigint
  readonly last4: string | undefined
}

function codeOf(asked: Asked, now: Instant): string {
  const { operation, card, original, amount, last4 } = asked
  if (amount <= 0n) return notPermitted
  if (operation === operations.sale || operation === operations.authorize) {
    return card === undefined ? 'A5' : verdictOf(card, now).code
  }
  if (original === undefined || original.voided) return notPermitted
  if (last4 !== undefined && last4 !== original.entry.last4) return wrongCard
  if (operation === operations.capture) return captureCode(original, amount)
  if (operation === operations.refund) return refundCode(original, amount)
  if (operation === operations.void)
    return isPayment(original) && original.refunded === 0n ? approvedCode : notPermitted
  return notPermitted
}

function captureCode(original: Standing, amount: bigint): string {
  if (original.entry.operation !== operations.authorize) return notPermitted
  return original.captured + amount <= BigInt(original.entry.minor) ? approvedCode : aboveLimit
}

function refundCode(original: Standing, amount: bigint): string {
  if (!isPayment(original)) return notPermitted
  const taken = original.entry.operation === operations.sale ? BigInt(original.entry.minor) : original.captured
  return original.refunded + amount <= taken ? approvedCode : aboveLimit
}

function isPayment(standing: Standing): boolean {
  return standing.entry.operation === operations.sale || standing.entry.operation === operations.authorize
}
