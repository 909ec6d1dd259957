import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { clientAddress, countedAs } from '../../http/client-address.ts'
import { unreachable } from '../../kernel/assert.ts'
import { redirectOwn, redirectPaid, sendForm, sendOrder, sendTooManyTries, sendUnknown } from './answers.ts'
import { parseCardForm } from './card-form.ts'
import { findOrder } from './order.ts'
import { settingOf } from './setting.ts'

/**
 * The posted card form.
 *
 * It carries no proof against forgery because there is nothing to forge: the page knows no session, the card is in the
 * form itself, so a page elsewhere could only make its visitor pay somebody's order with a card that page already has.
 * A form that is sent twice finds the order paid, or its first attempt under way, and charges nothing.
 */
export async function payOrder(
  app: App,
  token: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const setting = settingOf(app, request)
  const order = await findOrder(app, token)
  if (!order) return sendUnknown(app, request, reply)
  if (order.stage === 'paid') return redirectPaid(setting, reply, order)
  if (order.stage === 'checking') return redirectOwn(setting, reply, order)
  if (order.stage !== 'open') return sendOrder(app, request, reply, order)
  const card = parseCardForm(request.body, app.clock.now())
  if (!card.ok) return sendForm(app, request, reply, order, card.reason)
  const address = countedAs(clientAddress(request, app.organizations.isBehindProxy))
  const { merchant, payment } = order
  const result = await app.authorizeOrder({ merchant, paymentId: payment.id, card: card.value, address })
  switch (result.kind) {
    case 'authorized':
      return redirectPaid(setting, reply, order)
    case 'declined':
    case 'action_required':
    case 'unknown':
      return redirectOwn(setting, reply, order)
    case 'refused': {
      if (result.reply.rejection.reason === 'too_many_tries') return sendTooManyTries(setting, reply, order)
      const now = await findOrder(app, token)
      return now?.stage === 'paid' ? redirectPaid(setting, reply, now) : redirectOwn(setting, reply, order)
    }
    default:
      return unreachable(result)
  }
}
