import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { redirectUrl } from '../../domain/merchant/redirect.ts'
import { refuseOtherMethods } from '../../http/refuse-other-methods.ts'
import type { Part } from '../../http/server.ts'
import { preparePages, sendWrongMethod } from '../shared/send.ts'
import { redirectOwn, redirectPaid, sendExplanation, sendOrder, sendUnknown } from './answers.ts'
import { findOrder } from './order.ts'
import { payOrder } from './pay-order.ts'
import { settingOf } from './setting.ts'

/** The shopper's pages at an order's `checkoutUrl`: server-rendered, in the shopper's language. */
export const checkout: Part<App> = {
  name: 'checkout',
  register: async (scope, app) => {
    await addPages(scope, app)
    await scope.register(async (below) => below.setNotFoundHandler((...of) => sendUnknown(app, ...of)), {
      prefix: root,
    })
  },
}

const root = '/checkout'

/** Three short fields fit many times over. */
const bodyLimit = 4_096

const hidden = { schema: { hide: true } }

type Tokened = { Params: { token: string } }

async function addPages(scope: FastifyInstance, app: App): Promise<void> {
  await preparePages(scope, app, { bodyLimit })
  const refuseTheRest = refuseOtherMethods(scope, (request, reply, allowed) =>
    sendWrongMethod(app, request, reply, allowed),
  )
  // The form of the address in the oldest documentation (docs/protocols/scalapay.md).
  scope.get<{ Querystring: { token?: unknown } }>(root, hidden, (request, reply) =>
    showOrder(app, String(request.query.token ?? ''), request, reply),
  )
  scope.get<Tokened>(`${root}/:token`, hidden, (request, reply) => showOrder(app, request.params.token, request, reply))
  scope.post<Tokened>(`${root}/:token`, { ...hidden, bodyLimit }, (request, reply) =>
    payOrder(app, request.params.token, request, reply),
  )
  scope.get<Tokened>(`${root}/:token/cancel`, hidden, (request, reply) =>
    leaveOrder(app, request.params.token, request, reply),
  )
  // Where `/v2/configurations` sends whoever wants to know more.
  scope.get('/how-it-works', hidden, (request, reply) => sendExplanation(app, request, reply))
  refuseTheRest()
}

async function showOrder(app: App, token: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const order = await findOrder(app, token)
  return order ? sendOrder(app, request, reply, order) : sendUnknown(app, request, reply)
}

/**
 * The way back without paying: the cancel URL and `FAILED`. It goes through here because the page it was
 * clicked on may be old: an order that is paid by now, or about to be, must not be reported as failed.
 */
async function leaveOrder(
  app: App,
  token: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const setting = settingOf(app, request)
  const order = await findOrder(app, token)
  if (!order) return sendUnknown(app, request, reply)
  if (order.stage === 'paid' || order.stage === 'paid_back') return redirectPaid(setting, reply, order)
  if (order.stage === 'checking' || !order.urls) return redirectOwn(setting, reply, order)
  return reply.redirect(redirectUrl(order.urls.cancel, order.payment.id, 'FAILED'), 303)
}
