import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { redirectUrl } from '../../domain/merchant/redirect.ts'
import { unreachable } from '../../kernel/assert.ts'
import { chooseLanguage } from '../shared/language.ts'
import type { FieldProblems } from './card-form.ts'
import { contentPolicy } from './content-policy.ts'
import { formPage } from './form-page.ts'
import type { Setting } from './layout.ts'
import { type NoticePage, noticePage } from './notice-page.ts'
import type { Order } from './order.ts'
import { words } from './words/index.ts'

export function settingOf(app: App, request: FastifyRequest): Setting {
  return {
    words: words[chooseLanguage(request.headers['accept-language'])],
    isSandbox: app.mode === 'sandbox',
    base: basePath(app),
  }
}

/** Behind a proxy the server may live below a path of its own: `https://pay.example/tercet`. */
function basePath(app: App): string {
  return `${new URL(app.publicUrl).pathname.replace(/\/+$/, '')}/checkout`
}

function sendPage(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply.code(status).header('content-type', 'text/html; charset=utf-8').send(page)
}

export function sendNotice(reply: FastifyReply, status: number, setting: Setting, page: NoticePage): FastifyReply {
  return sendPage(reply, status, noticePage(setting, page))
}

/** The page of an order as it stands: 200, or 410 once nothing can be paid any more. */
export function sendOrder(app: App, request: FastifyRequest, reply: FastifyReply, order: Order): FastifyReply {
  const setting = settingOf(app, request)
  const { notices, backToShop, refresh } = setting.words
  const { urls, payment } = order
  const goBack = urls && { href: redirectUrl(urls.cancel, payment.id, 'FAILED'), text: backToShop }
  switch (order.stage) {
    case 'open':
      return sendForm(app, request, reply, order)
    case 'checking': {
      const link = { href: ownPath(app, order), text: refresh }
      return sendNotice(reply, 200, setting, { kind: 'waiting', notice: notices.checking, link })
    }
    case 'paid': {
      const notice = urls ? notices.paid : notices.paidByLink
      const link = urls && { href: redirectUrl(urls.confirm, payment.id, 'SUCCESS'), text: backToShop }
      return sendNotice(reply, 200, setting, { kind: 'good', notice, link })
    }
    case 'expired':
      return sendNotice(reply, 410, setting, { kind: 'sorry', notice: notices.expired, link: goBack })
    case 'ended':
      return sendNotice(reply, 410, setting, { kind: 'sorry', notice: notices.ended, link: goBack })
    default:
      return unreachable(order.stage)
  }
}

/** The card form; 422 when it was sent and something in it could not be read. */
export function sendForm(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  order: Order,
  problems?: FieldProblems,
): FastifyReply {
  reply.header('content-security-policy', contentPolicy(order.urls))
  const page = formPage(settingOf(app, request), order, problems)
  return sendPage(reply, problems ? 422 : 200, page)
}

export function sendUnknown(app: App, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const setting = settingOf(app, request)
  return sendNotice(reply, 404, setting, { kind: 'sorry', notice: setting.words.notices.unknown })
}

/** To the shop with `SUCCESS`; orders without a shop to go back to end on their own page. */
export function redirectPaid(app: App, reply: FastifyReply, order: Order): FastifyReply {
  const { urls, payment } = order
  return urls ? reply.redirect(redirectUrl(urls.confirm, payment.id, 'SUCCESS'), 303) : redirectOwn(app, reply, order)
}

/** To the order's own page, so that neither reload nor back sends the card again. */
export function redirectOwn(app: App, reply: FastifyReply, order: Order): FastifyReply {
  return reply.redirect(ownPath(app, order), 303)
}

function ownPath(app: App, { payment }: Order): string {
  return `${basePath(app)}/${payment.id}`
}
