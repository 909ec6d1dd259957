import type { FastifyRequest } from 'fastify'
import type { SignedIn } from '../../../app/user/sessions.ts'
import { may, type Permission } from '../../../domain/user/role.ts'
import type { MerchantId } from '../../../kernel/ids.ts'
import { type Instant, minute } from '../../../kernel/instant.ts'
import type { PortalApp } from '../portal-app.ts'
import { sessionCookie } from './cookie.ts'
import { type Access, type Caller, Refused } from './route.ts'

/** How long a proof of being there lasts. */
const stepUpLife = 10n * minute

/** A request that a page makes by itself, or a stream that it opens again, keeps nobody's session alive. */
function isUnattended({ headers }: FastifyRequest): boolean {
  return headers['tercet-unattended'] !== undefined || headers.accept === 'text/event-stream'
}

/**
 * Lets a request through to a route, or throws why not. A merchant that one does not work for, and one that does not exist,
 * answer alike: 404.
 */
export async function admit(app: PortalApp, request: FastifyRequest, access: Access, address: string): Promise<Caller> {
  refuseForeignOrigin(app, request)
  if (access.to === 'anybody') return nobody
  const who = await signedInOf(app, request)
  if (!who) throw new Refused(401, 'signed_out', 'You are signed out. Sign in again.')
  const shop = access.to === 'merchant' ? membershipOf(who, request, access.permission) : noShop
  if (access.stepUp) requireStepUp(who, app.realClock.now())
  return { who, ...shop, by: { actor: { kind: 'user', name: who.user.email }, address } }
}

async function signedInOf(app: PortalApp, request: FastifyRequest): Promise<SignedIn | undefined> {
  const token = request.cookies[sessionCookie]
  if (token === undefined) return undefined
  const { sessions } = app.users
  return await (isUnattended(request) ? sessions.peek(token) : sessions.find(token))
}

/** For routes that are about nobody or about no merchant: their handlers do not look. */
const noShop = { merchantId: 0 as MerchantId, timeZone: 'UTC' }
const nobody: Caller = {
  who: undefined as never,
  ...noShop,
  by: { actor: { kind: 'system', name: 'nobody' }, address: null },
}

/** A browser says where a write comes from; another site's page cannot make it say ours. */
function refuseForeignOrigin(app: PortalApp, request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const { origin } = request.headers
  if (origin !== undefined && isOwnOrigin(app, request, origin)) return
  throw new Refused(403, 'foreign_origin', 'This request did not come from the portal itself.')
}

function isOwnOrigin(app: PortalApp, request: FastifyRequest, origin: string): boolean {
  if (origin === new URL(app.publicUrl).origin) return true
  // In the sandbox the portal may be opened by another name of this machine than its public one.
  return app.mode === 'sandbox' && origin === `${request.protocol}://${request.headers.host}`
}

function membershipOf(
  who: SignedIn,
  request: FastifyRequest,
  permission: Permission,
): Pick<Caller, 'merchantId' | 'timeZone'> {
  const { merchant } = request.params as { readonly merchant?: string }
  const membership = who.memberships.find(({ merchantId }) => String(merchantId) === merchant)
  if (!membership) throw new Refused(404, 'unknown_shop', 'There is no such shop, or you do not work for it.')
  if (!may(membership.role, permission))
    throw new Refused(
      403,
      'not_allowed',
      `Your role (${membership.role}) does not allow this. Ask an owner of the shop.`,
      { detail: membership.role },
    )
  return { merchantId: membership.merchantId, timeZone: membership.timeZone }
}

/** Throws unless the person has proved to be there a short while ago. */
export function requireStepUp(who: SignedIn, now: Instant): void {
  const { steppedUpAt } = who.session
  if (steppedUpAt !== null && now - steppedUpAt <= stepUpLife) return
  throw new Refused(403, 'step_up_required', 'Confirm that it is you, with your password or your app, and try again.')
}
