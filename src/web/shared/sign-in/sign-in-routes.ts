import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../../app/app.ts'
import { type Contact, parseContact } from '../../../domain/shopper/contact.ts'
import { noticePage } from '../notice-page.ts'
import { sendPage } from '../send.ts'
import type { Setting } from '../setting.ts'
import { codePanel, contactPanel, type Panel, waitSeconds } from './sign-in-forms.ts'
import { clearSessionCookie, isOwnForm, setSessionCookie, textIn, type Visitor } from './visitor.ts'
import { signInWords } from './words/index.ts'

/** Where somebody signs in: an order's checkout, or the account. */
export type Place = {
  readonly setting: Setting
  readonly visitor: Visitor
  /** path of the page, below whatever prefix a proxy adds; each step leads back to it */
  readonly home: string
  readonly merchantId: number | null
  /** ISO 3166-1: what a phone number without its country belongs to */
  readonly country: string | undefined
  /** a contact to begin with, as the order knows it */
  readonly contact: string
  /** the whole page around a step */
  readonly show: (reply: FastifyReply, status: number, panel: Panel) => FastifyReply
}

/** The place of a request, or the answer where there is none. */
export type FindPlace = (request: FastifyRequest, reply: FastifyReply) => Promise<Place | FastifyReply>

/** The step that somebody who is not signed in is at. */
export async function signInPanel(app: App, place: Place, problem?: string): Promise<Panel> {
  const { visitor } = place
  const pending = visitor.isNew ? undefined : await app.shoppers.pendingCode(visitor.secret)
  if (!pending) return contactPanel({ ...place, problem }, app.shoppers, place.contact)
  const wait = waitSeconds(app.clock.now(), pending.resendAt)
  return codePanel({ ...place, problem }, { contact: pending.contact, waitSeconds: wait })
}

/**
 * The forms of signing in below `prefix`. Each answers with a redirect to the place, or with the step again and what was wrong
 * (422). A form that this server did not give to this browser changes nothing.
 */
export function addSignInRoutes(scope: FastifyInstance, app: App, prefix: string, findPlace: FindPlace): void {
  const steps = { 'sign-in': askForCode, code: tryCode, resend, 'start-over': startOver, 'sign-out': signOut }
  for (const [name, step] of Object.entries(steps)) {
    const hidden = { schema: { hide: true } }
    scope.post(`${prefix}/${name}`, hidden, async (request, reply) => {
      const place = await findPlace(request, reply)
      if (!isPlace(place)) return place
      return isOwnForm(place.visitor, request) ? await step(app, place, request, reply) : sendStale(place, reply)
    })
    // Who opens or reloads the address of a form is shown the step they are at.
    scope.get(`${prefix}/${name}`, hidden, async (request, reply) => {
      const place = await findPlace(request, reply)
      return isPlace(place) ? reply.redirect(place.home, 303) : place
    })
  }
}

function isPlace(found: Place | FastifyReply): found is Place {
  return 'home' in found
}

/** A form of another visit, or of none: nothing was done with it. */
export function sendStale({ setting, home }: Pick<Place, 'setting' | 'home'>, reply: FastifyReply): FastifyReply {
  const notice = signInWords[setting.language].stale
  const link = { href: home, text: setting.common.tryAgain }
  return sendPage(reply, 403, noticePage(setting, { kind: 'sorry', notice, link }))
}

async function askForCode(app: App, place: Place, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const typed = textIn(request.body, 'contact')
  const contact = parseContact(typed, place.country)
  const problems = signInWords[place.setting.language].contactProblems
  const problem = typed.trim() === '' ? problems.missing : contact ? await send(app, place, contact) : problems.format
  if (problem === undefined) return reply.redirect(place.home, 303)
  return place.show(reply, 422, contactPanel({ ...place, problem }, app.shoppers, typed))
}

/** Sends a code; answers the problem in words when none was sent. */
async function send(app: App, { setting, visitor, merchantId }: Place, contact: Contact): Promise<string | undefined> {
  const { secret, address } = visitor
  const sent = await app.shoppers.requestCode({
    contact,
    visitor: secret,
    address,
    language: setting.language,
    merchantId,
  })
  if (sent.ok) return undefined
  const words = signInWords[setting.language]
  if (sent.reason.reason === 'too_soon') return words.tooSoon(sent.reason.waitSeconds)
  return words.contactProblems[sent.reason.reason]
}

async function tryCode(app: App, place: Place, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { visitor, setting } = place
  const problems = signInWords[setting.language].codeProblems
  const code = textIn(request.body, 'code').replace(/[\s-]/g, '')
  if (!/^\d{6}$/.test(code)) return place.show(reply, 422, await signInPanel(app, place, problems.missing))
  const result = await app.shoppers.verifyCode({
    ...{ code, visitor: visitor.secret, address: visitor.address, language: setting.language },
    isRemembered: textIn(request.body, 'remember') === 'yes',
    device: request.headers['user-agent'] ?? '',
  })
  if (!result.ok) {
    const problem = result.reason.reason === 'wrong' ? problems.wrong(result.reason.triesLeft) : problems.over
    return place.show(reply, 422, await signInPanel(app, place, problem))
  }
  setSessionCookie(app, reply, result.value.cookie, result.value.isRemembered)
  return reply.redirect(place.home, 303)
}

async function resend(app: App, place: Place, _request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const pending = await app.shoppers.pendingCode(place.visitor.secret)
  const problem = pending && (await send(app, place, pending.contact))
  if (problem === undefined) return reply.redirect(place.home, 303)
  return place.show(reply, 422, await signInPanel(app, place, problem))
}

async function startOver(app: App, place: Place, _request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  await app.shoppers.dropCode(place.visitor.secret)
  return reply.redirect(place.home, 303)
}

async function signOut(app: App, place: Place, _request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { session } = place.visitor
  if (session) await app.shoppers.signOut(session)
  clearSessionCookie(app, reply)
  return reply.redirect(place.home, 303)
}
