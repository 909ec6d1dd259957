import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { newErrorId, pathOf } from '../../http/error-body.ts'
import { clientFaultOf, retryAfterOf } from '../../http/last-resort.ts'
import { sendNotice, settingOf } from './answers.ts'

/** Whatever was thrown, as a page: a body that cannot be read, an outage (503 and `Retry-After`), or a bug (500). */
export function sendThrown(app: App, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const setting = settingOf(app, request)
  const { notices, tryAgain } = setting.words
  const status = clientFaultOf(error)
  if (status !== undefined) return sendNotice(reply, status, setting, { kind: 'sorry', notice: notices.badRequest })
  const errorId = newErrorId()
  // Opens the order's page again; a form that was posted is not posted again.
  const link = { href: `${setting.base}${pathBelow(request)}`, text: tryAgain }
  const retryAfter = retryAfterOf(error)
  if (retryAfter !== undefined) {
    request.log.warn({ err: error, errorId }, 'unavailable')
    reply.header('retry-after', String(retryAfter))
    return sendNotice(reply, 503, setting, { kind: 'waiting', notice: notices.unavailable, link, reference: errorId })
  }
  request.log.error({ err: error, errorId }, 'unexpected error')
  return sendNotice(reply, 500, setting, { kind: 'sorry', notice: notices.failed, link, reference: errorId })
}

/** 405 with `Allow`, as a page. */
export function sendWrongMethod(app: App, request: FastifyRequest, reply: FastifyReply, allowed: string): FastifyReply {
  const setting = settingOf(app, request)
  reply.header('allow', allowed)
  return sendNotice(reply, 405, setting, { kind: 'sorry', notice: setting.words.notices.wrongMethod })
}

/** The token's part of the path, when it has the form of one. */
function pathBelow(request: FastifyRequest): string {
  return /\/checkout(\/[A-Z0-9]{12})(?:\/|$)/.exec(pathOf(request.url))?.[1] ?? ''
}
