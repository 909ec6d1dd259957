import { unreachable } from '../../../../kernel/assert.ts'
import { currencyOf } from '../../../../kernel/currency.ts'
import { money } from '../../../../kernel/money.ts'
import { amountOnWire } from '../amount.ts'
import { neverSeenCode } from '../codes.ts'
import { receiptOperation } from '../operation.ts'
import { type Fields, operationName, writeEnvelope } from '../soap.ts'
import { approvedCode, type Entry } from './entry.ts'
import type { NonsenseShape } from './faults.ts'

/** The answer to an operation: its code as the error number (0 when approved), and the receipt of an approval. */
export function renderAnswer(entry: Entry): string {
  if (isClosed(entry)) return renderDuplicate(entry)
  const isApproved = entry.code === approvedCode
  return renderResult({
    Villunumer: isApproved ? '0' : entry.code,
    Villuskilabod: isApproved ? undefined : `Hafnað (${entry.code})`,
    VilluLogID: isApproved ? undefined : '0',
    Faerslunumer: entry.transaction?.toString(),
    Tilvisunarnumer: entry.reference,
    Kvittun: isApproved ? receiptOf(entry) : undefined,
  })
}

/** The answer to `KVITTUN`: the question itself went well, the receipt tells the attempt's own code. */
export function renderReceipt(entry: Entry): string {
  if (isClosed(entry)) return renderRefusal(neverSeenCode, 'Færsla finnst ekki', entry.reference)
  return renderResult({ Villunumer: '0', Tilvisunarnumer: entry.reference, Kvittun: receiptOf(entry) })
}

export function renderDuplicate(entry: Entry): string {
  return renderRefusal('94', 'Tvítekin færsla', entry.reference)
}

/** Asked about before it was used. */
function isClosed(entry: Entry): boolean {
  return entry.operation === receiptOperation
}

export function renderRefusal(code: string, message: string, reference?: string): string {
  return renderResult({ Villunumer: code, Villuskilabod: message, VilluLogID: '0', Tilvisunarnumer: reference })
}

export function renderFault(message: string): string {
  return writeEnvelope('soap:Fault', { faultcode: 'soap:Client', faultstring: message })
}

function receiptOf(entry: Entry): Fields {
  const currency = currencyOf(entry.currency)
  return {
    TegundKorts: entry.cardType ?? undefined,
    Kortnumer: entry.last4 === null ? undefined : `************${entry.last4}`,
    Upphaed: currency && amountOnWire(money(currency, BigInt(entry.minor))),
    Gjaldmidill: entry.currency,
    Tilvisunarnumer: entry.reference,
    Faerslunumer: entry.transaction?.toString(),
    Heimildarnumer: entry.transaction === null ? undefined : String(entry.transaction % 1_000_000).padStart(6, '0'),
    TegundAdgerd: entry.operation,
    FaerslunumerUpphafleguFaerslu: entry.original?.toString(),
    Svarkodi: entry.code,
  }
}

function renderResult(fields: Fields): string {
  return writeEnvelope(`${operationName}Response`, { [`${operationName}Result`]: fields })
}

/** The answer to a booked operation, by `render`, turned into something no client should believe. */
export function renderNonsense(entry: Entry, shape: NonsenseShape, render: (entry: Entry) => string): string {
  const answer = render(entry)
  switch (shape) {
    case 'truncated':
      return answer.slice(0, answer.length / 2)
    case 'empty':
      return ''
    case 'huge':
      return answer + ' '.repeat(200_000)
    case 'fault':
      return renderFault('Innri villa')
    case 'other_reference':
      return render({ ...entry, reference: '00000000-0000-4000-8000-000000000000' })
    case 'other_amount':
      return render({ ...entry, minor: `${entry.minor}00` })
    case 'no_transaction':
      return render({ ...entry, transaction: null })
    case 'html':
      return '<html><body><h1>Greiðslugátt</h1><br></body></html>'
    default:
      return unreachable(shape)
  }
}
