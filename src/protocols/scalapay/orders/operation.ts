import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../../app/app.ts'
import type { MerchantTerms } from '../../../domain/merchant/terms.ts'
import type { AcceptedReply, Command, Reply } from '../../../engine/command.ts'
import { unreachable } from '../../../kernel/assert.ts'
import { newCommandId, type PaymentId, parsePaymentId } from '../../../kernel/ids.ts'
import type { Result } from '../../../kernel/result.ts'
import type { JsonBody } from '../../shared/body.ts'
import { readBody } from '../body.ts'
import {
  bodyFaults,
  invalidToken,
  type Refusal,
  refusalOf,
  type ScalapayAction,
  sendRefusal,
  validationError,
} from '../errors.ts'
import { returnReference } from '../return-reference.ts'
import { type Issue, required } from '../validation.ts'
import { readIdempotencyKey, requestHash } from './idempotency.ts'
import type { Render } from './render.ts'

/** A call that changes an order: how its body becomes an action and how the reply becomes bytes. */
export type Operation<A extends ScalapayAction> = {
  /** what an idempotency key belongs to */
  readonly name: string
  readonly parse: (body: JsonBody) => Result<A, readonly Issue[]>
  readonly render: Render<A>
  /** where the order's token is: nowhere yet, in the path, or in the body */
  readonly token: 'none' | 'path' | 'body'
  /** the body's amount object, whose number would be read by its digits */
  readonly amountKey?: string
  readonly wantsDetails?: boolean
  /** whether it may capture, or change the reference of what was captured: then it is looked at afterwards */
  readonly isWatched?: boolean
  /** what of the server's own set-up stands in the way, asked last: a wrong request is told what is wrong with it */
  readonly obstacle?: (app: App, merchant: MerchantTerms) => Promise<Refusal | undefined>
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/** The whole way of one call: body, action, engine, answer. Refusals are answers; only outages and bugs are thrown. */
export function handle<A extends ScalapayAction>(app: App, operation: Operation<A>): Handler {
  return async (request, reply) => {
    const body = readBody(request, operation.amountKey)
    if (!body.ok) return sendRefusal(request, reply, bodyFaults[body.reason])
    const key = readIdempotencyKey(request)
    if (!key.ok) return sendRefusal(request, reply, validationError(key.reason))
    const token = readToken(request, operation, body.value)
    const parsed = operation.parse(body.value)
    if (!parsed.ok || token === missingToken) {
      const issues = parsed.ok ? [] : parsed.reason
      return sendRefusal(request, reply, validationError(token === missingToken ? [tokenIssue, ...issues] : issues))
    }
    if (token === malformedToken) return sendRefusal(request, reply, invalidToken)
    const obstacle = await operation.obstacle?.(app, request.scalapayMerchant)
    if (obstacle) return sendRefusal(request, reply, obstacle)
    const command: Command<ScalapayAction> = {
      id: newCommandId(),
      merchant: request.scalapayMerchant,
      protocol: 'scalapay',
      paymentId: token ?? null,
      action: parsed.value,
      wantsDetails: operation.wantsDetails === true,
    }
    const render = (accepted: AcceptedReply) => operation.render(accepted, parsed.value, app.publicUrl)
    const result = await app.engine.execute(
      key.value === undefined ? command : withClaim(command, key.value, operation, body.value, render),
    )
    if (operation.isWatched && result.kind === 'accepted') watch(app, request.scalapayMerchant, result)
    return sendReply(request, reply, result, render)
  }
}

function watch(app: App, merchant: MerchantTerms, { payment, details }: AcceptedReply): void {
  app.captureWatch.see({ merchant, payment, returnReference: details === null ? undefined : returnReference(details) })
}

function withClaim<A extends ScalapayAction>(
  command: Command<ScalapayAction>,
  key: string,
  { name, token }: Operation<A>,
  body: JsonBody,
  render: (accepted: AcceptedReply) => string,
): Command<ScalapayAction> {
  const pathToken = token === 'path' ? (command.paymentId ?? undefined) : undefined
  return { ...command, idempotency: { operation: name, key, bodyHash: requestHash(pathToken, body), render } }
}

function sendReply(
  request: FastifyRequest,
  reply: FastifyReply,
  result: Reply<ScalapayAction['kind']>,
  render: (accepted: AcceptedReply) => string,
): FastifyReply {
  switch (result.kind) {
    case 'accepted':
      return sendJson(reply, render(result))
    case 'replayed':
      return sendJson(reply.header('request-idempotency', 'true'), result.response)
    case 'rejected':
      return sendRefusal(request, reply, refusalOf(result.rejection))
    default:
      return unreachable(result)
  }
}

/** 200 for every success: clients test for exactly that (scalapay.md 1.1). */
export function sendJson(reply: FastifyReply, text: string): FastifyReply {
  return reply.header('content-type', 'application/json; charset=utf-8').header('cache-control', 'no-store').send(text)
}

const missingToken = Symbol('missing')
const malformedToken = Symbol('malformed')
const tokenIssue = required(['token'])

/** The token, undefined where the call has none. A malformed one is answered like an unknown one, after validation. */
function readToken(
  request: FastifyRequest,
  { token }: { token: Operation<ScalapayAction>['token'] },
  body: JsonBody,
): PaymentId | typeof missingToken | typeof malformedToken | undefined {
  if (token === 'none') return undefined
  const sent = token === 'path' ? pathToken(request) : body.value.token
  if (sent === undefined || sent === null || sent === '') return missingToken
  return (typeof sent === 'string' ? parsePaymentId(sent) : undefined) ?? malformedToken
}

/** The `{token}` of the path, whatever it holds. */
export function pathToken(request: FastifyRequest): string {
  const { params } = request
  return typeof params === 'object' && params !== null && 'token' in params ? String(params.token) : ''
}
