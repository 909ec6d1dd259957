import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { MerchantId } from '../../kernel/ids.ts'
import { pathOf } from '../error-body.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** whose request it is, once its protocol knows; null: nobody's */
    servedMerchant: MerchantId | null
    /** what was answered, where it is text */
    answeredText: string | null
  }
}

/** A request that was answered. */
export type Served = {
  readonly merchantId: MerchantId
  readonly api: string
  readonly method: string
  readonly path: string
  readonly status: number
  readonly latencyMs: number
  readonly requestId: string
  readonly request: Buffer | null
  readonly response: string | null
}

export type ServedLog = {
  /** asked before anything is made for it */
  readonly hasRoom: (merchantId: MerchantId) => boolean
  readonly take: (served: Served) => void
}

/** On the whole server, once: requests of one shape are quicker. */
export function decorateServed(server: FastifyInstance): void {
  server.decorateRequest('servedMerchant', null)
  server.decorateRequest('answeredText', null)
}

/** Hands each answered request of the scope whose merchant is known to the log, if that has room for it. */
export function logServed(scope: FastifyInstance, api: string, log: ServedLog): void {
  scope.addHook('onSend', (request, _reply, payload, done) => {
    if (request.servedMerchant !== null && typeof payload === 'string') request.answeredText = payload
    done(null, payload)
  })
  scope.addHook('onResponse', (request, reply, done) => {
    const { servedMerchant: merchantId } = request
    if (merchantId !== null && log.hasRoom(merchantId)) log.take(servedOf(request, reply, { merchantId, api }))
    done()
  })
}

function servedOf(
  request: FastifyRequest,
  reply: FastifyReply,
  whose: { readonly merchantId: MerchantId; readonly api: string },
): Served {
  return {
    ...whose,
    method: request.method,
    path: pathOf(request.url),
    status: reply.statusCode,
    latencyMs: Math.round(reply.elapsedTime),
    requestId: request.id,
    request: request.body instanceof Buffer ? request.body : null,
    response: request.answeredText,
  }
}
