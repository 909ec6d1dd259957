import { hash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { OnceAnswer, OnceClaim, OnceResult, WriteClient } from '../../app/shared/write-once.ts'
import { idempotencyKey, keyRule } from '../shared/idempotency-key.ts'
import { invalid, Refused, sendRefused } from './errors.ts'

/** A success: its status and what JSON is made of; undefined for no body. */
export type Answer = { readonly status: 200 | 201 | 202 | 204; readonly body?: object }

/** What the request asks for, ready to be done, in the transaction of `client` if there is one. A refusal is returned. */
export type Write = (client?: WriteClient) => Promise<Answer | Refused>

/** In one transaction with the write (`WriteOnce`), or behind it. */
export type Once = <A extends OnceAnswer>(
  claim: OnceClaim,
  work: (client?: WriteClient) => Promise<A>,
) => Promise<OnceResult<A>>

/**
 * A route that writes. `read` makes the write of the request, and throws `Refused` for what cannot be read. With an `Idempotency-Key` it is done
 * once and answered alike ever after; the answer to a repeat says so in `Request-Idempotency`.
 */
export function registerWrite(
  scope: FastifyInstance,
  route: { readonly method: 'POST' | 'PATCH' | 'DELETE'; readonly url: string; readonly schema: object },
  once: Once,
  read: (request: FastifyRequest) => Write,
): void {
  scope.route({
    ...route,
    handler: async (request, reply) => {
      const key = idempotencyKey(request)
      if (key === undefined) throw invalid(`Idempotency-Key ${keyRule}.`)
      const bodyHash = requestHash(request)
      const write = read(request)
      if (key === null) return send(request, reply, await write())
      const operation = `tercet ${route.method} ${route.url}`
      const result = await once({ merchantId: request.tercetMerchantId, operation, key, bodyHash }, write)
      if (result.kind === 'key_reused') return sendRefused(request, reply, keyReused)
      if (result.kind === 'replayed') reply.header('request-idempotency', 'true')
      return send(request, reply, result.answer)
    },
  })
}

export const keyReused = new Refused(409, 'key_reused', 'The Idempotency-Key was used for another request.')

function send(request: FastifyRequest, reply: FastifyReply, answer: Answer | Refused): FastifyReply {
  if (answer instanceof Refused) return sendRefused(request, reply, answer)
  return reply.code(answer.status).send(answer.body)
}

/** The same text for another endpoint is another request. */
export function requestHash({ url, body }: FastifyRequest): Buffer {
  const bytes = body instanceof Buffer ? body : Buffer.alloc(0)
  return hash('sha256', Buffer.concat([Buffer.from(`${url}\n`), bytes]), 'buffer')
}
