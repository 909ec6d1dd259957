import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App, AuthorizationResult } from '../../app/app.ts'
import type { StoredCard } from '../../app/shopper/stored-card.ts'
import type { Card } from '../../domain/payment/card.ts'
import type { Shopper } from '../../domain/shopper/shopper.ts'
import { unreachable } from '../../kernel/assert.ts'
import { parseCardForm } from '../shared/card/card-form.ts'
import { textIn } from '../shared/sign-in/visitor.ts'
import { redirectPaid, sendOutcome, sendTooManyTries } from './answers.ts'
import type { Order } from './order.ts'
import { sendConfirm } from './steps.ts'
import { type Visit, visitOf } from './visit.ts'

/**
 * The posted confirmation. One that is sent twice, in two tabs or by two shoppers finds the order paid or its attempt under way,
 * and charges nothing. What the shopper saw must be what is charged: an order whose total or product has changed meanwhile is shown again.
 */
export async function payOrder(
  app: App,
  visit: Visit,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { order, home, visitor } = visit
  const shopper = visitor.session?.shopper
  if (order.stage === 'paid' && !visit.isSomebodyElses) return redirectPaid(reply, visit)
  if (order.stage === 'bank' || order.stage === 'checking') return reply.redirect(home, 303)
  if (order.stage !== 'open') return sendOutcome(reply, visit)
  if (!shopper?.profile || !isAsSeen(order, request)) return reply.redirect(home, 303)
  const card = await cardOf(app, visit, shopper, request, reply)
  if (!('expiryMonth' in card)) return card
  const refusal = await app.shoppers.refusal(shopper, order, card)
  if (refusal) return await sendConfirm(app, reply, visit, shopper, { refusal: visit.setting.words.refused[refusal] })
  const result = await app.authorizeOrder({
    ...{ merchant: order.merchant, paymentId: order.payment.id, card, shopperId: shopper.id, address: visitor.address },
    product: order.payment.product,
    returnUrl: `${app.publicUrl}/checkout/${order.payment.id}/bank`,
  })
  return await answer(app, result, visit, request, reply)
}

function isAsSeen({ payment, choices }: Order, { body }: FastifyRequest): boolean {
  if (textIn(body, 'total') !== String(payment.total)) return false
  return choices.length === 0 || textIn(body, 'product') === payment.product
}

/** The card that was chosen or typed in; or the page again, when there is none. */
async function cardOf(
  app: App,
  visit: Visit,
  shopper: Shopper,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Card | StoredCard | FastifyReply> {
  const chosen = textIn(request.body, 'card') || 'new'
  if (chosen === 'new') {
    const card = parseCardForm(request.body, app.clock.now())
    return card.ok ? card.value : await sendConfirm(app, reply, visit, shopper, { problems: card.reason, chosen })
  }
  const isId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(chosen)
  const stored = isId ? await app.shoppers.storedCard(shopper.id, chosen) : undefined
  return stored ?? reply.redirect(visit.home, 303)
}

/** Back from the bank's page: what came of it is asked, and told. A second return, or a late one, shows how the order stands. */
export async function returnFromBank(
  app: App,
  visit: Visit,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { order } = visit
  const attempt = order.payment.pendingAttempt
  if (order.stage === 'paid' && !visit.isSomebodyElses) return redirectPaid(reply, visit)
  if (order.stage !== 'bank' || !attempt || visit.isSomebodyElses) return reply.redirect(visit.home, 303)
  const result = await app.completeOrder({
    merchant: order.merchant,
    paymentId: order.payment.id,
    attemptId: attempt.id,
  })
  return await answer(app, result, visit, request, reply)
}

async function answer(
  app: App,
  result: AuthorizationResult,
  visit: Visit,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  switch (result.kind) {
    case 'authorized':
      return redirectPaid(reply, visit)
    case 'action_required':
      return reply.redirect(result.action.kind === 'redirect' ? result.action.url : visit.home, 303)
    case 'declined':
    case 'unknown':
      return reply.redirect(visit.home, 303)
    case 'refused': {
      if (result.rejection.reason === 'too_many_tries') return sendTooManyTries(reply, visit)
      const now = await visitOf(app, visit.order.payment.id, request, reply)
      return now?.order.stage === 'paid' && !now.isSomebodyElses
        ? redirectPaid(reply, now)
        : reply.redirect(visit.home, 303)
    }
    default:
      return unreachable(result)
  }
}
