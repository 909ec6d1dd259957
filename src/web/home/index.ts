import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { refuseOtherMethods } from '../../http/refuse-other-methods.ts'
import type { Part } from '../../http/server.ts'
import { parsePaymentId } from '../../kernel/ids.ts'
import { noticePage } from '../shared/notice-page.ts'
import { preparePages, sendPage, sendWrongMethod } from '../shared/send.ts'
import { settingOf } from '../shared/setting.ts'
import { livePage } from './live-page.ts'
import { orderPage } from './order-page.ts'
import type { SandboxDesk } from './sandbox-desk.ts'
import { sandboxPage } from './sandbox-page.ts'
import { homeStyle } from './style.ts'

/** The first page, `/`: in the sandbox what runs here and a first order with one press, in live mode one line. */
export function home(desk: SandboxDesk | undefined): Part<App> {
  return {
    name: 'home',
    register: async (scope, app) => {
      await preparePages(scope, app, { bodyLimit: 1_024 })
      const refuseTheRest = refuseOtherMethods(scope, (request, reply, allowed) =>
        sendWrongMethod(app, request, reply, allowed),
      )
      scope.get('/', hidden, (request, reply) =>
        sendPage(reply, 200, desk ? sandboxPage(settingOf(app, request), desk) : livePage(settingOf(app, request))),
      )
      if (desk) addFirstOrder(scope, app, desk)
      refuseTheRest()
      scope.get(homeStyle.path, hidden, (_request, reply) =>
        reply
          .headers({ 'content-type': homeStyle.type, 'cache-control': 'public, max-age=31536000, immutable' })
          .removeHeader('vary')
          .send(homeStyle.text),
      )
    },
  }
}

const hidden = { schema: { hide: true } }
const path = '/sandbox/first-order'

/**
 * A form without a secret: a page elsewhere that makes its visitor's browser post it makes an order of the sandbox, which every
 * reader of the README may make anyway.
 */
function addFirstOrder(scope: FastifyInstance, app: App, desk: SandboxDesk): void {
  scope.post(path, hidden, async (_request, reply) =>
    reply.redirect(await desk.createOrder(`${app.publicUrl}${path}`), 303),
  )
  scope.post('/sandbox/first-payment', hidden, async (_request, reply) =>
    reply.redirect(await desk.createPayment(`${app.publicUrl}/`), 303),
  )
  scope.get(path, hidden, (request, reply) => showOrder(app, desk, request, reply))
  scope.post(`${path}/capture`, hidden, async (request, reply) => {
    const token = tokenIn(request.body)
    if (token) await desk.captureOrder(token)
    return reply.redirect(`${app.publicUrl}${path}?orderToken=${token ?? ''}`, 303)
  })
}

/** Where the shopper comes back to: what became of the order, and what a shop does next. */
async function showOrder(
  app: App,
  desk: SandboxDesk,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const setting = settingOf(app, request)
  const token = tokenIn(request.query)
  const merchant = token && (await app.merchants.byPaymentId(token))
  const stored = merchant && token && (await app.payments.find(merchant.id, token))
  if (!stored)
    return sendPage(reply, 404, noticePage(setting, { kind: 'sorry', notice: setting.common.notices.notFound }))
  return sendPage(reply, 200, orderPage(setting, { payment: stored.payment, publicUrl: app.publicUrl, key: desk.key }))
}

function tokenIn(fields: unknown): ReturnType<typeof parsePaymentId> {
  const { orderToken } = (fields ?? {}) as { orderToken?: unknown }
  return typeof orderToken === 'string' ? parsePaymentId(orderToken) : undefined
}
