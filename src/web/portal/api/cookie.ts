import type {} from '@fastify/cookie'
import type { FastifyReply } from 'fastify'
import { rootOf } from '../../shared/setting.ts'
import type { PortalApp } from '../portal-app.ts'

/** The cookie that holds a session's token: no script reads it, no other site's request carries it, and only the portal is sent it. */
export const sessionCookie = 'tercet_portal'

const longestLifeSeconds = 14 * 86_400

export function setSessionCookie(app: PortalApp, reply: FastifyReply, token: string): void {
  reply.setCookie(sessionCookie, token, {
    path: pathOf(app),
    httpOnly: true,
    sameSite: 'strict',
    secure: app.publicUrl.startsWith('https:'),
    maxAge: longestLifeSeconds,
  })
}

export function clearSessionCookie(app: PortalApp, reply: FastifyReply): void {
  reply.clearCookie(sessionCookie, { path: pathOf(app) })
}

/** Below whatever path a proxy adds before ours. */
function pathOf({ publicUrl }: PortalApp): string {
  return `${rootOf(publicUrl)}/portal`
}
