import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { newErrorId, sendErrorBody } from '../../http/error-body.ts'
import { refuseOtherMethods } from '../../http/refuse-other-methods.ts'
import { bearerOf } from '../../http/request/bearer-key.ts'
import type { Part } from '../../http/server.ts'
import { noticePage } from '../shared/notice-page.ts'
import { preparePages, sendPage, sendWrongMethod } from '../shared/send.ts'
import { settingOf } from '../shared/setting.ts'
import { messageView } from './message-view.ts'
import { messagePage, messagesPage } from './messages-page.ts'
import { messagesSchema } from './schema.ts'

/** The sandbox's mailbox: what would have left, for programs as JSON and for people as its reader would see it. */
export const messages: Part<App> = {
  name: 'messages',
  register: async (scope, app) => {
    if (app.mode !== 'sandbox') return
    await preparePages(scope, app, { bodyLimit: 1_024 })
    const refuseTheRest = refuseOtherMethods(scope, (request, reply, allowed) =>
      sendWrongMethod(app, request, reply, allowed),
    )
    addRoutes(scope, app)
    refuseTheRest()
  },
}

function addRoutes(scope: FastifyInstance, app: App): void {
  scope.get('/sandbox/messages', { schema: messagesSchema }, (request, reply) =>
    isBrowser(request) ? sendMailbox(app, request, reply) : sendList(app, request, reply),
  )
  const hidden = { schema: { hide: true } }
  scope.get<{ Params: { id: string } }>('/sandbox/messages/:id', hidden, (request, reply) =>
    sendMessage(app, request.params.id, request, reply),
  )
}

/** A program shows a key; a browser that follows a link has none to show. */
function isBrowser({ headers }: FastifyRequest): boolean {
  return headers.authorization === undefined && /\btext\/html\b/.test(headers.accept ?? '')
}

const mostShown = 50

/** Of a merchant's own orders and of no order. The sandbox's page shows all: it has no key, and nothing in it is real. */
async function sendList(app: App, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const key = bearerOf(request)
  const owner = key === undefined ? undefined : await app.merchants.byKey(key)
  if (!owner) {
    const message = 'A merchant API key is needed: Authorization: Bearer <key>.'
    return sendErrorBody(request, reply, {
      ...{ errorCode: 'unauthorized', errorId: newErrorId(), message, httpStatusCode: 401 },
    })
  }
  const list = await app.messages.list({ merchantId: owner.merchant.id, recipient: null, limit: mostShown })
  return reply.send({ messages: list.map(messageView) })
}

async function sendMailbox(app: App, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const list = await app.messages.list({ merchantId: null, recipient: null, limit: mostShown })
  return sendPage(reply, 200, messagesPage(settingOf(app, request), list))
}

/** An e-mail as its reader sees it, alone on its page: its styles are inline, which no other page of ours allows. */
async function sendMessage(app: App, id: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
  const message = isId ? await app.messages.find(id) : undefined
  const setting = settingOf(app, request)
  if (!message)
    return sendPage(reply, 404, noticePage(setting, { kind: 'sorry', notice: setting.common.notices.notFound }))
  if (message.channel === 'sms') return sendPage(reply, 200, messagePage(setting, message))
  reply.header(
    'content-security-policy',
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox allow-top-navigation-by-user-activation",
  )
  return sendPage(reply, 200, message.html)
}
