import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App, AuthorizationResult } from '../../app/app.ts'
import type { ShownPlan } from '../../app/instalments/read-plan.ts'
import { keptAfterwards } from '../../app/shared/write-once.ts'
import type { Card } from '../../domain/payment/card.ts'
import { unreachable } from '../../kernel/assert.ts'
import { parsePaymentId } from '../../kernel/ids.ts'
import { decimalOf } from '../../kernel/money.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { Secret } from '../../kernel/secret.ts'
import type { JsonObject } from '../shared/body.ts'
import { readBody } from './body.ts'
import { bodyFaults, invalidToken, type Refusal, refusalOf, sendRefusal, validationError } from './errors.ts'
import { readIdempotencyKey, requestHash } from './orders/idempotency.ts'
import { pathToken, sendJson } from './orders/operation.ts'
import { orderStatus } from './orders/status.ts'
import { sandboxAuthorizeSchema, sandboxPlanSchema } from './schemas.ts'
import { type Issue, isAbsent, issue, required, wholeNumberOf } from './validation.ts'

/** The shopper's whole checkout in one call, for tests without a browser. Not registered in live mode. */
export function registerSandboxRoutes(scope: FastifyInstance, app: App): void {
  const once = keptAfterwards(app.once)
  scope.post('/sandbox/orders/:token/authorize', { schema: sandboxAuthorizeSchema }, async (request, reply) => {
    const body = readBody(request)
    if (!body.ok) return sendRefusal(request, reply, bodyFaults[body.reason])
    const key = readIdempotencyKey(request)
    if (!key.ok) return sendRefusal(request, reply, validationError(key.reason))
    const card = parseCard(body.value.value, app)
    if (!card.ok) return sendRefusal(request, reply, validationError(card.reason))
    const paymentId = parsePaymentId(pathToken(request))
    if (paymentId === undefined) return sendRefusal(request, reply, invalidToken)
    const merchant = request.scalapayMerchant
    const work = async () => answerTo(await authorize(app, { merchant, paymentId, card: card.value }))
    if (key.value === undefined) return send(request, reply, await work())
    // Only test cards are ever answered with a success, so the hash of what is kept tells no card.
    const claim = { merchantId: merchant.id, operation: 'sandbox_authorize', key: key.value }
    const result = await once({ ...claim, bodyHash: requestHash(paymentId, body.value) }, work)
    if (result.kind === 'key_reused') return sendRefusal(request, reply, refusalOf({ reason: 'key_reused' }))
    if (result.kind === 'replayed') reply.header('request-idempotency', 'true')
    return send(request, reply, result.answer)
  })
  registerPlan(scope, app)
}

/** The instalment plan of an order, as its shopper sees it. */
function registerPlan(scope: FastifyInstance, app: App): void {
  scope.get('/sandbox/orders/:token/plan', { schema: sandboxPlanSchema }, async (request, reply) => {
    const paymentId = parsePaymentId(pathToken(request))
    const merchantId = request.scalapayMerchant.id
    const plan = paymentId && (await app.readPlan({ merchantId, paymentId }))
    if (!plan) return sendRefusal(request, reply, invalidToken)
    return sendJson(reply, JSON.stringify(planOnWire(plan)))
  })
}

function planOnWire({ product, currency, instalments }: ShownPlan): object {
  return {
    product,
    instalments: instalments.map(({ number, dueAt, amount, status }) => ({
      ...{ number, dueAt, status },
      amount: { amount: decimalOf({ currency, minor: amount }), currency },
    })),
  }
}

/** The shopper takes the bank's step at once, where the card's bank asks for one. */
async function authorize(app: App, order: Parameters<App['authorizeOrder']>[0]): Promise<AuthorizationResult> {
  const { merchant, paymentId } = order
  const returnUrl = `${app.publicUrl}/checkout/${paymentId}`
  const result = await app.authorizeOrder({ ...order, returnUrl })
  const attemptId = result.kind === 'action_required' ? result.payment.pendingAttempt?.id : undefined
  return attemptId === undefined ? result : await app.completeOrder({ merchant, paymentId, attemptId })
}

type Answer = { readonly status: 200; readonly text: string } | { readonly status: 400; readonly refusal: Refusal }

function send(request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  return answer.status === 200 ? sendJson(reply, answer.text) : sendRefusal(request, reply, answer.refusal)
}

function success(body: object): Answer {
  return { status: 200, text: JSON.stringify(body) }
}

/** A declined card is not an error of the call: 200 with the order's unchanged status. A number that is not a test card's is one. */
function answerTo(result: AuthorizationResult): Answer {
  switch (result.kind) {
    case 'action_required':
      return success({ ...orderOf(result), actionRequired: true })
    case 'authorized':
    case 'unknown':
      return success(orderOf(result))
    case 'declined':
      return result.reason === 'invalid_card_number'
        ? { status: 400, refusal: validationError([notATestCard]) }
        : success({ ...orderOf(result), declined: true })
    case 'refused': {
      const { rejection } = result
      const isNoTestCard = rejection.reason === 'invalid_card_number'
      return { status: 400, refusal: isNoTestCard ? validationError([notATestCard]) : refusalOf(rejection) }
    }
    default:
      return unreachable(result)
  }
}

function orderOf({ payment }: Exclude<AuthorizationResult, { kind: 'refused' }>): { token: string; status: string } {
  return { token: payment.id, status: orderStatus[payment.state] }
}

/** The digits of a card number may be grouped by spaces or hyphens. No message ever repeats them. */
function parseCard(value: JsonObject, app: App): Result<Card, readonly Issue[]> {
  const issues: Issue[] = []
  const number = readCardNumber(value.cardNumber, issues)
  const code = isAbsent(value.securityCode) ? '123' : value.securityCode
  const isCode = typeof code === 'string' && /^\d{3,4}$/.test(code)
  if (!isCode) issues.push(issue(['securityCode'], 'must be 3 or 4 digits', 'string.regex.base'))
  const month = isAbsent(value.expiryMonth) ? 12 : wholeNumberOf(value.expiryMonth)
  if (month === undefined || month < 1 || month > 12) {
    issues.push(issue(['expiryMonth'], 'must be between 1 and 12', 'number.base'))
  }
  const year = isAbsent(value.expiryYear) ? currentYear(app) + 3 : wholeNumberOf(value.expiryYear)
  if (year === undefined || year < 2000 || year > 9999) {
    issues.push(issue(['expiryYear'], 'must be a year of four digits', 'number.base'))
  }
  if (issues.length > 0 || number === undefined || !isCode || month === undefined || year === undefined)
    return refuse(issues)
  return ok({ number: new Secret(number), securityCode: new Secret(code), expiryMonth: month, expiryYear: year })
}

function readCardNumber(value: unknown, issues: Issue[]): string | undefined {
  if (isAbsent(value)) issues.push(required(['cardNumber']))
  else {
    // A JSON number is taken as its digits while it holds all of them, which those of a card of up to 15 digits and most of 16 are.
    const text = Number.isSafeInteger(value) ? String(value) : value
    if (typeof text === 'string' && /^\d(?:[ -]?\d){11,18}$/.test(text)) return text.replace(/[ -]/g, '')
    issues.push(notATestCard)
  }
  return undefined
}

const notATestCard = issue(['cardNumber'], 'must be one of the sandbox test cards', 'any.allowOnly')

function currentYear(app: App): number {
  return new Date(Number(app.clock.now() / 1_000n)).getUTCFullYear()
}
