import type { FastifyReply } from 'fastify'
import { type CodeName, codes, messages } from './codes.ts'

/** What `payload` may hold: texts and whole numbers, nothing that was typed in. */
export type Payload = Readonly<Record<string, string | number>>

/** The one shape of every answer of the payment service (salescloud.md 2). */
export type Answer = {
  /** 200: a payment was requested. 404: none was. Nothing else ever leaves (salescloud.md 2). */
  readonly status: 200 | 404
  readonly code: CodeName
  readonly message: string
  /** null where nothing may be told of the instance, or the request did not say it right */
  readonly namespace: string | null
  readonly amount: bigint | null
  readonly currency: string | null
  readonly payload: Payload
}

/** A payment was not requested, and why. */
export type Refusal = Pick<Answer, 'code' | 'message' | 'payload'>

export function refusal(code: CodeName, message: string = messages[code], payload: Payload = {}): Refusal {
  return { code, message, payload }
}

/** Without a word of who was asked: the same bytes for every wrong address, and for what never got to one. */
export function nowhere(refused: Refusal): Answer {
  return { status: 404, ...refused, namespace: null, amount: null, currency: null }
}

/** One text for everything that is wrong with an address (salescloud.md 4). */
export const unknownAddress: Answer = nowhere(refusal('unknown_address'))

/** Keys in a fixed order: a replay is the first answer byte for byte. Amounts are at most 2^53 - 1, so a number holds them. */
export function textOf({ code, message, namespace, amount, currency, payload }: Answer): string {
  const isApproved = code === 'approved'
  return JSON.stringify({
    success: isApproved,
    errorCode: codes[code],
    paymentTransaction: {
      namespace,
      amount: amount === null ? null : Number(amount),
      currency_code: currency,
      status: isApproved ? 'success' : 'failure',
      message,
      payload,
    },
  })
}

export function sendAnswer(reply: FastifyReply, answer: Answer): FastifyReply {
  return reply
    .code(answer.status)
    .header('content-type', 'application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(textOf(answer))
}
