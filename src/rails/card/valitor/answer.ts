import type { AttemptId } from '../../../kernel/ids.ts'
import type { Money } from '../../../kernel/money.ts'
import type { FindOutcome, RailOutcome } from '../../rail.ts'
import { amountFromWire } from './amount.ts'
import { approvalCodes, configurationCodes, issuerCodes, neverSeenCode, refusalOf } from './codes.ts'
import { isTransactionNumber, writeRailReference } from './rail-reference.ts'
import { childOf, type Node, operationName, readEnvelope, textOf } from './soap.ts'

export type Asked = {
  readonly attemptId: AttemptId
  /** undefined for a void, which is of whatever the transaction was */
  readonly amount: Money | undefined
  /** of the card, where the request held or named one */
  readonly last4: string | undefined
}

/**
 * What the gateway's answer to an operation comes to. Approved only with error number 0 and a transaction number, and
 * with nothing in it that speaks of another reference or another amount; a listed code is a refusal; all else is unknown.
 */
export function outcomeOfAnswer(text: string, asked: Asked): RailOutcome {
  const answer = readAnswer(text)
  if (answer === undefined) return unknown('the answer is not a result of the gateway')
  if (!answer.references.every((reference) => reference === asked.attemptId)) return unknown('another reference')
  if (!isOf(asked.amount, answer.amount)) return unknown('another amount')
  if (approvalCodes.has(answer.code)) return approval(answer, asked.last4)
  const refusal = refusalOf(answer.code)
  if (refusal === undefined) return unknown(`unlisted code ${printable(answer.code)}`)
  if (!refusal.settled) return unknown(`code ${answer.code} leaves open whether it was done`)
  const payload = payloadOf(answer, answer.code)
  const declined = { kind: 'declined', reason: refusal.reason, code: answer.code, payload } as const
  return configurationCodes.has(answer.code) ? { ...declined, isUntried: true } : declined
}

/**
 * What a receipt says of an attempt. Here `Villunumer` is about the question and `Svarkodi` about the attempt: a wrong
 * password now says nothing of what was charged then. The receipt must name our reference.
 */
export function outcomeOfReceipt(text: string, attemptId: AttemptId): FindOutcome {
  const answer = readAnswer(text)
  if (answer === undefined) return unknown('the answer is not a result of the gateway')
  const { code, references } = answer
  if (references.length === 0 || references.some((reference) => reference !== attemptId)) {
    return unknown('the receipt is not of this reference')
  }
  if (code === neverSeenCode) return { kind: 'never_seen' }
  if (!approvalCodes.has(code)) return unknown(`the question was refused with code ${printable(code)}`)
  const { attemptCode } = answer
  if (attemptCode === undefined) return unknown('the receipt has no answer code')
  if (approvalCodes.has(attemptCode)) return approval(answer, undefined)
  const refusal = Object.hasOwn(issuerCodes, attemptCode) ? issuerCodes[attemptCode] : undefined
  if (refusal === undefined) return unknown(`unlisted code ${printable(attemptCode)} in the receipt`)
  return { kind: 'declined', reason: refusal.reason, code: attemptCode, payload: payloadOf(answer, attemptCode) }
}

function isOf(asked: Money | undefined, answered: string | undefined): boolean {
  if (asked === undefined || answered === undefined) return true
  return amountFromWire(answered, asked.currency) === asked.minor
}

type Answer = {
  readonly code: string
  /** every place that names our reference */
  readonly references: readonly string[]
  readonly transactionNumbers: readonly string[]
  readonly amount: string | undefined
  readonly attemptCode: string | undefined
  readonly result: Node
  readonly receipt: Node | undefined
}

function readAnswer(text: string): Answer | undefined {
  const result = childOf(readEnvelope(text, `${operationName}Response`), `${operationName}Result`)
  const code = textOf(result, 'Villunumer')
  if (result === undefined || code === undefined) return undefined
  const receipt = childOf(result, 'Kvittun')
  const both = (name: string) => [textOf(result, name), textOf(receipt, name)].filter((value) => value !== undefined)
  return {
    code,
    references: both('Tilvisunarnumer'),
    transactionNumbers: both('Faerslunumer'),
    amount: textOf(receipt, 'Upphaed'),
    attemptCode: textOf(receipt, 'Svarkodi'),
    result,
    receipt,
  }
}

function approval(answer: Answer, last4: string | undefined): RailOutcome {
  const [number] = answer.transactionNumbers
  if (number === undefined || !isTransactionNumber(number)) return unknown('approved without a transaction number')
  if (answer.transactionNumbers.some((other) => other !== number)) return unknown('two transaction numbers')
  const railReference = writeRailReference({ number, last4: last4 ?? lastFourOf(answer) })
  return {
    kind: 'succeeded',
    railReference,
    code: '00',
    payload: { transactionNumber: number, ...payloadOf(answer, '00') },
  }
}

/**
 * What a merchant may see of the answer: fields whose form is known and too short for a card number. The gateway's
 * free text is left out, since nobody promises what it quotes; the receipt's unmasked number is never read.
 */
function payloadOf(answer: Answer, responseCode: string): Record<string, string> {
  const last4 = lastFourOf(answer)
  const shown = {
    responseCode,
    authorizationCode: matching(textOf(answer.receipt, 'Heimildarnumer'), /^[0-9A-Za-z]{1,10}$/),
    cardType: matching(textOf(answer.receipt, 'TegundKorts'), /^[A-Za-z ]{1,30}$/),
    maskedCardNumber: last4 === undefined ? undefined : `**** ${last4}`,
    errorLogId: matching(textOf(answer.result, 'VilluLogID'), /^(\d{1,12}|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/i),
  }
  const entries = Object.entries(shown).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return Object.fromEntries(entries)
}

function lastFourOf(answer: Answer): string | undefined {
  return textOf(answer.receipt, 'Kortnumer')?.match(/\d{4}$/)?.[0]
}

function matching(text: string | undefined, form: RegExp): string | undefined {
  return text !== undefined && form.test(text) ? text : undefined
}

/** A code as a detail may show it: longer than any real one, it might be anything. */
function printable(code: string): string {
  return /^[0-9A-Za-z]{1,4}$/.test(code) ? code : 'of no known form'
}

export function unknown(detail: string): { readonly kind: 'unknown'; readonly detail: string } {
  return { kind: 'unknown', detail }
}
