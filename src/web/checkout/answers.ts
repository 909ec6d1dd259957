import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { redirectUrl } from '../../domain/merchant/redirect.ts'
import { unreachable } from '../../kernel/assert.ts'
import type { NoticeContent } from '../shared/components/notice.ts'
import { contentPolicy } from '../shared/content-policy.ts'
import { noticePage } from '../shared/notice-page.ts'
import { sendPage } from '../shared/send.ts'
import type { FieldProblems } from './card-form.ts'
import { formPage } from './form-page.ts'
import type { Order } from './order.ts'
import { type Setting, settingOf } from './setting.ts'

function sendNotice(reply: FastifyReply, status: number, setting: Setting, content: NoticeContent): FastifyReply {
  return sendPage(reply, status, noticePage(setting, content))
}

/** The page of an order as it stands: 200, or 410 once nothing can be paid any more. */
export function sendOrder(app: App, request: FastifyRequest, reply: FastifyReply, order: Order): FastifyReply {
  const setting = settingOf(app, request)
  const { notices, backToShop, refresh } = setting.words
  const { urls, payment } = order
  const asPaid = urls && { href: redirectUrl(urls.confirm, payment.id, 'SUCCESS'), text: backToShop }
  const goBack = urls && { href: redirectUrl(urls.cancel, payment.id, 'FAILED'), text: backToShop }
  switch (order.stage) {
    case 'open':
      return sendForm(app, request, reply, order)
    case 'checking': {
      const link = { href: ownPath(setting, order), text: refresh }
      return sendNotice(reply, 200, setting, { kind: 'waiting', notice: notices.checking, link })
    }
    case 'paid': {
      const notice = urls ? notices.paid : notices.paidByLink
      return sendNotice(reply, 200, setting, { kind: 'good', notice, link: asPaid })
    }
    case 'paid_back':
      return sendNotice(reply, 410, setting, { kind: 'sorry', notice: notices.ended, link: asPaid })
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
  reply.header('content-security-policy', contentPolicy(order.urls?.confirm))
  const page = formPage(settingOf(app, request), order, problems)
  return sendPage(reply, problems ? 422 : 200, page)
}

export function sendUnknown(app: App, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const setting = settingOf(app, request)
  return sendNotice(reply, 404, setting, { kind: 'sorry', notice: setting.words.notices.unknown })
}

/** The brake against card testing took hold: the card that was sent was not looked at. */
export function sendTooManyTries(setting: Setting, reply: FastifyReply, { urls, payment }: Order): FastifyReply {
  const link = urls && { href: redirectUrl(urls.cancel, payment.id, 'FAILED'), text: setting.words.backToShop }
  return sendNotice(reply, 429, setting, { kind: 'sorry', notice: setting.common.notices.tooManyTries, link })
}

/** The page that a shop's description of the product links to. */
export function sendExplanation(app: App, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const setting = settingOf(app, request)
  return sendNotice(reply, 200, setting, { kind: 'good', notice: setting.words.notices.howItWorks })
}

/** To the shop with `SUCCESS`; orders without a shop to go back to end on their own page. */
export function redirectPaid(setting: Setting, reply: FastifyReply, order: Order): FastifyReply {
  const { urls, payment } = order
  return urls
    ? reply.redirect(redirectUrl(urls.confirm, payment.id, 'SUCCESS'), 303)
    : redirectOwn(setting, reply, order)
}

/** To the order's own page, so that neither reload nor back sends the card again. */
export function redirectOwn(setting: Setting, reply: FastifyReply, order: Order): FastifyReply {
  return reply.redirect(ownPath(setting, order), 303)
}

function ownPath({ base }: Setting, { payment }: Order): string {
  return `${base}/${payment.id}`
}
