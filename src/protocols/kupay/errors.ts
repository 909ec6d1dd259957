import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PaymentRequestRefusal } from '../../app/payment-request/payment-request.ts'
import { clientFaultOf, retryAfterOf } from '../../http/last-resort.ts'
import { unreachable } from '../../kernel/assert.ts'
import { decimalOf } from '../../kernel/money.ts'

/** What is wrong with a request: sentences by field (kupay.md 4). */
export type FieldErrors = Readonly<Record<string, readonly string[]>>

/** The bare content type of KuPay's own answers: the framework would add a charset to a text. */
export function sendJson(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).header('content-type', 'application/json').send(Buffer.from(text))
}

/** Everything but 422 has the body that KuPay documents for its errors: an empty list. */
export function sendEmptyList(reply: FastifyReply, status: number): FastifyReply {
  return sendJson(reply, status, '[]')
}

/** What a client can mend, by field. */
export function sendFieldErrors(reply: FastifyReply, errors: FieldErrors): FastifyReply {
  return sendJson(reply, 422, JSON.stringify({ errors }))
}

/** A refusal of the engine in this API's words. */
export function sendRefusal(reply: FastifyReply, refusal: PaymentRequestRefusal): FastifyReply {
  switch (refusal.reason) {
    case 'paid_differently': {
      const { currency, total: minor } = refusal.payment
      const asked = `${decimalOf({ currency, minor })} ${currency}`
      return sendFieldErrors(reply, { amount: [`Something was paid for this order already, which is of ${asked}.`] })
    }
    case 'operation_in_progress':
      return sendEmptyList(reply.header('retry-after', '1'), 503)
    case 'amount_not_positive':
      return sendFieldErrors(reply, { amount: ['The amount must be more than zero.'] })
    case 'amount_above_maximum':
      return sendFieldErrors(reply, {
        amount: [`The amount must be ${decimalOf(limitOf(refusal.maximum, refusal))} at most.`],
      })
    case 'amount_below_minimum':
      return sendFieldErrors(reply, {
        amount: [`The amount must be ${decimalOf(limitOf(refusal.minimum, refusal))} at least.`],
      })
    // What nobody collects needs no agreement and may be in any currency, and how long a request waits is ours: a bug.
    case 'currency_mismatch':
    case 'product_not_agreed':
    case 'period_out_of_range':
      throw new Error(`a payment request is not refused as ${refusal.reason}`)
    default:
      return unreachable(refusal)
  }
}

function limitOf(minor: bigint, { currency }: { readonly currency: Parameters<typeof decimalOf>[0]['currency'] }) {
  return { currency, minor }
}

/** Whatever was thrown: an outage, the framework's own refusals, or a bug, which is logged whole and told nobody. */
export function sendThrown(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const retryAfter = retryAfterOf(error)
  if (retryAfter !== undefined) {
    request.log.warn({ reqId: request.id, err: error }, 'unavailable')
    return sendEmptyList(reply.header('retry-after', String(retryAfter)), 503)
  }
  const fault = clientFaultOf(error)
  if (fault === undefined) request.log.error({ reqId: request.id, err: error }, 'unexpected error')
  return sendEmptyList(reply, fault ?? 500)
}

export function sendMethodNotAllowed(_request: FastifyRequest, reply: FastifyReply, allowed: string): FastifyReply {
  return sendEmptyList(reply.header('allow', allowed), 405)
}
