import { hash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { OnceAnswer, OnceClaim, OnceResult, WriteClient } from '../../app/shared/write-once.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { type Answer, answering, type Handled } from '../shared/handler.ts'
import { idempotencyKey, keyRule } from '../shared/idempotency-key.ts'
import { invalid, keyReused, type Refusal } from '../shared/refusal.ts'

/** What the request asks for, ready to be done, in the transaction of `client` if there is one. */
export type Write = (client?: WriteClient) => Promise<Handled>

/** The write that a request asks for, or why it cannot be read. */
export type ReadWrite = (request: FastifyRequest) => Result<Write, Refusal>

/** In one transaction with the write (`WriteOnce`), or behind it. */
export type Once = <A extends OnceAnswer>(
  claim: OnceClaim,
  work: (client?: WriteClient) => Promise<A>,
) => Promise<OnceResult<A>>

type Route = { readonly method: 'POST' | 'PATCH' | 'DELETE'; readonly url: string; readonly schema: object }

/**
 * A route that writes what `read` makes of the request. With an `Idempotency-Key` it is done once and answered alike ever after; the
 * answer to a repeat says so in `Request-Idempotency`.
 */
export function registerWrite(scope: FastifyInstance, route: Route, once: Once, read: ReadWrite): void {
  const operation = `tercet ${route.method} ${route.url}`
  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<Handled> => {
    const key = readKey(request)
    if (!key.ok) return key
    const write = read(request)
    if (!write.ok) return write
    if (key.value === null) return await write.value()
    const claim = { merchantId: request.tercetMerchantId, operation, key: key.value, bodyHash: requestHash(request) }
    const result = await once(claim, async (client) => kept(await write.value(client)))
    if (result.kind === 'key_reused') return refuse(keyReused)
    if (result.kind === 'replayed') reply.header('request-idempotency', 'true')
    return 'code' in result.answer ? refuse(result.answer) : ok(result.answer)
  }
  scope.route({ ...route, handler: answering(handle) })
}

/** The request's `Idempotency-Key`, null without one. */
export function readKey(request: FastifyRequest): Result<string | null, Refusal> {
  const key = idempotencyKey(request)
  return key === undefined ? refuse(invalid(`Idempotency-Key ${keyRule}.`)) : ok(key)
}

/** What is kept under a key is told apart by its status alone. */
function kept(handled: Handled): Answer | Refusal {
  return handled.ok ? handled.value : handled.reason
}

/** The same text for another endpoint is another request. */
export function requestHash({ url, body }: FastifyRequest): Buffer {
  const bytes = body instanceof Buffer ? body : Buffer.alloc(0)
  return hash('sha256', Buffer.concat([Buffer.from(`${url}\n`), bytes]), 'buffer')
}
