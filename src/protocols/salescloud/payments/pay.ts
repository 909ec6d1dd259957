import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../../app/app.ts'
import type { SettledPayment } from '../../../app/attempt/request-payment.ts'
import type { PayResult, RequestClaim, RequestedPayment } from '../../../app/organization/organizations.ts'
import { type Card, instrumentOf } from '../../../domain/payment/card.ts'
import { Unavailable } from '../../../engine/command.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import type { JsonObject } from '../../shared/body.ts'
import { readBody } from '../body.ts'
import type { Limits } from '../limits.ts'
import type { Target } from '../target.ts'
import { type Answer, type Payload, type Refusal, refusal, sendAnswer } from './answer.ts'
import { findCardElsewhere } from './card-elsewhere.ts'
import { type CodeName, declineCode, messages } from './codes.ts'
import { namespaces } from './namespaces.ts'
import { noOrder, orderOf } from './order-details.ts'
import { amountIn, type PaymentBody, parsePayment } from './parse-payment.ts'
import { invalid, refusedByCatalogue, refusedByEngine, wrongCurrency, wrongNamespace } from './refusals.ts'

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/** `POST /v/1/{organization}/{channel}/{payment_instance}`: one request, one payment, one answer. */
export function pay(app: App, limits: Limits): Handler {
  return async (request, reply) => {
    const { salescloudTarget: target } = request
    const isAdmitted = await limits.admit(target.address.instance, target.client)
    const answer = await answerTo(app, limits, request, isAdmitted)
    request.log.info({ reqId: request.id, errorCode: answer.code, status: answer.status }, 'payment request')
    return sendAnswer(reply, answer)
  }
}

/** Answers callers that send far more than a limit allows before their body is read, so without a word about it. */
export function refuseUnread(
  limits: Limits,
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined> {
  return async ({ salescloudTarget: target }, reply) => {
    if (await limits.mayBeRead(target.address.instance, target.client)) return undefined
    return sendAnswer(reply, notRequested(target, tooMany, undefined))
  }
}

async function answerTo(app: App, limits: Limits, request: FastifyRequest, isAdmitted: boolean): Promise<Answer> {
  const { salescloudTarget: target } = request
  const refused = (why: Refusal, amount?: bigint): Answer => notRequested(target, isAdmitted ? why : tooMany, amount)
  const json = readBody(request.body, request.headers['content-type'])
  if (!json.ok) return refused(invalid(json.reason))
  const body = parsePayment(json.value)
  if (!body.ok) return refused(invalid(body.reason), amountIn(json.value))
  const card = readCard(target, body.value.details)
  const claim = claimOf(app, target, body.value, request.body)
  const payment = isAdmitted ? await prepare(app, target, body.value, card, claim) : refuse(tooMany)
  const result = payment.ok ? await tryCard(app, limits, request, payment.value) : payment
  if (result.ok) return settledAnswer(target, result.value)
  const before = card.ok && claim ? await answeredBefore(app, request, body.value, card.value, claim) : undefined
  return before ?? refused(result.reason, body.value.amount)
}

const tooMany = refusal('rate_limited')

/** Everything that must be right before a payment is requested. The price comes last: it costs a query. */
async function prepare(
  { organizations, clock }: App,
  target: Target,
  body: PaymentBody,
  card: Result<Card, Refusal>,
  claim: RequestClaim | undefined,
): Promise<Result<RequestedPayment, Refusal>> {
  const { address } = target
  const { namespace, currency } = address.instance
  if (body.namespace !== namespace) return refuse(wrongNamespace(namespace))
  if (body.currencyCode !== currency) return refuse(wrongCurrency(currency))
  if (!card.ok) return card
  const cardElsewhere = findCardElsewhere(body, card.value)
  if (cardElsewhere) return refuse(invalid(cardElsewhere))
  const request = { ...body.order, amount: body.amount, currency, user: null, tags: [] }
  const priced = await organizations.priceOrder(address, request, clock.now())
  if (!priced.ok) return refuse(refusedByCatalogue(priced.reason))
  return ok({ address, amount: body.amount, card: card.value, order: orderOf(target, body, priced.value), claim })
}

function readCard({ address }: Target, details: JsonObject): Result<Card, Refusal> {
  const namespace = namespaces.get(address.instance.namespace)
  if (!namespace) return refuse(refusal('unavailable'))
  const card = namespace.readDetails(details)
  return card.ok ? card : refuse(invalid(card.reason))
}

/** The whole address and the whole body decide what a request means; the body holds a card, so the hash is keyed. */
function claimOf({ organizations }: App, { address }: Target, { requestId }: PaymentBody, sent: unknown) {
  if (requestId === null || !(sent instanceof Buffer)) return undefined
  const { organization, channel, instance } = address
  return { key: requestId, bodyHash: organizations.hashRequest(organization.uuid, channel.uuid, instance.uuid, sent) }
}

/** In a place that the declines of this address have left. An answer that was given before takes none. */
async function tryCard(
  app: App,
  limits: Limits,
  request: FastifyRequest,
  payment: RequestedPayment,
): Promise<Result<Settled, Refusal>> {
  const { address, client } = request.salescloudTarget
  const tried = await limits.tryCard(
    address.instance,
    client,
    () => attempt(app, request, payment),
    (result) => result.ok && !result.value.isRepeat && codeOf(result.value.settled?.outcome) !== 'approved',
  )
  return tried ?? refuse(tooMany)
}

type Settled = {
  readonly settled: SettledPayment | undefined
  /** the answer of a payment that was made before */
  readonly isRepeat: boolean
  readonly card: Card
  readonly amount: bigint
}

/**
 * From here on 404 may be said only when the app says that nothing was requested: `Unavailable` is that promise. Any other
 * error is a mistake of ours whose moment is unknown, so the outcome is unknown too.
 */
async function attempt(
  { organizations }: App,
  request: FastifyRequest,
  payment: RequestedPayment,
): Promise<Result<Settled, Refusal>> {
  const { card, amount } = payment
  let result: PayResult
  try {
    result = await organizations.pay(payment)
  } catch (error) {
    if (error instanceof Unavailable) {
      request.log.warn({ reqId: request.id, err: error }, 'unavailable')
      return refuse(refusal('unavailable'))
    }
    request.log.error({ reqId: request.id, err: error }, 'unexpected error')
    return ok({ settled: undefined, isRepeat: false, card, amount })
  }
  switch (result.kind) {
    case 'settled':
      return ok({ settled: result.settled, isRepeat: result.isRepeat, card, amount })
    case 'not_requested':
      return refuse(refusedByEngine(result.rejection))
    case 'no_acquirer':
      request.log.error({ reqId: request.id }, 'a payment instance has no acquirer')
      return refuse(refusal('unavailable'))
  }
}

/**
 * The same request may have been made before, and what has changed since (the seats it took itself, a limit, a price)
 * must not turn its answer into "not requested". Asked only when something refused: it costs a query.
 */
async function answeredBefore(
  app: App,
  request: FastifyRequest,
  { amount }: PaymentBody,
  card: Card,
  claim: RequestClaim,
): Promise<Answer | undefined> {
  const { salescloudTarget: target } = request
  const bodyHash = await app.organizations.claimedWith(target.address, claim.key)
  if (!bodyHash) return undefined
  if (!bodyHash.equals(claim.bodyHash)) return notRequested(target, refusal('duplicate_request'), amount)
  const again = { address: target.address, amount, card, claim, order: noOrder(target, claim.key) }
  const result = await attempt(app, request, again)
  return result.ok ? settledAnswer(target, result.value) : notRequested(target, result.reason, amount)
}

function notRequested({ address }: Target, why: Refusal, amount: bigint | undefined): Answer {
  const { namespace, currency } = address.instance
  return { status: 404, ...why, namespace, currency, amount: amount ?? null }
}

function settledAnswer({ address }: Target, { settled, card, amount }: Settled): Answer {
  const { namespace, currency } = address.instance
  const code = codeOf(settled?.outcome)
  const payload = payloadOf(settled, card)
  return { status: 200, code, message: messages[code], namespace, currency, amount: settled?.total ?? amount, payload }
}

function codeOf(outcome: SettledPayment['outcome'] | undefined): CodeName {
  if (outcome === undefined || outcome.kind === 'unknown') return 'outcome_unknown'
  return outcome.kind === 'approved' ? 'approved' : declineCode[outcome.reason]
}

/** What of the acquirer's answer the merchant may see. Its keys are sorted: the database keeps them, not their order. */
function payloadOf(settled: SettledPayment | undefined, card: Card): Payload {
  const { brand, last4 } = instrumentOf(card)
  const rail = settled === undefined || settled.outcome.kind === 'unknown' ? {} : settled.outcome.payload
  const sorted = Object.entries(rail).toSorted(([left], [right]) => (left < right ? -1 : 1))
  return {
    ...(settled && { transactionId: settled.paymentId }),
    cardBrand: brand,
    maskedCardNumber: `**** ${last4}`,
    ...Object.fromEntries(sorted),
  }
}
