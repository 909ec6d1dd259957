import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { redirectUrl } from '../../domain/merchant/redirect.ts'
import { refuseOtherMethods } from '../../http/refuse-other-methods.ts'
import type { Part } from '../../http/server.ts'
import { redirectOwn, redirectPaid, sendNotice, sendOrder, sendUnknown, settingOf } from './answers.ts'
import { contentPolicy } from './content-policy.ts'
import { sendThrown, sendWrongMethod } from './errors.ts'
import { findOrder } from './order.ts'
import { payOrder } from './pay-order.ts'
import { styleSheet } from './style-sheet.ts'

/** The shopper's pages at an order's `checkoutUrl`: server-rendered, no script, in the browser's language. */
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
  scope.addHook('onRequest', addHeaders)
  scope.setErrorHandler((error, request, reply) => sendThrown(app, error, request, reply))
  scope.removeAllContentTypeParsers()
  await scope.register(formbody, { bodyLimit })
  const refuseTheRest = refuseOtherMethods(scope, (request, reply, allowed) =>
    sendWrongMethod(app, request, reply, allowed),
  )
  scope.get(`${root}${styleSheet.path}`, hidden, sendStyle)
  // The form of the address in the oldest documentation (scalapay.md 11.2).
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
  // Where `/v2/configurations` sends whoever wants to know more (scalapay.md 11.1).
  scope.get('/how-it-works', hidden, (request, reply) => {
    const setting = settingOf(app, request)
    return sendNotice(reply, 200, setting, { kind: 'good', notice: setting.words.notices.howItWorks })
  })
  refuseTheRest()
}

/** The address holds the order's token: no cache keeps it and no other site is told of it. */
function addHeaders(_request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  reply.headers({
    'content-security-policy': contentPolicy(undefined),
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    vary: 'accept-language',
  })
  done()
}

function sendStyle(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.headers({ 'content-type': 'text/css; charset=utf-8', 'cache-control': styleSheet.cacheControl })
  return reply.removeHeader('vary').send(styleSheet.text)
}

async function showOrder(app: App, token: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const order = await findOrder(app, token)
  return order ? sendOrder(app, request, reply, order) : sendUnknown(app, request, reply)
}

/**
 * The way back without paying (scalapay.md 14.2). It goes through here because the page it was
 * clicked on may be old: an order that is paid by now, or about to be, must not be reported as failed.
 */
async function leaveOrder(
  app: App,
  token: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const order = await findOrder(app, token)
  if (!order) return sendUnknown(app, request, reply)
  if (order.stage === 'paid') return redirectPaid(app, reply, order)
  if (order.stage === 'checking' || !order.urls) return redirectOwn(app, reply, order)
  return reply.redirect(redirectUrl(order.urls.cancel, order.payment.id, 'FAILED'), 303)
}
