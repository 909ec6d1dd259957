import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { redirectUrl } from '../../domain/merchant/redirect.ts'
import { unreachable } from '../../kernel/assert.ts'
import type { NoticeContent } from '../shared/components/notice.ts'
import { noticePage } from '../shared/notice-page.ts'
import { sendPage } from '../shared/send.ts'
import { brandOf } from './frame.ts'
import { orderReceipt } from './order-summary.ts'
import { settingOf } from './setting.ts'
import type { Visit } from './visit.ts'

/** A page of this order that says one thing. */
export function sendNotice(reply: FastifyReply, status: number, visit: Visit, content: NoticeContent): FastifyReply {
  return sendPage(reply, status, noticePage(visit.setting, content, brandOf(visit)))
}

/** The page of an order that takes no card now: 200, or 410 once nothing can be paid any more. */
export function sendOutcome(reply: FastifyReply, visit: Visit): FastifyReply {
  const { order, setting, home } = visit
  const { notices, backToShop, refresh, bank, somebodyElses } = setting.words
  const { urls, payment, stage } = order
  const asPaid = urls && { href: redirectUrl(urls.confirm, payment.id, 'SUCCESS'), text: backToShop }
  const goBack = urls && { href: redirectUrl(urls.cancel, payment.id, 'FAILED'), text: backToShop }
  switch (stage) {
    case 'open':
    case 'checking':
      return sendNotice(reply, 200, visit, {
        kind: 'waiting',
        notice: notices.checking,
        link: { href: home, text: refresh },
      })
    case 'bank': {
      // Only whose bank asks is told where it is.
      const action = visit.isSomebodyElses ? undefined : payment.pendingAttempt?.waitsFor?.action
      if (action?.kind !== 'redirect')
        return sendNotice(reply, 200, visit, {
          kind: 'waiting',
          notice: notices.checking,
          link: { href: home, text: refresh },
        })
      return sendNotice(reply, 200, visit, {
        kind: 'waiting',
        notice: bank,
        link: { href: action.url, text: bank.button },
      })
    }
    case 'paid': {
      if (visit.isSomebodyElses && visit.visitor.session)
        return sendNotice(reply, 200, visit, { kind: 'sorry', notice: somebodyElses, link: goBack })
      const notice = urls ? notices.paid : notices.paidByLink
      return sendNotice(reply, 200, visit, {
        kind: 'good',
        notice,
        link: asPaid,
        more: urls ? undefined : orderReceipt(visit),
      })
    }
    case 'paid_back':
      return sendNotice(reply, 410, visit, { kind: 'sorry', notice: notices.ended, link: asPaid })
    case 'expired':
      return sendNotice(reply, 410, visit, { kind: 'sorry', notice: notices.expired, link: goBack })
    case 'ended':
      return sendNotice(reply, 410, visit, { kind: 'sorry', notice: notices.ended, link: goBack })
    default:
      return unreachable(stage)
  }
}

export function sendUnknown(app: App, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const setting = settingOf(app, request)
  return sendPage(reply, 404, noticePage(setting, { kind: 'sorry', notice: setting.words.notices.unknown }))
}

/** The brake against card testing took hold: the card that was sent was not looked at. */
export function sendTooManyTries(reply: FastifyReply, visit: Visit): FastifyReply {
  const { urls, payment } = visit.order
  const { common, words } = visit.setting
  const link = urls && { href: redirectUrl(urls.cancel, payment.id, 'FAILED'), text: words.backToShop }
  return sendNotice(reply, 429, visit, { kind: 'sorry', notice: common.notices.tooManyTries, link })
}

/** The page that a shop's description of the product links to. */
export function sendExplanation(app: App, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const setting = settingOf(app, request)
  return sendPage(reply, 200, noticePage(setting, { kind: 'good', notice: setting.words.notices.howItWorks }))
}

/** To the shop with `SUCCESS`; orders without a shop to go back to end on their own page. */
export function redirectPaid(reply: FastifyReply, { order: { urls, payment }, home }: Visit): FastifyReply {
  return reply.redirect(urls ? redirectUrl(urls.confirm, payment.id, 'SUCCESS') : home, 303)
}
