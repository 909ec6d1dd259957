import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../../app/app.ts'
import type { Session } from '../../../app/shopper/session.ts'
import { clientAddress, countedAs } from '../../../http/request/client-address.ts'
import { type Html, html } from '../html.ts'
import { rootOf } from '../setting.ts'

/** A browser, and the shopper who is signed in with it. */
export type Visitor = {
  /** the secret of its cookie */
  readonly secret: string
  /** it came without one: nothing was done with it yet */
  readonly isNew: boolean
  readonly session: Session | undefined
  /** what every form of this visit carries */
  readonly formToken: string
  /** what limits count by */
  readonly address: string
}

type Site = Pick<App, 'publicUrl' | 'isBehindProxy' | 'shoppers'>

const visitorName = 'tercet_visitor'
const sessionName = 'tercet_session'
const formField = 'form'

/**
 * Reads who visits; a browser that comes for the first time gets its cookie with the page. The answer to a form gives none: a form from another site comes
 * without cookies, and a new one would take the place of the browser's own.
 */
export async function visitorOf(app: Site, request: FastifyRequest, reply: FastifyReply): Promise<Visitor> {
  const known = /^[A-Za-z0-9_-]{22}$/.exec(cookieOf(app, request, visitorName) ?? '')?.[0]
  const secret = known ?? app.shoppers.newVisitor()
  if (known === undefined && request.method !== 'POST') setCookie(app, reply, visitorName, secret, undefined)
  return {
    secret,
    isNew: known === undefined,
    session: await app.shoppers.session(cookieOf(app, request, sessionName)),
    formToken: app.shoppers.formToken(secret),
    address: countedAs(clientAddress(request, app.isBehindProxy)),
  }
}

/**
 * Whether a posted form is one that this server gave to this browser. Another site can make a browser send a form, with its
 * cookies where they are lax about it, but cannot read the token; a browser that tells where a form comes from is believed too.
 */
export function isOwnForm(visitor: Visitor, request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  return textIn(request.body, formField) === visitor.formToken
}

/** The hidden field that `isOwnForm` looks for. */
export function ownFormField({ formToken }: Visitor): Html {
  return html`<input type="hidden" name="${formField}" value="${formToken}">`
}

/** A text field of a posted form: the browser's own, once, and no longer than any field of ours. Empty otherwise. */
export function textIn(body: unknown, name: string): string {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return ''
  const value: unknown = (body as Record<string, unknown>)[name]
  return typeof value === 'string' && value.length <= 1_000 ? value : ''
}

const rememberedSeconds = 90 * 86_400

/** A new session has a cookie of its own: one that somebody planted before is worth nothing. */
export function setSessionCookie(app: Site, reply: FastifyReply, cookie: string, isRemembered: boolean): void {
  setCookie(app, reply, sessionName, cookie, isRemembered ? rememberedSeconds : undefined)
}

export function clearSessionCookie(app: Site, reply: FastifyReply): void {
  setCookie(app, reply, sessionName, '', 0)
}

/** Lax, since the bank and the shop send shoppers back by a link. Without `maxAge` it ends with the browser. */
function setCookie(app: Site, reply: FastifyReply, name: string, value: string, maxAge: number | undefined): void {
  reply.setCookie(fullName(app, name), value, {
    path: `${rootOf(app.publicUrl)}/`,
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(app),
    ...(maxAge !== undefined && { maxAge }),
  })
}

function cookieOf(app: Site, request: FastifyRequest, name: string): string | undefined {
  return request.cookies?.[fullName(app, name)]
}

/** The prefix keeps other hosts of the same site from planting a cookie of this name (RFC 6265bis, 4.1.3). */
function fullName(app: Site, name: string): string {
  return isSecure(app) && rootOf(app.publicUrl) === '' ? `__Host-${name}` : name
}

function isSecure({ publicUrl }: Pick<Site, 'publicUrl'>): boolean {
  return publicUrl.startsWith('https:')
}
