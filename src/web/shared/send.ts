import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { newErrorId } from '../../http/error-body.ts'
import { clientFaultOf, retryAfterOf } from '../../http/last-resort.ts'
import { chooseLanguageHook } from './choose-language.ts'
import type { NoticeContent } from './components/notice.ts'
import { contentPolicy } from './content-policy.ts'
import { noticePage } from './notice-page.ts'
import { settingOf } from './setting.ts'

type Site = Pick<App, 'mode' | 'publicUrl'>

export type ScopeOptions = {
  /** the largest body a form of these pages can have, bytes */
  readonly bodyLimit: number
}

/**
 * What every scope of hosted pages has: forms as the only bodies, cookies, the language switch, headers that keep addresses to
 * themselves (they may hold a token: no cache keeps them, no other site is told), and errors as pages.
 */
export async function preparePages(scope: FastifyInstance, app: Site, { bodyLimit }: ScopeOptions): Promise<void> {
  scope.removeAllContentTypeParsers()
  await scope.register(formbody, { bodyLimit })
  await scope.register(cookie)
  scope.addHook('onRequest', addHeaders)
  scope.addHook('onRequest', chooseLanguageHook(app))
  scope.setErrorHandler((error, request, reply) => sendThrown(app, error, request, reply))
}

function addHeaders(_request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  reply.headers({
    'content-security-policy': contentPolicy(),
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    vary: 'accept-language, cookie',
  })
  done()
}

export function sendPage(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply.code(status).header('content-type', 'text/html; charset=utf-8').send(page)
}

/** Whatever was thrown, as a page: a body that cannot be read, an outage (503 and `Retry-After`), or a bug (500). */
function sendThrown(app: Site, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const setting = settingOf(app, request)
  const { tryAgain, notices } = setting.common
  const send = (status: number, content: NoticeContent) => sendPage(reply, status, noticePage(setting, content))
  const status = clientFaultOf(error)
  if (status !== undefined) return send(status, { kind: 'sorry', notice: notices.badRequest })
  const reference = newErrorId()
  // Opens the page again; a form that was posted is not posted again.
  const link = { href: `${setting.root}${setting.here}`, text: tryAgain }
  const retryAfter = retryAfterOf(error)
  if (retryAfter !== undefined) {
    request.log.warn({ err: error, errorId: reference }, 'unavailable')
    reply.header('retry-after', String(retryAfter))
    return send(503, { kind: 'waiting', notice: notices.unavailable, link, reference })
  }
  request.log.error({ err: error, errorId: reference }, 'unexpected error')
  return send(500, { kind: 'sorry', notice: notices.failed, link, reference })
}

/** 405 with `Allow`, as a page. */
export function sendWrongMethod(
  app: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  allowed: string,
): FastifyReply {
  const setting = settingOf(app, request)
  reply.header('allow', allowed)
  return sendPage(reply, 405, noticePage(setting, { kind: 'sorry', notice: setting.common.notices.wrongMethod }))
}
