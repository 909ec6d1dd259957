import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AuthorizationResult } from '../../app/app.ts'
import type { ActionOf } from '../../domain/payment/action.ts'
import type { RefusedAction, RejectionOf } from '../../domain/payment/rejection.ts'
import type { PaymentState } from '../../domain/payment/state.ts'
import { newErrorId, sendErrorBody } from '../../http/error-body.ts'
import { clientFaultOf, retryAfterOf, unavailableMessage } from '../../http/last-resort.ts'
import { decimalOf } from '../../kernel/money.ts'
import { inWords, type Words } from '../../kernel/words.ts'
import type { BodyFault } from './body.ts'
import { captureStatus, orderStatus } from './orders/status.ts'
import type { Issue } from './validation.ts'

/** A refusal in Scalapay's words. `message` is a text everywhere but in validation errors (scalapay.md 16). */
export type Refusal = { readonly httpStatus: number; readonly errorCode: string; readonly message: string | object }

/** The envelope of scalapay.md 16.1 under a fresh id that the log has too. */
export function sendRefusal(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { httpStatus, errorCode, message } = refusal
  return sendErrorBody(request, reply, { errorCode, errorId: newErrorId(), message, httpStatusCode: httpStatus })
}

/** Unknown, foreign and malformed tokens alike, so that nobody learns of another's order. `null` is literal (scalapay.md 5). */
export const invalidToken: Refusal = { httpStatus: 422, errorCode: 'invalid_token', message: 'Order null not found.' }

export function validationError(errors: readonly Issue[]): Refusal {
  const message = { status: 400, statusText: 'Bad Request', errors }
  return { httpStatus: 400, errorCode: 'api_validationerror', message }
}

const invalidJson: Refusal = {
  httpStatus: 400,
  errorCode: 'invalid_json',
  message: 'The request body is not valid JSON.',
}

export const bodyFaults = {
  not_utf8: invalidJson,
  not_json: invalidJson,
  too_deep: { httpStatus: 400, errorCode: 'invalid_json', message: 'The request body is nested too deeply.' },
  too_many_values: {
    httpStatus: 400,
    errorCode: 'invalid_json',
    message: 'The request body has more than 20000 values.',
  },
  not_an_object: validationError([
    { field: [], location: 'body', messages: ['"value" must be an object'], types: ['object.base'] },
  ]),
  unsupported_media_type: {
    httpStatus: 415,
    errorCode: 'unsupported_media_type',
    message: 'The request body must be JSON (Content-Type: application/json) and not compressed.',
  },
} satisfies Record<BodyFault, Refusal>

const tooLarge: Refusal = {
  httpStatus: 413,
  errorCode: 'payload_too_large',
  message: 'The request body must not be larger than 256 KB.',
}
const badRequest: Refusal = {
  httpStatus: 400,
  errorCode: 'bad_request',
  message: 'The request could not be understood.',
}
const internal: Refusal = {
  httpStatus: 500,
  errorCode: 'internal_server',
  message: 'Something went wrong on our side.',
}
const unavailable: Refusal = {
  httpStatus: 503,
  errorCode: 'service_unavailable',
  message: unavailableMessage,
}

/** An order that no card could pay is not taken: its shopper would only be declined. */
export const noAcquirer: Refusal = {
  httpStatus: 400,
  errorCode: 'pre_condition_failed',
  message: 'No card acquirer is set up on this server for this shop, so nobody could pay the order.',
}

/** 405, with the methods that the path does know in `Allow`. */
export function sendMethodNotAllowed(request: FastifyRequest, reply: FastifyReply, allowed: string): FastifyReply {
  const message = `This path answers ${allowed} only.`
  reply.header('allow', allowed)
  return sendRefusal(request, reply, { httpStatus: 405, errorCode: 'method_not_allowed', message })
}

/** Whatever was thrown: an outage, the framework's own refusals, or a bug, which is logged whole and never shown to the caller. */
export function sendThrown(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const retryAfter = retryAfterOf(error)
  if (retryAfter !== undefined) {
    request.log.warn({ reqId: request.id, err: error }, 'unavailable')
    return sendRefusal(request, reply.header('retry-after', String(retryAfter)), unavailable)
  }
  const fault = clientFaultOf(error)
  if (fault === undefined) request.log.error({ reqId: request.id, err: error }, 'unexpected error')
  return sendRefusal(request, reply, fault === undefined ? internal : frameworkRefusal(fault))
}

function frameworkRefusal(status: number): Refusal {
  if (status === 413) return tooLarge
  return status === 415 ? bodyFaults.unsupported_media_type : badRequest
}

/** The actions that this API's calls ask for. */
export type ScalapayAction = ActionOf<
  'create' | 'update_references' | 'capture' | 'capture_part' | 'delay' | 'reduce' | 'close' | 'void' | 'refund'
>

/** What those may be refused for, and what the sandbox's authorization may be. */
type Refused = RejectionOf<ScalapayAction['kind']> | Extract<AuthorizationResult, { kind: 'refused' }>['rejection']

/** Every refusal of the domain, once. Clients rely on status and code; the texts are ours (scalapay.md 16.3). */
const words: Words<Refused, Refusal> = {
  unknown_payment: () => invalidToken,
  wrong_state: ({ state, action }) => {
    const forShopper = action === 'capture' ? unpaid[state] : undefined
    return precondition(forShopper ?? `The order is ${stateWords(state)}: ${verbs[action]} is not possible.`)
  },
  partly_captured: () => precondition(`The order is partly captured: ${verbs.void} is not possible.`),
  amount_not_positive: () => precondition('The amount must be greater than zero.'),
  amount_exceeds_open: ({ open, currency }) =>
    precondition(`The amount is higher than what is open: ${decimalOf({ currency, minor: open })} ${currency}.`),
  currency_mismatch: ({ currency }) => precondition(`Orders of this merchant are in ${currency}.`),
  amount_above_maximum: ({ maximum, currency }) => ({
    httpStatus: 400,
    errorCode: 'order_amount_exceeds_maximum_limit',
    message: `The order amount is above the maximum of ${decimalOf({ currency, minor: maximum })} ${currency}.`,
  }),
  amount_below_minimum: ({ minimum, currency }) => ({
    httpStatus: 400,
    errorCode: 'order_amount_below_minimum_limit',
    message: `The order amount is below the minimum of ${decimalOf({ currency, minor: minimum })} ${currency}.`,
  }),
  product_not_agreed: ({ product }) => precondition(`The product ${product} is not part of this merchant's contract.`),
  period_out_of_range: ({ minimumMs, maximumMs }) =>
    precondition(`authorizationExpiryMilliseconds must be between ${minimumMs} and ${maximumMs}.`),
  operation_in_progress: () => conflict('Another operation on this order is in progress. Wait for it, then try again.'),
  key_reused: () => conflict('This Idempotency-Key was used for another request. Use a new key for a new operation.'),
  too_many_tries: () => ({
    httpStatus: 429,
    errorCode: 'too_many_requests',
    message: 'Too many cards were declined for this order. Try again in an hour.',
  }),
  invalid_card_number: () => precondition('No card has that number.'),
  nothing_due: () => precondition('There is nothing to do for this order.'),
}

/** One plugin captures on every cancel and prints the refusal in the shopper's cart (scalapay.md 8): words for shoppers. */
const unpaid: Readonly<Partial<Record<PaymentState, string>>> = {
  created: 'This payment has not been completed.',
  expired: 'This payment was not completed in time.',
  failed: 'This payment has not been completed.',
  voided: 'This payment has been cancelled.',
  lapsed: 'This payment has been cancelled.',
}

/** A domain refusal in Scalapay's words. */
export function refusalOf(rejection: Refused): Refusal {
  return inWords(words, rejection)
}

function precondition(message: string): Refusal {
  return { httpStatus: 400, errorCode: 'pre_condition_failed', message }
}

function conflict(message: string): Refusal {
  return { httpStatus: 409, errorCode: 'conflicting_operation_in_progress', message }
}

/** `charged`, `authorized (capture delayed)`: the words that GET would show; others are the domain's own plain ones. */
function stateWords(state: PaymentState): string {
  return captureStatus[state] === 'delayed' ? `${orderStatus[state]} (capture delayed)` : orderStatus[state]
}

const verbs: Readonly<Record<RefusedAction, string>> = {
  capture: 'a capture',
  capture_part: 'a partial capture after a delay',
  reduce: 'a refund before capture',
  close: 'closing a delayed capture',
  delay: 'a delay',
  void: 'a void',
  refund: 'a refund',
  authorize: 'an authorization',
  start_attempt: 'an authorization',
  sale: 'a sale',
  finish_attempt: 'this',
  resume_attempt: 'an authorization',
  update_references: 'a change of its references',
  flag: 'a mark',
  timer: 'this',
  receive: 'this',
}
