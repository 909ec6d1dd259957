import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FileProblem } from '../../../domain/catalogue/file/file-problem.ts'
import type { RejectionOf } from '../../../domain/payment/rejection.ts'
import type { PaymentState } from '../../../domain/payment/state.ts'
import { newErrorId, sendErrorBody } from '../../../http/error-body.ts'
import { clientFaultOf, lastResortError } from '../../../http/last-resort.ts'
import { decimalOf } from '../../../kernel/money.ts'
import { inWords, type Words } from '../../../kernel/words.ts'

/** A refusal in the house's envelope, with ordinary HTTP statuses: these routes are ours, not SalesCloud's. */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  readonly problems: readonly FileProblem[] | undefined

  constructor(status: number, code: string, message: string, problems?: readonly FileProblem[]) {
    super(message)
    this.name = 'Refused'
    this.status = status
    this.code = code
    this.problems = problems
  }
}

export const unauthorized = new Refused(
  401,
  'unauthorized',
  'The key of the organization is needed: Authorization: Bearer <key>.',
)

export function invalid(message: string): Refused {
  return new Refused(400, 'invalid_request', message)
}

/** Unknown, foreign and malformed ids alike, so that nobody learns what another organization has. */
export function notFound(what: string): Refused {
  return new Refused(404, 'not_found', `There is no such ${what}.`)
}

export function sendRefused(request: FastifyRequest, reply: FastifyReply, refused: Refused): FastifyReply {
  return sendErrorBody(request, reply, {
    errorCode: refused.code,
    errorId: newErrorId(),
    message: refused.problems ? { text: refused.message, problems: refused.problems } : refused.message,
    httpStatusCode: refused.status,
  })
}

/** What a handler threw: a refusal is answered as such; outages, broken requests and bugs as everywhere in the house. */
export function sendThrown(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Refused) return sendRefused(request, reply, error)
  if (clientFaultOf(error) === 413)
    return sendRefused(request, reply, new Refused(413, 'payload_too_large', 'The request body is too large.'))
  return lastResortError(error, request, reply)
}

/** What the engine may say to a refund or a void. */
const words: Words<RejectionOf<'start_attempt'>, Refused> = {
  unknown_payment: () => notFound('order'),
  wrong_state: ({ state }) =>
    conflict('wrong_state', wrongState[state] ?? `The payment is ${state}: nothing of it can be given back.`),
  amount_not_positive: () => conflict('nothing_left', 'Nothing is left to give back.'),
  amount_exceeds_open: ({ open, currency }) =>
    conflict('amount_too_high', `At most ${decimalOf({ currency, minor: open })} ${currency} can be given back.`),
  amount_below_minimum: ({ minimum, currency }) =>
    conflict('amount_too_low', `Only the whole can be voided: ${decimalOf({ currency, minor: minimum })} ${currency}.`),
  // Of a product that a shopper chooses: nothing is chosen when money goes back.
  amount_above_maximum: () => conflict('amount_too_high', 'The amount is above the limit of its product.'),
  product_not_agreed: () => conflict('wrong_state', 'The payment is of another product.'),
  operation_in_progress: () =>
    conflict('operation_in_progress', 'Another operation on this payment is not finished. Try again later.'),
  key_reused: () => conflict('key_reused', 'The Idempotency-Key was used for another request.'),
}

/** What stands in the way of giving money back, and what to do instead. */
const wrongState: Readonly<Partial<Record<PaymentState, string>>> = {
  created: 'The payment is not finished yet, so there is nothing to give back. Read the order again in a moment.',
  failed: 'The payment failed: no money was taken, so there is nothing to give back.',
  refunded: 'The whole payment has been refunded already. Nothing is left to give back.',
  voided: 'The payment has been voided already. Nothing is left to give back.',
  partially_refunded:
    'Part of the payment has been refunded, so it cannot be voided any more. Refund the rest instead.',
}

export function refusedByEngine(rejection: RejectionOf<'start_attempt'>): Refused {
  return inWords(words, rejection)
}

function conflict(code: string, message: string): Refused {
  return new Refused(409, code, message)
}
