import type { FailureReason } from '../../../domain/payment/failure.ts'
import type { AcquirerRequest, CardAcquirer, RailOutcome } from '../../rail.ts'
import type { AcquirerHttp, Exchange } from '../acquirer-http.ts'
import { outcomeOfAnswer, outcomeOfReceipt, unknown } from './answer.ts'
import type { ValitorCredentials } from './credentials.ts'
import { performFields, receiptFields } from './operation.ts'
import { readRailReference } from './rail-reference.ts'
import { type Fields, operationName, soapAction, writeEnvelope } from './soap.ts'

export const valitorName = 'valitor_greidslugatt'

/** The code of a decline that never reached the gateway. */
const notSentCode = 'not_sent'

/**
 * Valitor's payment gateway: one SOAP 1.1 function for every operation (docs/protocols/valitor.md). An attempt is sent once
 * and never again; whoever is unsure asks with `find`. A request that could not leave, because no connection was made
 * or it does not fit the gateway's fields, is a decline with the code `not_sent`.
 */
export function createValitor(credentials: ValitorCredentials, http: AcquirerHttp): CardAcquirer {
  const call = (fields: Fields, deadlineMs: number) =>
    http.post(credentials.endpoint, headers, writeEnvelope(operationName, fields), deadlineMs)
  return {
    name: valitorName,
    async perform(request, deadlineMs) {
      const fields = performFields(request, credentials)
      if (!fields.ok) return notSent(fields.reason)
      return outcomeOfPerform(await call(fields.value, deadlineMs), request)
    },
    async find(attemptId, deadlineMs) {
      const exchange = await call(receiptFields(attemptId, credentials), deadlineMs)
      if (exchange.kind !== 'answered') return unknown(exchange.detail)
      if (exchange.status !== 200) return unknown(`HTTP status ${exchange.status}`)
      return outcomeOfReceipt(exchange.body, attemptId)
    },
  }
}

const headers = { 'content-type': 'text/xml; charset=utf-8', soapaction: soapAction }

/** A status other than 200 (a SOAP fault comes with 500) does not say how far the request got. */
function outcomeOfPerform(exchange: Exchange, request: AcquirerRequest): RailOutcome {
  if (exchange.kind === 'not_sent') return notSent('processing_error')
  if (exchange.kind === 'lost') return unknown(exchange.detail)
  if (exchange.status !== 200) return unknown(`HTTP status ${exchange.status}`)
  const isWhole = request.purpose === 'void' || request.purpose === 'release'
  const amount = isWhole ? undefined : request.amount
  return outcomeOfAnswer(exchange.body, { attemptId: request.attemptId, amount, last4: lastFourOf(request) })
}

function lastFourOf(request: AcquirerRequest): string | undefined {
  if ('railReference' in request) return readRailReference(request.railReference)?.last4
  if (!('card' in request)) return undefined
  return 'token' in request.card ? request.card.last4 : request.card.number.reveal().slice(-4)
}

function notSent(reason: FailureReason): RailOutcome {
  return { kind: 'declined', reason, code: notSentCode, payload: { responseCode: notSentCode }, isUntried: true }
}
